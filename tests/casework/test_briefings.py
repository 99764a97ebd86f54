"""Briefings: every figure equals one counted from the histories by hand; late ones by name; warnings by rule."""

import io
import zipfile
from collections import Counter
from datetime import date, timedelta

import pytest
from python_calamine import CalamineWorkbook

from casework.briefings import briefing, rule_for, to_excel, to_word
from casework.documents.documents import text_of
from db import clock, sql
from db.cases import cases
from db.cases.cases import CaseFilters
from db.figures.briefings import Objections, OpenCase
from db.refused import Refused
from db.scope import ALL
from tests.casework.cases.steps import bring_to, take
from tests.conftest import NOON

SINCE, UNTIL = date(2023, 11, 1), date(2023, 12, 15)
END = clock.start_of_day(UNTIL) + timedelta(hours=10)


@pytest.fixture
def district(store, people):
    """Cases of every kind, some before the period, five of them late at its end: the last one is not accepted yet."""
    early = NOON - timedelta(days=40)
    other = {"enterprise_id": people.other_firm.id, "town_code": "330603011", "sector_code": "C34"}
    made = [
        bring_to(store, people, "dispatched", title="=HYPERLINK(示范)"),
        bring_to(store, people, "in_progress", **other),
        bring_to(store, people, "committed"),
        bring_to(store, people, "awaiting", at=early),
        bring_to(store, people, "closed"),
        bring_to(store, people, "reopened"),
        bring_to(store, people, "merged"),
        bring_to(store, people, "accepted"),
    ]
    answered = bring_to(store, people, "dispatched", at=early)
    made.append(take(store, people.staff, answered, "answer", NOON + timedelta(days=1)))
    (new,) = store.read(lambda con: cases.find(con, ALL, CaseFilters(UNTIL, state="submitted"), sort="due")).rows
    return [*made, new]


def asked(store, people, **changes):
    given = {"since": SINCE, "until": UNTIL, "language": "zh", "at": END, "actor": people.staff} | changes
    return briefing(store, **given)


def counted(store) -> Counter:
    """The same figures, by hand: one history after the other, in the order it happened."""
    events = store.read(lambda con: sql.rows(con, "SELECT * FROM event WHERE area = 'case' ORDER BY n"))
    stories: dict[str, list] = {}
    for event in events:
        stories.setdefault(event["subject"], []).append(event)
    start, end = clock.start_of_day(SINCE), clock.end_of_day(UNTIL)
    figures = Counter()
    for story in stories.values():
        story = [event for event in story if event["happened_at"] < end]
        sent = [event for event in story if event["kind"] == "dispatch"]
        if not sent or story[-1]["state"] == "merged":
            continue
        figures["received"] += sent[0]["happened_at"] >= start
        answers = [e for e in story if e["kind"] in ("answer", "fulfil") and e["state"] == "awaiting"]
        if story[-1]["state"] in ("awaiting", "closed") and answers[-1]["happened_at"] >= start:
            figures["settled"] += 1
            days = clock.day_of(answers[-1]["happened_at"]) - clock.day_of(sent[0]["happened_at"])
            figures["days"] += days.days
        figures["reopened"] += any(e["state"] == "reopened" and e["happened_at"] >= start for e in story)
    return figures


def test_the_totals_are_those_counted_by_hand(store, people, district):
    total, hand = asked(store, people).total, counted(store)
    assert [total.received, total.settled, total.reopened] == [hand["received"], hand["settled"], hand["reopened"]]
    assert total.received == 5 and total.settled == 2 and total.reopened == 1
    assert total.mean_days == hand["days"] / hand["settled"] == 41 / 2
    assert total.overdue == 5 and total.on_time == 1  # among them a reopened one, one unsent and one not accepted yet


def test_every_group_sums_to_the_total(store, people, district):
    found = asked(store, people)
    for group in found.groups.values():
        for name in ("received", "settled", "on_time", "overdue", "reopened"):
            assert sum(getattr(named.line, name) for named in group) == getattr(found.total, name)
    assert {named.name for named in found.groups["body"]} == {"区经信局", "尚未交办"}
    assert len(found.groups["town"]) == 2 and found.groups["leader"][0].name == "未明确"


def test_a_past_period_says_what_stood_at_its_end(store, people, district):
    before = asked(store, people, until=NOON.date())
    late = district[0]
    assert before.total.overdue == 1  # the one that was answered the day after
    take(store, people.staff, late, "answer", END)
    assert asked(store, people, until=NOON.date()) == before
    assert [w.case.number for w in asked(store, people, until=date(2023, 12, 14)).late].count(late.number) == 1
    assert late.number not in [w.case.number for w in asked(store, people).late]


def test_the_late_ones_are_named_with_their_department(store, people, district):
    found = asked(store, people)
    assert {w.case.number for w in found.late} == {district[i].number for i in (0, 1, 5, 7, 9)}
    assert {w.body for w in found.late} == {"区经信局", "尚未交办"} and {w.level for w in found.late} == {"red"}
    said = text_of(to_word(store, found, at=END))
    for words in (district[0].number, "区经信局", "期末超期未办5件", "红牌", "2023年11月1日"):
        assert words in said
    assert "{" not in said


@pytest.mark.parametrize(
    ("state", "due", "rejected", "expected"),
    [
        ("dispatched", date(2023, 12, 14), 0, ("red", "overdue")),
        ("dispatched", date(2023, 12, 15), 0, ("yellow", "due_soon")),
        ("dispatched", date(2023, 12, 18), 0, ("yellow", "due_soon")),
        ("dispatched", date(2023, 12, 19), 0, None),
        ("submitted", date(2023, 12, 14), 0, ("red", "overdue")),
        ("suspended", date(2023, 12, 14), 0, None),
        ("suspended", date(2023, 12, 16), 0, ("yellow", "due_soon")),
        ("committed", date(2023, 12, 16), 0, ("yellow", "promise_due")),
        ("reopened", None, 2, ("red", "rejected_twice")),
        ("reopened", None, 1, None),
    ],
)
def test_warnings_follow_their_table(state, due, rejected, expected):
    assert rule_for(OpenCase("2023-0001", "题", "tax", state, due, rejected), UNTIL) == expected


def test_the_workbook_has_a_sheet_for_each_table_and_no_formula(store, people, district):
    found = asked(store, people, language="en")
    content = to_excel(store, found, language="en", at=END)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["By department", "By town", "By leader in charge", "Objections to dispatches",
                                "Leaders' instructions", "Yellow and red warnings"]  # fmt: skip
    assert book.get_sheet_by_name("By department").to_python()[3] == ["Total", 5, 2, 1, 5, 1, 20.5]
    rows = book.get_sheet_by_name("Yellow and red warnings").to_python()
    shown = [cell for row in rows for cell in row]
    assert [row[6] for row in rows if row[2] == district[9].number] == [11] and shown.count("Overdue") == 5
    assert "=HYPERLINK(示范)" in shown
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "worksheets" in name)


def test_only_those_who_see_the_dashboard_get_a_briefing(store, people):
    assert asked(store, people, actor=people.leader).total.received == 0
    for nobody in (people.enterprise, people.officer, people.department, people.town, people.admin):
        with pytest.raises(Refused, match="forbidden"):
            asked(store, people, actor=nobody)
    for since in (UNTIL + timedelta(days=1), date(2010, 1, 1)):
        with pytest.raises(Refused, match="period"):
            asked(store, people, since=since)
    assert people.staff.scope == ALL


def test_a_promise_made_anew_never_stands_for_the_first(store, people):
    """The second promise names an earlier day and is broken; the first one, which counts, is kept."""
    case = bring_to(store, people, "committed")
    case = take(store, people.enterprise, case, "reject", NOON + timedelta(days=1))
    case = take(store, people.staff, case, "promise", NOON + timedelta(days=1, hours=1), promised_on=date(2023, 12, 4))
    take(store, people.staff, case, "fulfil", NOON + timedelta(days=7))
    total = asked(store, people, until=date(2023, 12, 31), at=NOON + timedelta(days=40)).total
    assert (total.settled, total.on_time) == (1, 1)


def test_objections_are_counted_by_department_as_they_were_decided_by_the_end(store, people):
    """Upheld, refused, refused twice and given back by the leader, and one that waits; one of after the period."""
    day, case = timedelta(days=1), lambda: bring_to(store, people, "dispatched")
    objected = [take(store, people.department, case(), "object", NOON + day) for _ in range(4)]
    take(store, people.staff, objected[0], "dispatch", NOON + day, lead="tax", co=())
    back = [take(store, people.staff, one, "refuse_objection", NOON + day) for one in objected[1:3]]
    again = take(store, people.department, back[1], "object", NOON + 2 * day)
    up = take(store, people.staff, again, "refuse_objection", NOON + 2 * day)
    take(store, people.leader, up, "dispatch", NOON + 3 * day)
    found = asked(store, people)
    assert found.objections == [("区经信局", Objections("economy_it", 5, 1, 3))]
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(to_excel(store, found, language="zh", at=END)))
    assert sheets.get_sheet_by_name("派单异议").to_python()[1] == ["区经信局", 5, 1, 3]
    earlier = asked(store, people, until=(NOON + day).date())
    assert earlier.objections == [("区经信局", Objections("economy_it", 4, 1, 2))]
    assert asked(store, people, until=NOON.date()).objections == []
