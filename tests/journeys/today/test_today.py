"""The day's list and the officers' roster as staff use them."""

from datetime import timedelta

import pytest
import time_machine

import i18n
from access import admin
from access.entrance import actor_of
from casework.cases.supervision import work_of_the_day
from db import sql
from tests.casework.cases.steps import TODAY, bring_to, raise_case, take
from tests.conftest import NOON, make_account, words

pytestmark = pytest.mark.usefixtures("the_day")
FAR = {"sector_code": "C34", "town_code": "330603011"}


@pytest.fixture
def the_day():
    """It is noon of 30 November 2023, for the whole page run."""
    with time_machine.travel(NOON.isoformat() + "+00:00", tick=False):
        yield


def rows(page, kind):
    mark = f"open-{kind}-"
    return [button.key.removeprefix(mark) for button in page.button if (button.key or "").startswith(mark)]


def html(page):
    return "\n".join(str(block.proto.body) for block in page.get("html"))


def test_a_call_is_recorded_in_three_taps_and_leaves_the_list(store, people, open_page):
    case = bring_to(store, people, "in_progress", NOON - timedelta(days=8), title="夜间停电")
    page = open_page(people.staff, "today")
    words(page)
    assert rows(page, "reminder_call") == [case.number]
    assert "7 天未催办" in html(page)
    page.button(key=f"record-reminder_call-{case.number}").click().run()
    page.pills(key=f"result-reminder_call-{case.id}").select("promised").run()
    page.button(key="save-reminder_call").click().run()
    page.run()
    words(page)
    assert rows(page, "reminder_call") == []
    done = store.read(lambda con: sql.rows(con, "SELECT kind, outcome, account_id FROM follow_up"))
    assert done == [{"kind": "reminder_call", "outcome": "promised", "account_id": people.staff.id}]


def test_a_call_without_its_outcome_is_refused_in_words_and_stays(store, people, open_page):
    case = bring_to(store, people, "in_progress", NOON - timedelta(days=8))
    page = open_page(people.staff, "today")
    page.button(key=f"record-reminder_call-{case.number}").click().run()
    page.button(key="save-reminder_call").click().run()
    assert "请选择结果" in page.error[0].value
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM follow_up")) == 0


def test_what_waits_for_an_enterprise_and_what_is_late_stand_in_their_sections(store, people, open_page):
    silent = bring_to(store, people, "awaiting", NOON - timedelta(days=20))
    late = bring_to(store, people, "accepted", NOON - timedelta(days=20))
    page = open_page(people.staff, "today", language="en")
    words(page)
    assert rows(page, "awaiting") == [silent.number]
    assert rows(page, "letter") == [late.number]
    assert "days late" in html(page)
    assert "Waiting 20 days" in html(page)


@pytest.mark.parametrize(
    ("page", "who", "language", "said"),
    [
        ("today", "staff", "zh", "9月29日至10月6日放假；10月7日、10月8日补班"),
        ("today", "staff", "en", "7 Oct, 8 Oct worked to make up"),
        ("desk", "staff", "zh", "9月29日至10月6日放假；10月7日、10月8日补班"),
        ("care", "officer", "zh", "9月29日至10月6日放假；10月7日、10月8日补班"),
        ("my_cases", "enterprise", "zh", "9月29日至10月6日放假；10月7日、10月8日补班"),
    ],
)
def test_a_deadline_in_a_list_says_the_days_off_and_the_make_up_workdays_that_it_counts(
    store, people, open_page, page, who, language, said
):
    """Two working days from 28 September 2023 lead over the National Day; five more for the visit after a rejection."""
    day = NOON - timedelta(days=63)
    new = raise_case(store, people, day)
    bring_to(store, people, "reopened", day)
    with time_machine.travel(day.isoformat() + "+00:00", tick=False):
        shown = html(open_page(getattr(people, who), page, language=language))
    assert said in shown and new.title in shown
    ordinary = NOON - timedelta(days=1)
    bring_to(store, people, "dispatched", ordinary)
    with time_machine.travel(ordinary.isoformat() + "+00:00", tick=False):
        assert '<div class="f2f-quiet f2f-special">' not in html(open_page(people.staff, "desk"))


def test_sector_and_town_narrow_the_list_and_a_kind_stands_alone(store, people, open_page):
    near = bring_to(store, people, "awaiting", NOON - timedelta(days=20))
    bring_to(store, people, "accepted", NOON - timedelta(days=20), enterprise_id=people.other_firm.id, **FAR)
    page = open_page(people.staff, "today", sector="C17")
    assert (rows(page, "awaiting"), rows(page, "letter")) == ([near.number], [])
    page = open_page(people.staff, "today", what="letter", sector="C17")
    assert (rows(page, "awaiting"), rows(page, "letter")) == ([], [])
    assert "今天没有要督办的事项" not in html(page)


def test_who_handled_the_case_is_told_that_a_colleague_visits(store, people, open_page, password_hash):
    case = bring_to(store, people, "reopened", NOON - timedelta(days=2))
    page = open_page(people.staff, "today")
    assert "请同事回访" in html(page)
    assert f"record-return_visit-{case.number}" not in [button.key for button in page.button]
    colleague = make_account(store, "staff", password_hash)
    page = open_page(type(people.staff)(colleague.id, "staff", "同事"), "today")
    assert f"record-return_visit-{case.number}" in [button.key for button in page.button]


def test_an_empty_day_says_so(people, open_page):
    page = open_page(people.staff, "today")
    words(page)
    assert "今天没有要督办的事项" in html(page)


def test_a_row_opens_the_case_over_the_list(store, people, open_page):
    case = bring_to(store, people, "in_progress", NOON - timedelta(days=8), title="夜间停电")
    page = open_page(people.staff, "today")
    page.button(key=f"open-reminder_call-{case.number}").click().run()
    assert page.query_params["case"] == case.id
    assert "办理经过" in html(page)


def test_an_answer_with_nothing_in_it_is_listed_with_its_evidence(store, people, open_page):
    case = bring_to(store, people, "awaiting", NOON - timedelta(days=1))
    store.write(
        lambda con: sql.run(con, "UPDATE cases SET answer_text = '正在研究。<b>' WHERE id = $id", {"id": case.id})
    )
    page = open_page(people.staff, "today")
    assert rows(page, "doubt") == [case.number]
    assert "没有写明做了什么" in html(page)
    assert "&lt;b&gt;" in html(page)


def test_the_list_and_the_roster_are_for_staff_alone(store, people, open_page):
    bring_to(store, people, "in_progress", NOON - timedelta(days=8))
    assert work_of_the_day(store, actor=people.staff, today=TODAY).duties
    for who in (people.leader, people.department, people.officer, people.enterprise):
        for path in ("today", "officers"):
            assert rows(open_page(who, path), "reminder_call") == []


def test_the_roster_says_who_was_not_heard_and_finds_an_officer(store, people, open_page, password_hash):
    make_account(store, "officer", password_hash, name="空闲服务员")
    page = open_page(people.staff, "officers")
    words(page)
    assert "从未听到" in html(page)
    assert "还没有联系企业" in html(page)
    page = open_page(people.staff, "officers", text="空闲")
    assert html(page).count('class="f2f-row f2f-officers"') == 1


def test_a_departments_morning_is_its_own_duties_its_load_and_how_it_is_rated(store, people, open_page):
    case = bring_to(store, people, "dispatched", NOON - timedelta(days=20), title="夜间停电")
    new = raise_case(store, people, NOON - timedelta(days=20))
    page = open_page(people.department, "today")
    words(page)
    assert rows(page, "answer") == [case.number] and rows(page, "acceptance") == []
    assert new.number not in html(page)
    shown = html(page) + "".join(text.value for text in page.text)
    assert "在办 1 件" in shown and "诉求评价满意率" in shown and "不足 10 件，不显示" in shown
    page.button(key=f"open-answer-{case.number}").click().run()
    assert page.query_params["case"] == case.id
    assert "在办" not in "".join(text.value for text in open_page(people.staff, "today").text)


def test_a_departments_load_counts_what_a_colleague_left_behind(store, people, open_page):
    gone = make_account(store, "department", None, body_code="economy_it", name="离岗者")
    left, own = bring_to(store, people, "dispatched"), bring_to(store, people, "dispatched")
    bring_to(store, people, "dispatched")
    take(store, actor_of(gone), left, "assign", holder=gone.id)
    take(store, people.department, own, "assign", holder=people.department.id)
    load = next(text.value for text in open_page(people.department, "today").text if "在办" in text.value)
    assert "在办 3 件" in load and "其他人" not in load
    admin.disable_account(store, actor=people.admin, account_id=gone.id, seen=gone.seq, at=NOON)
    load = next(text.value for text in open_page(people.department, "today").text if "在办" in text.value)
    assert "在办 3 件" in load and "离岗者" not in load
    assert load.endswith(f"其他人经办 1 件{i18n.DOT}无人经办 1 件")


def test_a_department_without_anything_due_is_told_so(people, open_page):
    page = open_page(people.department, "today", language="en")
    words(page)
    assert "Nothing is due today" in html(page)
