"""The desk as staff, departments, towns and leaders use it."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
import time_machine

from access.entrance import actor_of
from casework.cases.act import Given, act
from casework.cases.calling import show_whom_to_call
from casework.cases.set_words import Wording, save_words
from casework.cases.views import save_view
from casework.plans.plans import PlanForm, open_plan
from db import events, sql
from db.cases import attachments, cases
from db.cases.attachments import Attachment, CheckedFile
from db.refused import Refused
from db.scope import ALL
from db.system.rebuild import compare
from intake.files.upload import Upload
from intake.issue.acting import act_with_files
from pages.shared import filters, here
from tests.access.test_routes import ask
from tests.casework.cases.steps import bring_to, raise_case, take
from tests.conftest import NOON, make_account, session_of, words
from tests.intake.issue.test_attachments import PDF

pytestmark = pytest.mark.usefixtures("the_day")
FAR = {"sector_code": "C34", "town_code": "330603011"}


@pytest.fixture
def the_day():
    """It is noon of 30 November 2023, for the whole page run."""
    with time_machine.travel(NOON.replace(tzinfo=None).isoformat() + "+00:00", tick=False):
        yield


@pytest.fixture
def some(store, people):
    return {
        "late": bring_to(store, people, "dispatched", NOON - timedelta(days=30), title="夜间停电"),
        "new": raise_case(store, people, NOON - timedelta(days=2), title="退税到账慢", category="tax"),
        "far": raise_case(store, people, NOON, enterprise_id=people.other_firm.id, title="招工难", **FAR),
    }


def rows(page):
    return [button.key.removeprefix("open-") for button in page.button if (button.key or "").startswith("open-")]


def html(page):
    return "\n".join(str(block.proto.body) for block in page.get("html"))


def choice(page, name):
    return page.selectbox(key=f"filter-{name}")


def now(store, people, case):
    return store.read(lambda con: cases.get(con, people.staff.scope, case.id))


def test_sector_and_town_come_first_and_each_choice_shows_its_count(open_page, people, some):
    page = open_page(people.staff, "desk")
    words(page)
    assert [box.label for box in page.selectbox][:2] == ["行业", "镇街"]
    assert "柯桥街道  (2)" in choice(page, "town").options
    assert "纺织业  (2)" in choice(page, "sector").options
    assert "制造业（全部）  (3)" in choice(page, "sector").options
    assert rows(page)[0] == some["late"].number


def test_a_choice_goes_into_the_address_as_a_code_and_narrows_the_list(open_page, people, some):
    page = open_page(people.staff, "desk")
    choice(page, "town").select("330603011").run()
    assert page.query_params["town"] == "330603011"
    assert rows(page) == [some["far"].number]
    page.button(key="desk-clear").click().run()
    assert "town" not in page.query_params
    assert len(rows(page)) == 3


def test_another_language_comes_back_to_what_is_filtered_and_looked_for(open_page, people, some):
    page = open_page(people.staff, "desk", sector="C17", town="330603001", text="停电 &")
    (line,) = (one for one in html(page).splitlines() if "/language/en" in one)
    (next_,) = re.findall(r'href="(/language/en[^"]*)"', line)
    location = urlsplit(ask("GET", next_).headers["location"])
    assert location.path == "/desk"
    assert parse_qs(location.query) == {"sector": ["C17"], "text": ["停电 &"], "town": ["330603001"]}


def test_an_address_that_a_colleague_sent_shows_the_same_list_in_their_language(open_page, people, some):
    page = open_page(people.leader, "desk", language="en")
    page.query_params["sector"] = "C34"
    page.query_params["state"] = "open"
    page.run()
    assert rows(page) == [some["far"].number]
    assert choice(page, "state").value == "open"
    assert "1 case" in words(page)


@pytest.mark.parametrize(
    "address",
    [
        {"page": "x"},
        {"page": "-1"},
        {"page": "999"},
        {"after": "x"},
        {"before": "~~", "after": "9999-99-99~1~2"},
        {"sort": "c.text"},
        {"submitted_from": "yesterday"},
        {"text": " "},
    ],
)
def test_an_address_that_makes_no_sense_shows_the_list_all_the_same(open_page, people, some, address):
    page = open_page(people.staff, "desk")
    for name, value in address.items():
        page.query_params[name] = value
    page.run()
    assert len(rows(page)) == 3


def test_a_filter_that_leaves_nothing_says_what_to_do(open_page, people, some):
    page = open_page(people.staff, "desk")
    page.text_input(key="filter-text").set_value("没有这样的事").run()
    assert rows(page) == []
    assert "清除筛选" in html(page)


def test_the_rows_are_one_piece_with_a_button_for_each(open_page, people, some):
    page = open_page(people.staff, "desk")
    listed = [
        str(block.proto.body) for block in page.get("html") if '<div class="f2f-unders">' in str(block.proto.body)
    ]
    assert len(listed) == 1 and all(case.number in listed[0] for case in some.values())
    assert [listed[0].index(number) for number in rows(page)] == sorted(listed[0].index(n) for n in rows(page))


def test_late_is_said_in_words_and_states_are_words(open_page, people, some):
    shown = html(open_page(people.staff, "desk"))
    assert "超期 21 天" in shown
    assert "已交办" in shown and "待受理" in shown


def test_staff_dispatch_in_the_drawer_to_the_body_that_settled_such_cases(open_page, store, people, some):
    before = take(
        store, people.staff, bring_to(store, people, "accepted", category="tax"), "dispatch", lead="tax", co=()
    )
    take(store, people.staff, before, "answer")
    case = take(store, people.staff, some["new"], "accept")
    page = open_page(people.staff, "desk")
    page.button(key=f"open-{case.number}").click().run()
    assert page.query_params["case"] == case.id
    assert page.selectbox(key=f"lead-{case.id}-0").value is None, "nothing fills in by itself"
    page.button(key=f"offer-lead-{case.id}-tax").click().run()
    assert page.selectbox(key=f"lead-{case.id}-1").value == "tax"
    page.multiselect(key=f"co-{case.id}-tax").select("treasury").run()
    page.text_area(key=f"words-{case.id}-0").set_value("请尽快核实").run()
    page.button(key=f"submit-{case.id}-dispatch").click().run()
    kept = now(store, people, case)
    assert (kept.state, kept.lead_body, kept.co) == ("dispatched", "tax", ("treasury",))
    assert "已交办" in html(page)


def test_a_promise_is_made_with_its_date(open_page, store, people, some):
    case = some["late"]
    page = open_page(people.department, "desk")
    page.query_params["case"] = case.number
    page.run()
    page.pills(key=f"do-{case.id}").select("answer").run()
    page.segmented_control(key=f"kind-{case.id}").select("committed").run()
    page.text_area(key=f"words-{case.id}-0").set_value("年底前完成改造").run()
    page.button(key=f"submit-{case.id}-answer").click().run()
    assert "承诺期限的答复要写明日期" in page.error[0].value
    page.date_input(key=f"promised_on-{case.id}").set_value(NOON.date() + timedelta(days=20)).run()
    page.button(key=f"submit-{case.id}-answer").click().run()
    kept = now(store, people, case)
    assert (kept.state, kept.promised_on) == ("committed", NOON.date() + timedelta(days=20))


def test_why_a_case_is_confidential_stands_in_no_box_that_others_read(open_page, store, people, some):
    case = some["late"]
    page = open_page(people.staff, "desk")
    page.query_params["case"] = case.number
    page.run()
    page.text_area(key=f"words-{case.id}-0").set_value("请抓紧").run()
    page.pills(key=f"do-{case.id}").select("confide").run()
    page.text_area(key=f"words-{case.id}-0-own").set_value("涉及举报人").run()
    page.pills(key=f"do-{case.id}").select("remind").run()
    assert [one.value for one in page.text_area if one.key.startswith("words-")] == ["请抓紧"]
    page.pills(key=f"do-{case.id}").select("confide").run()
    assert [one.value for one in page.text_area if one.key.startswith("words-")] == ["涉及举报人"]


def test_the_second_clerk_is_told_what_changed_and_their_words_are_still_in_the_box(open_page, store, people, some):
    case = some["late"]
    page = open_page(people.staff, "desk")
    page.query_params["case"] = case.id
    page.run()
    page.pills(key=f"do-{case.id}").select("note").run()
    page.text_area(key=f"words-{case.id}-0").set_value("我正在写的话").run()
    act(store, actor=people.department, case_id=case.id, action="start", seen=case.seq, at=NOON)
    page.button(key=f"submit-{case.id}-note").click().run()
    assert "有了新情况" in page.warning[0].value
    assert "12:00　区经信局开始办理" in [text.value for text in page.text]
    assert page.text_area(key=f"words-{case.id}-0").value == "我正在写的话"
    assert now(store, people, case).seq == case.seq + 1
    page.button(key=f"submit-{case.id}-note").click().run()
    assert now(store, people, case).seq == case.seq + 2


def test_whose_case_was_withdrawn_while_they_wrote_keeps_the_words_though_nothing_is_left_to_do(
    open_page, store, people, some
):
    case = some["new"]
    page = open_page(people.staff, "desk", case=case.id)
    page.pills(key=f"do-{case.id}").select("note").run()
    page.text_area(key=f"words-{case.id}-0").set_value("我正在写的话").run()
    take(store, people.enterprise, case, "withdraw", NOON, reason="已自行解决")
    page.button(key=f"submit-{case.id}-note").click().run()
    assert "有了新情况，现在没有需要您办理的步骤" in page.warning[0].value
    assert page.text_area(key=f"words-{case.id}-0").value == "我正在写的话"
    assert now(store, people, case).seq == case.seq + 1


@pytest.mark.parametrize("filled", [("中文", "English"), ("English",)])
def test_what_was_typed_in_either_language_is_left_where_nothing_is_left_to_do(open_page, store, people, filled):
    case = bring_to(store, people, "dispatched", language="en")
    page = open_page(people.department, "desk", case=case.id)
    page.pills(key=f"do-{case.id}").select("answer").run()
    boxes = {"中文": f"words-{case.id}-0", "English": f"other-words-{case.id}-0-0"}
    for language in filled:
        page.text_area(key=boxes[language]).set_value(f"typed in {language}").run()
    take(store, people.enterprise, case, "withdraw", NOON, reason="solved")
    page.button(key=f"submit-{case.id}-answer").click().run()
    assert [(box.label, box.value) for box in page.text_area if "您写的内容" in box.label] == [
        (f"您写的内容（没有提交，可复制留用）（{language}）", f"typed in {language}") for language in filled
    ]


def test_an_officer_reads_and_has_no_buttons_and_a_leader_instructs_alone(open_page, people, some):
    for reader, may in ((people.leader, [f"submit-{some['late'].id}-instruct"]), (people.officer, [])):
        page = open_page(reader, "desk", case=some["late"].id)
        assert [button.key for button in page.button if (button.key or "").startswith("submit-")] == may
        assert some["late"].text in [text.value for text in page.text]


def test_a_town_notes_supports_and_accompanies_a_case_of_its_own(open_page, store, people, some):
    case, page = some["late"], open_page(people.town, "desk", case=some["late"].id)
    assert page.pills(key=f"do-{case.id}").options == ["记录", "协助", "陪同"]
    page.pills(key=f"do-{case.id}").select("accompany").run()
    page.text_area(key=f"words-{case.id}-0").set_value("陪同经信局到厂查看").run()
    page.button(key=f"submit-{case.id}-accompany").click().run()
    words(page)
    assert "镇街陪同走访企业" in html(open_page(people.department, "desk", case=case.id))
    theirs = html(open_page(people.enterprise, "case", id=case.id))
    assert "柯桥街道陪同上门" in theirs and "陪同经信局到厂查看" in theirs


def test_staff_have_no_button_that_closes_and_the_visit_is_for_another_hand(open_page, store, people):
    case = bring_to(store, people, "awaiting")
    colleague = actor_of(make_account(store, "staff", None))
    for clerk, offered in (
        (people.staff, ["记录", "电话代录", "更正", "设为保密", "指定经办人"]),
        (colleague, ["记录", "电话代录", "更正", "设为保密", "回访", "指定经办人"]),
    ):
        page = open_page(clerk, "desk")
        page.query_params["case"] = case.id
        page.run()
        assert page.pills(key=f"do-{case.id}").options == offered


@pytest.mark.parametrize("who", ["department", "town", "officer"])
def test_a_case_outside_ones_scope_is_not_there_even_by_its_address(open_page, people, some, who):
    page = open_page(getattr(people, who), "desk")
    assert some["far"].number not in rows(page)
    page.query_params["case"] = some["far"].id
    page.run()
    assert "招工难" not in html(page) + words(page)
    assert "不在您的查看范围内" in page.info[0].value


def test_a_search_shows_its_words_where_they_stand_also_below_a_line_without_them(open_page, store, people, some):
    take(store, people.staff, some["far"], "accept", note="見檔案 <b>77号")
    page = open_page(people.staff, "desk", text="招工　机电")
    assert rows(page) == [some["far"].number]
    assert "<b><mark>招工</mark>难</b>" in html(page)
    assert "<mark>机电</mark>" in html(page)
    page = open_page(people.staff, "desk", text="档案 停电")
    assert rows(page) == [some["far"].number]
    assert "見<mark>檔案</mark> &lt;b&gt;77号" in html(page)
    assert "近两个月多次<mark>停电</mark>" in html(page)
    page = open_page(people.staff, "desk", text="keqiao 夜间")
    assert rows(page) == [some["late"].number]
    assert "<mark>Keqiao</mark>" in html(page), "a town's name in the reader's other language"


def test_what_a_person_typed_is_text_and_never_markup(open_page, store, people):
    case = raise_case(store, people, title="<img src=x onerror=alert(1)>", text="![x](http://evil.example/x.png)")
    page = open_page(people.staff, "desk")
    page.query_params["case"] = case.id
    page.run()
    assert "<img" not in html(page)
    assert "![x](http://evil.example/x.png)" in [text.value for text in page.text]
    assert not [block for block in page.markdown if "evil.example" in block.value]


def test_a_call_about_an_enterprise_that_is_told_nothing_says_what_to_tell_them(store, people, open_page):
    case = bring_to(store, people, "awaiting")
    page = open_page(people.staff, "desk", case=case.id)
    page.pills(key=f"do-{case.id}").select("proxy").run()
    page.text_area(key=f"words-{case.id}-0").set_value("企业说已经好了").run()
    page.button(key=f"submit-{case.id}-proxy").click().run()
    told = "\n".join(info.value for info in page.info)
    assert case.number in told and "回执" in told
    assert store.read(lambda con: cases.get(con, people.staff.scope, case.id)).state == "awaiting"


def test_a_clerk_sees_whom_to_call_with_the_number_masked_and_who_only_reads_does_not(open_page, store, people, some):
    for who, seen in ((people.staff, True), (people.department, True), (people.leader, False), (people.town, False)):
        shown = html(open_page(who, "desk", case=some["late"].id))
        assert some["late"].title in shown
        assert ("示** 138****5678" in shown) == seen, who.role
        assert "13800005678" not in shown and "示例联系人" not in shown


def test_the_history_says_how_a_call_a_check_and_a_visit_turned_out(open_page, store, people, password_hash):
    colleague = actor_of(make_account(store, "staff", password_hash))
    case = take(store, people.staff, bring_to(store, people, "dispatched"), "reminder_call", result="promised")
    case = take(store, people.staff, case, "monthly_check", result="behind")
    take(store, colleague, case, "return_visit", result="same")
    zh, en = (html(open_page(people.staff, "desk", language=one, case=case.id)) for one in ("zh", "en"))
    for said in ("区经信局，对方明确了时间", "区经信局，进展滞后", "问题依旧"):
        assert said in zh
    assert "The problem is the same" in en and "Behind" in en
    assert "由未经办人员回访企业" in zh and "by another hand than the handler" in en


def test_a_leader_is_named_at_dispatch_and_seen_on_the_case(open_page, store, people, some):
    case = take(store, people.staff, some["new"], "accept")
    page = open_page(people.staff, "desk", case=case.id)
    page.selectbox(key=f"lead-{case.id}-0").set_value("tax")
    page.selectbox(key=f"leader-{case.id}").set_value(people.leader.id)
    page.button(key=f"submit-{case.id}-dispatch").click().run()
    assert now(store, people, case).leader_id == people.leader.id
    shown = html(open_page(people.department, "desk", case=some["late"].id))
    assert "牵头区领导" not in shown, "none was named"
    assert "牵头区领导</dt><dd>示例leader" in html(open_page(people.town, "desk", case=case.id))
    assert store.read(compare).differences == []


def test_only_a_leader_is_put_in_charge(store, people):
    case = bring_to(store, people, "accepted")
    for nobody in (people.staff.id, "nobody"):
        with pytest.raises(Refused, match="leader_unknown"):
            take(store, people.staff, case, "dispatch", leader_id=nobody)
    sent = take(store, people.staff, case, "dispatch", leader_id=people.leader.id)
    again = take(store, people.staff, sent, "dispatch", lead="tax", co=())
    assert again.leader_id == people.leader.id, "a dispatch that names none leaves it"


@pytest.mark.parametrize(
    ("label", "code"), [("柯桥街道  (99)", "330603001"), ("330603001", "330603001"), ("月亮", None)]
)
def test_the_address_holds_a_code_also_where_a_count_moved_since_the_label_was_drawn(label, code):
    assert filters.code_of(label, {"330603001": "柯桥街道", "330603011": "马鞍街道"}) == code
    assert filters.code_of("late 1,095", {"late": "late"}) == "late"


def test_a_case_is_suspended_with_a_reason_and_a_day_and_its_enterprise_reads_both(open_page, store, people):
    case = bring_to(store, people, "dispatched")
    page = open_page(people.staff, "desk")
    page.query_params["case"] = case.id
    page.run()
    page.pills(key=f"do-{case.id}").set_value("suspend").run()
    page.text_area[0].set_value("等待市级政策明确")
    page.date_input(key=f"review_on-{case.id}").set_value(NOON.date() + timedelta(days=29)).run()
    page.button(key=f"submit-{case.id}-suspend").click().run()
    assert not page.exception and not page.error
    assert store.read(lambda con: cases.get(con, ALL, case.id)).state == "suspended"
    assert "暂缓办理，2023年12月29日 复核" in html(page)
    for language, said in (("zh", "已暂缓办理，专班将在12月29日"), ("en", "The programme office reviews it on")):
        theirs = open_page(people.enterprise, "case", language=language, id=case.id)
        shown = words(theirs)
        assert said in shown and "等待市级政策明确" in shown
        assert language != "zh" or re.search(r"暂缓了办理，将在[^，]*12月29日[^，]*复核", shown + html(theirs))


@pytest.mark.parametrize(("kept", "dialled"), [("13800005678", "13800005678"), ("0575-84123456 转801", "057584123456")])
def test_the_whole_number_is_shown_to_be_called_for_a_reason_that_is_kept(
    store, people, open_page, password_hash, kept, dialled
):
    colleague = actor_of(make_account(store, "staff", password_hash))
    given = {"phone": kept, "id": people.firm.id}
    store.write(lambda con: sql.run(con, "UPDATE enterprise SET contact_phone = $phone WHERE id = $id", given))
    case = bring_to(store, people, "dispatched")
    page = open_page(people.staff, "desk", case=case.id)
    page.button(key=f"whole-call-{case.id}").click().run()
    assert kept not in html(page) and "请写明致电原因。" in "".join(error.value for error in page.error)
    page.text_input(key=f"why-call-{case.id}").set_value("核对停电时间").run()
    page.button(key=f"whole-call-{case.id}").click().run()
    assert f'href="tel:{dialled}"' in html(page) and f"拨打 {kept}" in html(page)
    assert f"示例联系人 {kept}" in html(page.run()), "it stands there for the day"
    assert kept not in html(open_page(colleague, "desk", case=case.id)), "and to nobody else"
    (told,) = [
        one for one in store.read(lambda con: events.of_subject(con, people.firm.id)) if one["kind"] == "show_phone"
    ]
    assert (told["actor_id"], told["detail"]) == (people.staff.id, {"case": case.number, "reason": "核对停电时间"})
    assert store.read(events.verify) == []


@pytest.mark.parametrize(("who", "code"), [("town", "forbidden"), ("leader", "forbidden"), ("enterprise", "forbidden"),
                                           ("other_department", "case_unknown")])  # fmt: skip
def test_nobody_else_is_shown_a_number(store, people, who, code):
    case = bring_to(store, people, "dispatched")
    with pytest.raises(Refused, match=code):
        show_whom_to_call(store, actor=getattr(people, who), case_id=case.id, reason="核对", at=NOON)


def button(page, key):
    return next(one for one in page.button if one.key == key)


def test_rows_are_chosen_and_accepted_together_each_told_apart_and_taken_back(open_page, store, people, some):
    new = [raise_case(store, people, NOON - timedelta(days=1), title=f"一起受理{n}") for n in range(2)]
    page = open_page(people.staff, "desk", state="submitted")
    button(page, "many-begin").click().run()
    button(page, "many-page").click().run()
    assert "已选 4 件" in words(page)
    button(page, f"open-in-{some['far'].number}").click().run()
    take(store, people.staff, new[0], "accept", NOON)
    button(page, "many-open").click().run()
    button(page, "many-go-accept").click().run()
    assert [now(store, people, case).state for case in (*new, some["new"], some["far"])] == [
        "accepted", "accepted", "accepted", "submitted"]  # fmt: skip
    assert "受理：已完成 2 件" in words(page) and "其间已有人处理，现为：已受理" in words(page)
    take(store, people.staff, now(store, people, some["new"]), "dispatch", NOON)
    button(page, "many-undo").click().run()
    assert [now(store, people, case).state for case in (*new, some["new"])] == ["accepted", "submitted", "dispatched"]
    assert "撤回：已完成 1 件" in words(page) and "其间已有人处理，现为：已交办" in words(page)
    assert store.read(compare).differences == []


def test_what_one_may_do_to_none_of_the_chosen_is_not_offered(open_page, people, some):
    page = open_page(people.leader, "desk")
    button(page, "many-begin").click().run()
    button(page, "many-page").click().run()
    button(page, "many-open").click().run()
    assert any("没有您可以一起办理的操作" in one.value for one in page.caption)
    (links,) = [html for html in page.get("html") if "/print/cases?numbers=" in html.proto.body]
    assert f"{some['new'].number}" in links.proto.body


def test_mine_and_nobody_s_are_filters_of_the_desk_with_their_counts(open_page, store, people, some):
    take(store, people.staff, some["late"], "assign", NOON, holder=people.staff.id)
    page = open_page(people.staff, "desk")
    assert choice(page, "holder").options[1:3] == ["我的  (1)", "无人经办  (2)"]
    choice(page, "holder").select("mine").run()
    assert page.query_params["holder"] == "mine" and rows(page) == [some["late"].number]
    assert f"经办：{people.staff.name}" in html(page)
    assert rows(open_page(people.staff, "desk", holder="nobody")) == [some["new"].number, some["far"].number]


def test_a_town_has_no_cases_in_hand(open_page, people, some):
    assert "filter-holder" not in {box.key for box in open_page(people.town, "desk").selectbox}


def test_the_first_views_are_there_and_one_is_pressed_and_pressed_away(open_page, people, some):
    page = open_page(people.staff, "desk", town="330603011")
    views = page.pills(key="desk-view")
    assert views.options[:4] == ["今日新增", "已超期", "等企业评价", "我的镇街"]
    views.set_value("已超期").run()
    assert dict(page.query_params) == {"overdue": "late"} and rows(page) == [some["late"].number]
    assert page.pills(key="desk-view").value == "late"


def test_a_filter_is_saved_with_its_order_and_columns_for_one_s_desk(open_page, store, people, some):
    asked = {"town": "330603001", "sort": "oldest", "cols": "state,holder,category"}
    save_view(store, actor=people.staff, name="柯桥旧件", asked=asked, shared=True, at=NOON)
    colleague = actor_of(make_account(store, "staff", None))
    page = open_page(colleague, "desk")
    page.pills(key="desk-view").set_value("柯桥旧件（共用）").run()
    assert dict(page.query_params) == asked
    assert rows(page) == [some["late"].number, some["new"].number]
    assert 'data-head="类别">' in html(page) and '<span class="f2f-c-due">' not in html(page)
    assert "柯桥旧件（共用）" not in open_page(people.department, "desk").pills(key="desk-view").options


def test_several_towns_are_one_view(open_page, people, some):
    page = open_page(people.staff, "desk", town="330603001,330603011")
    assert sorted(rows(page)) == sorted(case.number for case in some.values())
    assert "2 个镇街  (3)" in choice(page, "town").options


def test_a_case_in_another_language_is_answered_in_two_boxes_and_what_was_typed_before_is_put_in(
    open_page, store, people
):
    before = bring_to(store, people, "dispatched", language="en")
    take(store, people.staff, before, "answer", text="线路已经更换。", translated="The line has been replaced.")
    case = bring_to(store, people, "dispatched", language="en")
    page = open_page(people.department, "desk", case=case.id)
    page.pills(key=f"do-{case.id}").select("answer").run()
    page.segmented_control(key=f"kind-{case.id}").select("solved").run()
    key = f"words-{case.id}-0"
    assert [page.text_area(key=k).label for k in (key, f"other-{key}-0")] == [
        "答复内容（企业会看到）（中文）", "答复内容（企业会看到）（English）"
    ]  # fmt: skip
    page.text_area(key=key).set_value("您的线路已经更换").run()
    page.button(key=f"take-0-{key}").click().run()
    assert page.text_area(key=f"other-{key}-1").value == "The line has been replaced."
    assert not [button for button in page.button if (button.key or "").startswith("take-")], "it stands there"
    page.button(key=f"submit-{case.id}-answer").click().run()
    assert now(store, people, case).answer_translated == "The line has been replaced."
    shown = [text.value for text in open_page(people.department, "desk", case=case.id).text]
    assert {"您的线路已经更换", "The line has been replaced."} <= set(shown)


def test_a_file_of_a_note_is_put_beside_its_words_and_the_history_leads_to_it(open_page, store, people):
    case = bring_to(store, people, "dispatched")
    page = open_page(people.department, "desk", case=case.id)
    page.pills(key=f"do-{case.id}").select("note").run()
    page.text_area(key=f"words-{case.id}-0").set_value("底稿见附件")
    page.get("file_uploader")[0].upload("底稿.pdf", PDF, "application/pdf")
    page.button(key=f"submit-{case.id}-note").click().run()
    (file,) = store.read(lambda con: attachments.of_case(con, people.staff.scope, case.id))
    assert (file.name, file.told) == ("底稿.pdf", False)
    assert f'<a href="/attachments/{file.id}" download>底稿.pdf</a>' in html(page)
    theirs = open_page(people.enterprise, "case", id=case.id)
    assert file.id not in html(theirs) and "底稿" not in html(theirs)


def test_a_file_stays_chosen_as_words_do_while_another_action_is_looked_at(open_page, store, people):
    case = bring_to(store, people, "dispatched")
    page = open_page(people.department, "desk", case=case.id)
    page.pills(key=f"do-{case.id}").select("answer").run()
    page.get("file_uploader")[0].upload("批复.pdf", PDF, "application/pdf").run()
    page.pills(key=f"do-{case.id}").select("object").run()
    page.pills(key=f"do-{case.id}").select("note").run()
    page.text_area(key=f"words-{case.id}-0").set_value("见附件").run()
    page.button(key=f"submit-{case.id}-note").click().run()
    kept = store.read(lambda con: attachments.of_case(con, people.staff.scope, case.id))
    assert [file.name for file in kept] == ["批复.pdf"]
    page.text_area(key=f"words-{case.id}-1").set_value("再记一句").run()
    page.button(key=f"submit-{case.id}-note").click().run()
    kept = store.read(lambda con: attachments.of_case(con, people.staff.scope, case.id))
    assert [file.name for file in kept] == ["批复.pdf"], "what was sent is not sent again"


def test_a_case_to_merge_into_is_found_among_the_open_ones_however_many_newer_ones_are_over(open_page, store, people):
    case = raise_case(store, people, title="厂区停电")
    other = bring_to(store, people, "accepted", NOON - timedelta(days=9), title="园区停电")
    for _ in range(8):
        bring_to(store, people, "closed", NOON - timedelta(days=1), title="旧厂停电")
    page = open_page(people.staff, "desk", case=case.id)
    page.pills(key=f"do-{case.id}").select("merge").run()
    page.text_input(key=f"into-{case.id}").set_value("停电").run()
    found = page.radio(key=f"into-{case.id}-停电")
    assert found.label == "找到 1 件，最新的在前" and [one[:9] for one in found.options] == [other.number]


def test_a_merged_case_leads_to_the_other_and_the_other_back(open_page, store, people):
    case, other = (bring_to(store, people, "accepted") for _ in range(2))
    take(store, people.staff, case, "merge", into=other.id)
    for one, there, label in ((case, other, "已并入"), (other, case, "并入本件的")):
        shown = html(open_page(people.staff, "desk", case=one.id))
        assert f"<dt>{label}</dt>" in shown and f'<a href="/desk?case={there.id}"' in shown


def test_a_case_is_printed_whole_with_what_its_reader_is_shown(open_page, store, people):
    case = take(store, people.staff, bring_to(store, people, "awaiting"), "note", note="已电话了解")
    take(store, people.staff, bring_to(store, people, "accepted"), "note", note="另一件")
    plan = PlanForm(("reopened",), "打通最后一公里", "economy_it")
    open_plan(store, actor=people.staff, plan_id=str(uuid4()), case_id=case.id, form=plan, at=NOON)
    for who, there in ((people.staff, True), (people.department, True), (people.other_department, False)):
        cookies = {here.SESSION_COOKIE: session_of(store, who)}
        paper = ask("GET", f"/print/cases?numbers={case.number}", cookies=cookies).text
        assert ("已电话了解" in paper and "区经信局答复：已经解决" in paper) == there, who.role
        assert "另一件" not in paper
        assert ("打通最后一公里" in paper) == (there and who.may("see_case_plan")), "as the drawer tells it"
    assert f"/print/cases?numbers={case.number}" in html(open_page(people.staff, "desk", case=case.id))


def test_set_words_are_kept_from_the_box_and_put_in_filled_with_the_case(open_page, store, people):
    case = bring_to(store, people, "dispatched")
    page = open_page(people.department, "desk", case=case.id)
    page.pills(key=f"do-{case.id}").select("answer").run()
    key = f"words-{case.id}-0"
    page.text_area(key=key).set_value("{编号}已由{部门}核实，{没有}").run()
    page.text_input(key=f"set-title-{key}").set_value("核实告知").run()
    page.button(key=f"keep-words-{key}").click().run()
    assert "没有" in page.error[0].value, "a field that is not known"
    page.text_area(key=key).set_value("{编号}已由{部门}核实").run()
    page.button(key=f"keep-words-{key}").click().run()
    other = bring_to(store, people, "dispatched")
    page = open_page(people.department, "desk", case=other.id)
    page.pills(key=f"do-{other.id}").select("answer").run()
    (use,) = [button for button in page.button if (button.key or "").startswith("use-")]
    use.click().run()
    assert page.text_area(key=f"words-{other.id}-0-1").value == f"{other.number}已由区经信局核实"
    theirs = open_page(people.staff, "desk", case=other.id)
    theirs.pills(key=f"do-{other.id}").select("answer").run()
    assert not [button for button in theirs.button if (button.key or "").startswith("use-")], "each desk has its own"


def walked(page):
    """To the neighbour and back, as with j and k: the drawer closes, and is opened again."""
    way = next(key for key in ("j", "k") if not page.button(key=f"go-{key}").disabled)
    page.button(key=f"go-{way}").click().run()
    return page.button(key=f"go-{'k' if way == 'j' else 'j'}").click().run()


def test_what_is_typed_behind_words_that_were_put_in_stands_when_the_drawer_is_opened_again(open_page, store, people):
    case, _ = bring_to(store, people, "dispatched"), bring_to(store, people, "dispatched")
    wording = Wording("核实告知", "已核实", "", None)
    save_words(store, actor=people.department, wording=wording, at=NOON)
    page = open_page(people.department, "desk", case=case.id)
    page.pills(key=f"do-{case.id}").select("answer").run()
    next(button for button in page.button if (button.key or "").startswith("use-")).click().run()
    page.text_area(key=f"words-{case.id}-0-1").set_value("已核实，明日通电").run()
    walked(page)
    assert page.text_area(key=f"words-{case.id}-0-1").value == "已核实，明日通电"
    page.pills(key=f"do-{case.id}").select("note").run()
    page.button(key=f"submit-{case.id}-note").click().run()
    assert page.text_area(key=f"words-{case.id}-1").value == ""
    take(store, people.staff, now(store, people, case), "note", note="另一处")
    walked(page)
    assert page.text_area(key=f"words-{case.id}-1").value == "", "what was sent is not there again"
    assert not page.warning, "changes count from this opening"


def test_in_the_drawer_a_link_to_something_to_read_leaves_what_is_typed_where_it_is(open_page, store, people):
    case = bring_to(store, people, "dispatched")
    page = open_page(people.staff, "desk", case=case.id)
    (link,) = re.findall(rf'<a [^>]*href="/print/cases\?numbers={case.number}"[^>]*>', html(page))
    assert 'target="_blank"' in link and 'rel="noopener"' in link


def test_a_file_of_an_answer_or_a_note_stands_beside_its_words_alone(open_page, store, people):
    case = bring_to(store, people, "dispatched")
    asked = {"case_id": case.id, "action": "note", "at": NOON, "given": Given(note="内部")}
    act_with_files(store, actor=people.department, seen=case.seq, uploads=[Upload("底稿.pdf", PDF)], **asked)
    sent = CheckedFile("停电.pdf", "application/pdf", "0", PDF)
    store.write(lambda con: attachments.add(con, [Attachment.of(sent, "f", NOON, case_id=case.id)]))
    for who in (people.staff, people.department):
        shown = html(open_page(who, "desk", case=case.id))
        assert (shown.count("底稿.pdf"), shown.count("停电.pdf")) == (1, 1), who.role
    case = now(store, people, case)
    take(store, people.staff, case, "dispatch", NOON + timedelta(hours=1), lead="finance_office", co=())
    shown = html(open_page(people.department, "desk", case=case.id))
    assert (shown.count("底稿.pdf"), shown.count("停电.pdf")) == (1, 1), "as it had it"
