"""Letters and briefings on the pages and by their routes: dispatch and letter in one step, and who may download."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from casework.documents import documents
from casework.letters import letters
from db import limited
from db.cases import cases
from db.letters import letters as kept
from db.refused import Refused
from db.scope import ALL
from pages.shared import here
from tests.access.test_routes import ask
from tests.casework.cases.steps import bring_to
from tests.conftest import NOON, session_of, words

pytestmark = pytest.mark.usefixtures("the_day")


@pytest.fixture
def the_day():
    with time_machine.travel(NOON.isoformat() + "+00:00", tick=False):
        yield


def case_of(store, case):
    return store.read(lambda con: cases.get(con, ALL, case.id))


def sent(store):
    return store.read(lambda con: kept.find(con, ALL, limit=10))


def as_(store, actor):
    return {here.SESSION_COOKIE: session_of(store, actor)}


@pytest.fixture
def letter(store, people):
    case = bring_to(store, people, "accepted")
    return letters.dispatch_with_letter(store, actor=people.staff, letter_id=str(uuid4()), seen={case.id: case.seq},
                                        lead="economy_it", copied=("tax",), at=NOON)  # fmt: skip


def test_a_dispatch_from_the_desk_makes_its_letter_in_the_same_step(store, people, open_page):
    case = bring_to(store, people, "accepted")
    page = open_page(people.staff, "desk", case=case.id)
    page.pills(key=f"do-{case.id}").select("dispatch").run()
    page.selectbox(key=f"lead-{case.id}-0").set_value("economy_it").run()
    page.text_area(key=f"words-{case.id}-0").set_value("内部意见").run()
    page.button(key=f"submit-{case.id}-dispatch").click().run()
    (made,) = sent(store)
    after = case_of(store, case)
    assert (after.state, after.lead_body, after.due_rule) == ("dispatched", "economy_it", "answer_7wd")
    assert (made.number, made.lead_body, made.answer_by) == (1, "economy_it", after.due_on)
    assert "内部意见" not in repr(made.content)  # it stands in the history, not in the letter
    history = store.read(lambda con: cases.history(con, ALL, case.id))
    assert history[-1].detail["note"] == "内部意见"


def test_a_dispatch_without_its_letter_waits_for_one(store, people, open_page):
    case = bring_to(store, people, "accepted")
    page = open_page(people.staff, "desk", case=case.id)
    page.pills(key=f"do-{case.id}").select("dispatch").run()
    page.selectbox(key=f"lead-{case.id}-0").set_value("economy_it").run()
    page.checkbox(key=f"with-letter-{case.id}").uncheck().run()
    page.button(key=f"submit-{case.id}-dispatch").click().run()
    assert case_of(store, case).state == "dispatched" and sent(store) == []
    assert [line.id for line in store.read(lambda con: kept.waiting(con, ALL))] == [case.id]


def test_a_batch_goes_to_one_department_with_one_letter_and_a_double_click_makes_no_second(store, people, open_page):
    first, second = bring_to(store, people, "accepted"), bring_to(store, people, "reopened")
    stays = bring_to(store, people, "accepted")
    page = open_page(people.staff, "letters")
    for case in (first, second):
        page.checkbox(key=f"send-{case.id}").check()
    page.selectbox(key="dispatch-lead").set_value("tax").run()
    page.button(key="issue-dispatch").click().run()
    (made,) = sent(store)
    assert sorted(item["number"] for item in made.content["items"]) == sorted([first.number, second.number])
    assert [case_of(store, c).lead_body for c in (first, second)] == ["tax", "tax"]
    assert case_of(store, stays).state == "accepted"
    again = letters.dispatch_with_letter(store, actor=people.staff, letter_id=made.id, seen={stays.id: stays.seq},
                                         lead="tax", copied=(), at=NOON)  # fmt: skip
    assert again == made and case_of(store, stays).state == "accepted"


def test_a_batch_with_nothing_chosen_or_no_department_is_refused_in_words(store, people, open_page):
    case = bring_to(store, people, "accepted")
    page = open_page(people.staff, "letters")
    page.button(key="issue-dispatch").click().run()
    assert "至少选择一个事项" in words(page)
    page.checkbox(key=f"send-{case.id}").check().run()
    page.button(key="issue-dispatch").click().run()
    assert sent(store) == [] and case_of(store, case).state == "accepted"
    assert page.error


@pytest.mark.parametrize("path", ["desk", "letters"])
def test_a_note_that_is_too_long_stands_and_is_refused_with_the_limit(store, people, open_page, path):
    case, most = bring_to(store, people, "accepted"), {"desk": 4000, "letters": letters.LONGEST_NOTE}[path]
    page, long = open_page(people.staff, path, case=case.id), "长" * (most + 1)
    if path == "desk":
        page.pills(key=f"do-{case.id}").select("dispatch").run()
        page.selectbox(key=f"lead-{case.id}-0").set_value("economy_it").run()
        box, go = (lambda: page.text_area(key=f"words-{case.id}-0")), f"submit-{case.id}-dispatch"
    else:
        page.checkbox(key=f"send-{case.id}").check()
        page.selectbox(key="dispatch-lead").set_value("tax").run()
        box, go = (lambda: page.text_input(key="dispatch-note")), "issue-dispatch"
    assert box().proto.max_chars == 0, "a browser drops a whole paste that goes over a box's own limit"
    box().set_value(long).run()
    page.button(key=go).click().run()
    assert f"最多 {most:,} 个字" in page.error[0].value and box().value == long
    assert sent(store) == [] and case_of(store, case).state == "accepted"


def test_a_case_that_somebody_moved_meanwhile_sends_no_letter(store, people):
    case, other = bring_to(store, people, "accepted"), bring_to(store, people, "accepted")
    seen = {other.id: other.seq, case.id: case.seq - 1}
    with pytest.raises(Exception, match="moved_on"):
        letters.dispatch_with_letter(store, actor=people.staff, letter_id=str(uuid4()), seen=seen, lead="tax",
                                     copied=(), at=NOON)  # fmt: skip
    assert sent(store) == [] and case_of(store, other).state == "accepted"


def test_a_department_sees_its_letters_and_no_form(store, people, letter, open_page):
    page = open_page(people.department, "letters")
    assert letter.content["number"] in "\n".join(str(block.proto.body) for block in page.get("html"))
    assert not page.button and not page.checkbox
    other = open_page(people.other_department, "letters")
    assert letter.content["number"] not in "\n".join(str(block.proto.body) for block in other.get("html"))


@pytest.mark.parametrize("who", ["staff", "department"])
def test_a_case_offers_its_letter_as_a_word_file_and_as_a_pdf(store, people, open_page, who):
    case = bring_to(store, people, "accepted")
    sent_now = {"letter_id": str(uuid4()), "seen": {case.id: case.seq}, "at": NOON + timedelta(hours=1)}
    made = letters.dispatch_with_letter(store, actor=people.staff, lead="economy_it", copied=(), **sent_now)
    page = open_page(getattr(people, who), "desk", case=case.id)
    shown = "\n".join(str(block.proto.body) for block in page.get("html"))
    assert [kind for kind in ("docx", "pdf") if f'href="/letters/{made.id}.{kind}"' in shown] == ["docx", "pdf"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff", 200), ("department", 200), ("other_department", 404), ("town", 404), ("officer", 404),
     ("enterprise", 404), ("leader", 404), ("admin", 404), (None, 404)],
)  # fmt: skip
def test_who_may_download_a_letter(store, people, letter, who, status):
    cookies = as_(store, getattr(people, who)) if who else {}
    answer = ask("GET", f"/letters/{letter.id}.docx", cookies=cookies)
    assert answer.status == status
    assert ("attachment" in answer.headers.get("content-disposition", "")) == (status == 200)


def test_a_paper_that_the_machine_has_no_time_for_is_asked_for_later(store, people, letter, monkeypatch, tmp_path):
    monkeypatch.setattr(limited, "_QUEUE", 0)
    monkeypatch.setenv("PATH", str(tmp_path))  # no office suite
    cookies = as_(store, people.staff)
    word = ask("GET", f"/letters/{letter.id}.docx", cookies=cookies)
    with limited._AT_ONCE, limited._AT_ONCE:
        answer = ask("GET", f"/letters/{letter.id}.pdf", cookies=cookies)
        with pytest.raises(Refused, match="paper_busy"):
            documents.to_pdf(word.content)
    assert (answer.status, answer.headers["retry-after"]) == (503, "60")
    assert answer.text == "服务器正忙，这份文件还没有做出来。请过一分钟再试。"
    assert ask("GET", f"/letters/{letter.id}.pdf", cookies=cookies).status == 200


def test_a_forged_id_or_kind_gives_what_a_letter_of_others_gives(store, people, letter):
    theirs = ask("GET", f"/letters/{letter.id}.docx", cookies=as_(store, people.other_department))
    for path in (f"/letters/{uuid4()}.docx", f"/letters/{letter.id}.exe", "/letters/%27%20OR%201=1.docx"):
        answer = ask("GET", path, cookies=as_(store, people.other_department))
        assert (answer.status, answer.text) == (theirs.status, theirs.text)


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff", 200), ("leader", 200), ("department", 403), ("town", 403), ("officer", 403), ("enterprise", 403),
     ("admin", 403), (None, 403)],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_who_may_download_a_briefing(store, people, letter, who, status, kind):
    cookies = as_(store, getattr(people, who)) if who else {}
    assert ask("GET", f"/briefings/2023-11-01/2023-11-30.{kind}", cookies=cookies).status == status


@pytest.mark.parametrize(
    "path", ["2023-11-30/2023-11-01.docx", "x/y.docx", "2099-01-01/2099-01-02.docx", "2010-01-01/2023-11-30.xlsx"]
)
def test_a_period_that_is_none_is_refused(store, people, path):
    assert ask("GET", f"/briefings/{path}", cookies=as_(store, people.staff)).status == 404


@pytest.mark.parametrize(("who", "status"), [("staff", 200), ("department", 403), ("leader", 403), (None, 403)])
def test_only_staff_download_a_template(store, people, who, status):
    cookies = as_(store, getattr(people, who)) if who else {}
    assert ask("GET", "/templates/letter.docx", cookies=cookies).status == status
