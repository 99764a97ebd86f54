"""A forum run on its page: planned, hung on the wall, recorded, finished; and its public routes asked as phones do."""

import io
from uuid import uuid4

import pytest
from docx import Document
from starlette.requests import Request

from casework.cases.act import Given, act, open_case
from casework.forum_day import forum_wall
from casework.forum_day.forum_day import Spoken, record
from casework.forum_day.forum_finish import finish
from casework.forums.agenda import Matter, add_items, agenda, describe_item, raise_matter
from casework.forums.forums import ForumPlan, plan_forum
from db import clock, sql
from db.cases import cases
from db.cases.cases import NewCase
from db.forums import forums
from db.scope import ALL
from pages.routes import ROUTES
from pages.shared import here
from tests.access.test_routes import ask
from tests.conftest import refused_fields, session_of, words
from tests.there import there


@pytest.fixture
def forum(store, people):
    """Today's, with two issues on the agenda; the second's enterprise agreed to be named."""
    at, staff = here.now(), people.staff
    plan = ForumPlan("用工*专场*", "Labour", "C17", clock.day_of(at), "会议厅", "Hall", "many_to_many",
                "district_committee", "party_secretary")  # fmt: skip
    made = plan_forum(store, actor=staff, forum_id=str(uuid4()), plan=plan, at=at)
    ids = [raised(store, people, title).id for title in ("招工难", "宿舍<b>不足")]
    for n, item in enumerate(add_items(store, actor=staff, forum_id=made.id, case_ids=ids, at=at)):
        describe_item(store, actor=staff, forum_id=made.id, item_id=item.id, speaker="", suggested="human_resources",
                      named=n == 1, seen=1, at=at)  # fmt: skip
    return made


def raised(store, people, title):
    firm = people.firm
    case = NewCase(str(uuid4()), "problem", "labour", firm.id, firm.sector_code, firm.town_code, title, title, "point",
                   "zh", 1)  # fmt: skip
    return store.write(lambda con: open_case(con, case=case, actor=people.staff, at=here.now()))


def answers(store, people, forum):
    return [line.item.answer_kind for line in agenda(store, actor=people.staff, forum_id=forum.id)]


def test_a_forum_from_the_table_to_its_minutes(store, people, open_page, forum):
    page = open_page(people.staff, "forum_day")
    shown = words(page)
    assert "招工难" in shown and "已记录 0 / 2" in shown and "建议：区人力社保局" in shown
    page.button(key="say-committed").click().run()
    record_button(page).click().run()
    assert "承诺期限的答复要写明日期" in words_of_errors(page)
    typed(page, "words", "半年内新增两百个床位")
    typed(page, "day", "12月40日")
    record_button(page).click().run()
    assert "没有认出日期" in words_of_errors(page)
    assert typed(page, "words").value == "半年内新增两百个床位", "nothing typed is lost"
    typed(page, "day", "+20")
    record_button(page).click().run()
    assert not page.exception and answers(store, people, forum) == ["committed", None]
    assert "已记录 1 / 2" in words(page)
    page.button(key="table-end").click().run()
    page.button(key="finish-save").click().run()
    shown = words(page)
    assert "发出工作函 1 份" in shown and "/minutes/" in shown and "已承诺" in shown
    held = store.read(lambda con: forums.get(con, forum.id))
    assert held.state == "held" and "当场表态限期解决 1 件" in held.summary
    told = store.read(lambda con: sql.rows(con, "SELECT state, on_spot FROM cases ORDER BY number"))
    assert [(row["state"], row["on_spot"]) for row in told] == [("committed", "committed"), ("dispatched", None)]


def test_the_end_lists_every_change_of_lead_and_asks_once_more(store, people, open_page, forum):
    first = agenda(store, actor=people.staff, forum_id=forum.id)[0].item
    spoken = Spoken("later", lead="human_resources")
    record(store, actor=people.staff, item_id=first.id, spoken=spoken, seen=first.seq, at=here.now())
    for seen, (action, given) in enumerate((("accept", Given()), ("dispatch", Given(lead="tax"))), start=1):
        act(
            store,
            actor=people.staff,
            case_id=there(first.case_id),
            action=action,
            seen=seen,
            at=here.now(),
            given=given,
        )
    page = open_page(people.staff, "forum_day")
    page.button(key="table-end").click().run()
    listed = "\n".join(str(block.proto.body) for block in page.get("html"))
    assert "由区税务局转交区人力社保局" in listed
    page.button(key="finish-save").click().run()
    assert "第 1 件会改由别的部门牵头" in words_of_errors(page)
    assert store.read(lambda con: cases.get(con, ALL, there(first.case_id))).lead_body == "tax"
    page.checkbox[0].check()
    page.button(key="finish-save").click().run()
    assert not page.exception and not page.error
    assert store.read(lambda con: cases.get(con, ALL, there(first.case_id))).lead_body == "human_resources"


@pytest.mark.parametrize(
    ("who", "words", "marked"), [(81, 500, ["who"]), (80, 1001, ["words"]), (81, 1001, ["who", "words"])]
)
def test_what_is_too_long_is_marked_and_no_field_that_may_be_longer(people, open_page, forum, who, words, marked):
    page = open_page(people.staff, "forum_day")
    page.button(key="say-solved").click().run()
    typed(page, "who", "长" * who)
    typed(page, "words", "长" * words)
    record_button(page).click().run()
    assert refused_fields(page) == [[typed(page, name).key] for name in marked]


def record_button(page):
    return page.button(key="record-save")


def typed(page, name, words=None):
    field = next(one for one in page.text_input if one.key.startswith(f"{name}-"))
    return field.set_value(words) if words is not None else field


def words_of_errors(page):
    assert not page.exception
    return " ".join(error.value for error in page.error)


def test_what_is_raised_at_the_table_is_entered_in_one_line(store, people, open_page, forum):
    page = open_page(people.staff, "forum_day")
    page.button(key="table-matter").click().run()
    page.button(key="matter-save").click().run()
    assert "用一句话" in words_of_errors(page)
    choice = {box.key.split("-")[0]: box for box in page.selectbox}
    choice["firm"].set_value(people.other_firm.id)
    choice["category"].set_value("transport")
    typed(page, "title", "夜班公交")
    page.button(key="matter-save").click().run()
    last = agenda(store, actor=people.staff, forum_id=forum.id)[-1].item
    assert (last.title, last.case_id, last.position) == ("夜班公交", None, 3)


def test_a_clerk_whose_colleague_was_first_is_told_and_keeps_their_words(store, people, open_page, forum):
    page = open_page(people.staff, "forum_day")
    page.button(key="say-explained").click().run()
    item = agenda(store, actor=people.staff, forum_id=forum.id)[0].item
    spoken = Spoken("solved", words="当天办结")
    record(store, actor=people.staff, item_id=item.id, spoken=spoken, seen=item.seq, at=here.now())
    typed(page, "words", "我记的")
    record_button(page).click().run()
    assert "刚才已记为：当场解决" in " ".join(w.value for w in page.warning) and typed(page, "words").value == "我记的"
    assert answers(store, people, forum)[0] == "solved"
    record_button(page).click().run()
    assert answers(store, people, forum)[0] == "explained"


def test_issues_are_chosen_and_the_wall_is_hung_on_the_page(store, people, open_page, forum):
    free = raised(store, people, "培训补贴")
    page = open_page(people.staff, "forum_day", view="plan")
    page.button(key="agenda-add").click().run()
    assert [box.key for box in page.checkbox] == [f"take-{free.id}"], "the others stand on the agenda"
    page = open_page(people.staff, "forum_day", view="wall")
    page.button(key="wall-hang").click().run()
    assert not page.exception
    link = forum_wall.link_of(store, actor=people.staff, forum_id=forum.id, at=here.now())
    assert link is not None and "没有进行中的调查" in words(page)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("view", ["plan", "wall", "table", "end"])
def test_every_view_is_drawn_in_both_languages(people, open_page, forum, language, view):
    assert words(open_page(people.staff, "forum_day", language=language, view=view))


def test_a_leader_reads_the_agenda_and_runs_nothing(people, open_page, forum):
    page = open_page(people.leader, "forum_day", view="table")
    assert "招工难" in words(page) and not {"say-solved", "table-end", "agenda-add"} & {b.key for b in page.button}


@pytest.mark.parametrize("role", ["enterprise", "officer", "department", "town", "admin"])
def test_nobody_else_opens_it(people, open_page, forum, role):
    assert "招工难" not in words(open_page(getattr(people, role), "forum_day"))


def test_without_a_forum_the_page_says_what_to_do(people, open_page):
    assert "还没有计划好的场次" in words(open_page(people.staff, "forum_day"))


@pytest.fixture
def token(store, people, forum):
    return forum_wall.hang(store, actor=people.staff, forum_id=forum.id, at=here.now()).token


def test_the_wall_is_public_and_names_no_enterprise_without_its_word(store, people, forum, token):
    raise_matter(store, actor=people.staff, forum_id=forum.id, item_id=str(uuid4()),
                 matter=Matter(people.other_firm.id, "夜班公交", "transport"), at=here.now())  # fmt: skip
    answer = ask("GET", f"/wall/{token}")
    assert answer.status == 200 and "用工*专场*" in answer.text and "夜班公交" in answer.text
    assert people.other_firm.name_zh not in answer.text and people.firm.name_zh in answer.text
    assert "宿舍<b>" not in answer.text and "宿舍&lt;b&gt;不足" in answer.text
    assert answer.text.count("data:image/png") == 1, "no wave is open: the code to sign in alone"
    now = ask("GET", f"/wall/{token}/now")
    assert '"present":0' in now.text and people.firm.name_zh not in now.text
    assert ask("GET", "/wall/guessed").status == ask("GET", "/wall/guessed/now").status == 404


def test_a_phone_signs_in_and_is_told_the_same_twice(store, people, forum, token):
    shown = ask("GET", f"/arrive/{token}").text
    assert "统一社会信用代码" in shown and "只记入本场到场名单" in shown and "第 1 版" in shown
    form = {"name": "王<i>来宾", "organisation": people.firm.name_zh, "country": "CN"}
    first = ask("POST", f"/arrive/{token}", form=form)
    assert first.status == 200 and "王&lt;i&gt;来宾，欢迎您" in first.text and not first.cookies
    assert ask("POST", f"/arrive/{token}", form=form).text == first.text
    assert len(store.read(lambda con: forums.attendances(con, forum.id))) == 1
    stranger = ask("POST", f"/arrive/{token}", form=form | {"organisation": "没有这家公司"})
    assert stranger.text == first.text, "nobody learns who is in the register"


def test_a_phone_that_is_refused_keeps_what_it_typed(forum, token):
    form = {"name": "王来宾", "organisation": "", "country": "DE"}
    answer = ask("POST", f"/arrive/{token}", form=form, accept_language="en")
    assert "Give your enterprise" in answer.text and 'value="王来宾"' in answer.text
    assert '<option value="DE" selected>' in answer.text
    assert ask("POST", "/arrive/guessed", form=form).status == 404


def test_agenda_and_minutes_are_word_files_for_those_who_see_forums(store, people, forum):
    for path, said in ((f"/agenda/{forum.id}.docx", "区人力社保局"), (f"/minutes/{forum.id}.docx", "会议纪要")):
        for nobody in (None, people.enterprise, people.department, people.admin):
            cookies = {here.SESSION_COOKIE: session_of(store, nobody)} if nobody else {}
            assert ask("GET", path, cookies=cookies).status == 403
        document = Document(io.BytesIO(file_of(store, people.leader, path, forum)))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        assert said in "\n".join([p.text for p in document.paragraphs] + cells)
    assert file_of(store, people.staff, f"/minutes/{forum.id}.pdf", forum).startswith(b"%PDF")


def file_of(store, who, path, forum):
    """What the route of this path answers with, as bytes."""
    route = next(route for route in ROUTES if route.path.startswith(f"/{path.split('/')[1]}/"))
    cookie = f"{here.SESSION_COOKIE}={session_of(store, who)}".encode()
    parts = {"id": forum.id, "kind": path.rpartition(".")[2]}
    asked = {"type": "http", "path": path, "headers": [(b"cookie", cookie)], "path_params": parts}
    answer = route.endpoint(Request(asked))
    assert answer.status_code == 200
    return answer.body


def test_a_case_of_the_forum_tells_its_enterprise_what_was_answered(store, people, forum):
    for line in agenda(store, actor=people.staff, forum_id=forum.id):
        spoken = Spoken("solved", words="今天办好")
        record(store, actor=people.staff, item_id=line.item.id, spoken=spoken, seen=line.item.seq, at=here.now())
    finish(store, actor=people.staff, forum_id=forum.id, summary="两件", at=here.now())
    subject = agenda(store, actor=people.staff, forum_id=forum.id)[0].item.subject
    kept = store.read(lambda con: cases.get(con, ALL, subject))
    assert kept.state == "awaiting" and kept.answer_text == "区人力社保局负责人：今天办好"


def test_two_keys_that_are_taken_together_are_two_steps(store, people, open_page, forum):
    ids = [raised(store, people, title).id for title in ("第三件", "第四件")]
    add_items(store, actor=people.staff, forum_id=forum.id, case_ids=ids, at=here.now())
    page = open_page(people.staff, "forum_day")
    page.button(key="agenda-open-2").click().run()
    place = f"table-{forum.id}"
    assert page.session_state[place] == 2
    page.button(key="table-next").click().run()
    assert page.session_state[place] == 3
    page.button(key="table-previous").click().run()
    assert page.session_state[place] == 2
    page.button(key="table-next").click()
    page.button(key="table-previous").click()
    page.run()
    assert page.session_state[place] == 2
