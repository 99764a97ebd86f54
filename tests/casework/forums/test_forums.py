"""The forum series: numbered once, changed by version, with who came and what was answered there."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from casework.forums.attendance import (
    NewPerson,
    add_attendance,
    import_attendance,
    offered_people,
    read_list,
    remove_attendance,
)
from casework.forums.forums import (
    ForumPlan,
    SpotIssue,
    cancel_forum,
    change_forum,
    plan_forum,
    raise_at_forum,
    record_forum,
)
from db import events
from db.cases import cases
from db.forums import forums
from db.forums.forums import ForumFilter
from db.refused import MovedOn, Refused
from db.scope import ALL, NONE
from tests.conftest import NOON

TODAY = date(2023, 11, 30)
PLAN = ForumPlan(
    theme_zh="海外采购商专场",
    theme_en="Overseas buyers",
    sector="C17",
    held_on=TODAY,
    place_zh="会议厅",
    place_en="Conference hall",
    format="many_to_many",
    host_body="district_committee",
    host_office="party_secretary",
)


def planned(store, people, **changes):
    return plan_forum(store, actor=people.staff, forum_id=str(uuid4()), plan=replace(PLAN, **changes), at=NOON)


def held(store, people):
    forum = planned(store, people)
    return record_forum(store, actor=people.staff, forum_id=forum.id, summary="议了三件事", seen=forum.seq, at=NOON)


def spot(people, **changes):
    issue = SpotIssue(
        enterprise_id=people.firm.id,
        kind="problem",
        category="finance",
        title="贷款续期难",
        text="",
        on_spot="solved",
        answer="当场协调银行续期",
        lead="finance_office",
    )
    return replace(issue, **changes)


def raised(store, people, forum, **changes):
    return raise_at_forum(
        store,
        actor=people.staff,
        forum_id=forum.id,
        case_id=str(uuid4()),
        issue=spot(people, **changes),
        language="zh",
        at=NOON,
    )


def attended(store, people, forum, person):
    return add_attendance(
        store, actor=people.staff, forum_id=forum.id, attendance_id=str(uuid4()), person=person, at=NOON
    )


def history(store, subject):
    return [(row["kind"], row["state"], row["seq"]) for row in store.read(lambda con: events.of_subject(con, subject))]


def test_forums_are_numbered_in_the_order_in_which_they_are_planned(store, people):
    assert [planned(store, people).number for _ in range(3)] == [1, 2, 3]


def test_a_second_try_of_the_same_form_plans_one_forum(store, people):
    tries = [plan_forum(store, actor=people.staff, forum_id="f1", plan=PLAN, at=NOON) for _ in range(2)]
    assert tries[0] == tries[1]
    assert store.read(lambda con: forums.count(con, ForumFilter())) == 1
    assert history(store, "f1") == [("plan", "planned", 1)]


@pytest.mark.parametrize("who", ["enterprise", "officer", "department", "town", "leader", "admin"])
def test_only_staff_plan_forums(store, people, who):
    with pytest.raises(Refused, match="forbidden"):
        plan_forum(store, actor=getattr(people, who), forum_id="f1", plan=PLAN, at=NOON)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"theme_en": "  "}, "forum_names"),
        ({"place_zh": "厅" * 200}, "forum_names"),
        ({"format": "party"}, "forum_format"),
        ({"host_body": "economy_it"}, "forum_host"),
        ({"host_office": "district_head"}, "forum_office"),
        ({"sector": "C99"}, "forum_sector"),
    ],
)
def test_a_plan_that_does_not_hold_is_refused_with_its_reason_and_nothing_is_written(store, people, changes, code):
    with pytest.raises(Refused) as refusal:
        planned(store, people, **changes)
    assert refusal.value.code == code
    assert store.read(lambda con: forums.count(con, ForumFilter())) == 0


def test_a_change_keeps_the_number_and_a_change_of_an_older_version_is_refused(store, people):
    forum = planned(store, people)
    moved = change_forum(
        store, actor=people.staff, forum_id=forum.id, plan=replace(PLAN, theme_zh="用工"), seen=1, at=NOON
    )
    assert (moved.number, moved.theme_zh, moved.seq) == (forum.number, "用工", 2)
    with pytest.raises(MovedOn):
        change_forum(store, actor=people.staff, forum_id=forum.id, plan=PLAN, seen=1, at=NOON)


def test_a_forum_is_recorded_as_held_only_from_its_day_on(store, people):
    forum = planned(store, people, held_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="forum_not_yet"):
        record_forum(store, actor=people.staff, forum_id=forum.id, summary="小结", seen=1, at=NOON)
    kept = record_forum(
        store, actor=people.staff, forum_id=forum.id, summary="小结", seen=1, at=NOON + timedelta(hours=12)
    )
    assert (kept.state, kept.summary) == ("held", "小结")


def test_a_held_forum_cannot_be_cancelled_and_a_cancelled_one_stays_so(store, people):
    forum = held(store, people)
    with pytest.raises(Refused, match="forum_step"):
        cancel_forum(store, actor=people.staff, forum_id=forum.id, reason="改期", seen=forum.seq, at=NOON)
    other = planned(store, people)
    gone = cancel_forum(store, actor=people.staff, forum_id=other.id, reason="改期", seen=1, at=NOON)
    with pytest.raises(Refused, match="forum_step"):
        change_forum(store, actor=people.staff, forum_id=other.id, plan=PLAN, seen=gone.seq, at=NOON)
    assert planned(store, people).number == 3, "a cancelled forum's number is not given again"


@pytest.mark.parametrize(
    ("on_spot", "state", "settled"),
    [("solved", "awaiting", True), ("explained", "awaiting", True), ("committed", "committed", False)],
)
def test_an_answer_on_the_spot_goes_through_the_lifecycle_in_one_go(store, people, on_spot, state, settled):
    promised = TODAY + timedelta(days=14) if on_spot == "committed" else None
    case = raised(store, people, held(store, people), on_spot=on_spot, promised_on=promised, co=("tax",))
    assert (case.state, case.channel, case.on_spot, case.answer_kind) == (state, "forum", on_spot, on_spot)
    assert (case.settled_at == NOON) is settled
    assert case.promised_on == promised and case.due_on == promised
    assert (case.lead_body, case.co) == ("finance_office", ("tax",))
    assert (case.sector_code, case.town_code) == (people.firm.sector_code, people.firm.town_code)
    assert [kind for kind, _, _ in history(store, case.id)] == ["submit", "accept", "dispatch", "answer"]


def test_a_second_try_of_the_same_issue_makes_one_case(store, people):
    forum = held(store, people)
    same = {"actor": people.staff, "forum_id": forum.id, "case_id": "c1", "language": "zh", "at": NOON}
    first, second = (raise_at_forum(store, issue=spot(people), **same) for _ in range(2))
    assert first.number == second.number
    assert len(history(store, "c1")) == 4


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": ""}, "spot_title"),
        ({"answer": " "}, "needs_spot_words"),
        ({"on_spot": "perhaps"}, "needs_answer_kind"),
        ({"category": "weather"}, "issue_category"),
        ({"enterprise_id": "nobody"}, "spot_enterprise"),
        ({"lead": "cppcc"}, "body_unknown"),
        ({"on_spot": "committed"}, "needs_promised_on"),
        ({"on_spot": "committed", "promised_on": TODAY - timedelta(days=1)}, "promise_in_the_past"),
    ],
)
def test_an_issue_that_does_not_hold_leaves_no_half_of_itself(store, people, changes, code):
    forum = held(store, people)
    before = store.revision()
    with pytest.raises(Refused) as refusal:
        raised(store, people, forum, **changes)
    assert refusal.value.code == code
    assert store.revision() == before
    assert store.read(lambda con: cases.find(con, ALL, cases.CaseFilters(today=TODAY), sort="number")).total == 0


def test_the_list_counts_who_came_and_what_was_settled_and_puts_planned_ones_first(store, people):
    forum = held(store, people)
    raised(store, people, forum)
    raised(store, people, forum, on_spot="committed", promised_on=TODAY)
    attended(store, people, forum, NewPerson("张示范", "entrepreneur", enterprise_id=people.firm.id))
    attended(store, people, forum, NewPerson("王示范", "district_leader", body_code="cppcc"))
    later = planned(store, people, held_on=TODAY + timedelta(days=30), host_body="cppcc", host_office="deputy")
    first, second = store.read(lambda con: forums.find(con, ALL, ForumFilter(), limit=25, offset=0))
    assert (first.forum.id, second.forum.id) == (later.id, forum.id)
    assert (second.entrepreneurs, second.leaders, second.heads, second.present) == (1, 1, 0, 2)
    assert (second.issues, second.settled) == (2, 1)


def test_issues_outside_the_scope_are_not_counted_and_enterprises_outside_it_not_named(store, people):
    forum = held(store, people)
    raised(store, people, forum)
    attended(store, people, forum, NewPerson("张示范", "entrepreneur", enterprise_id=people.firm.id))
    (line,) = store.read(lambda con: forums.find(con, NONE, ForumFilter(), limit=25, offset=0))
    assert line.issues == 0
    (row,) = store.read(lambda con: forums.present(con, people.stranger.scope, forum.id))
    assert row.enterprise("zh") == ""
    (row,) = store.read(lambda con: forums.present(con, people.enterprise.scope, forum.id))
    assert row.enterprise("zh") == people.firm.name_zh


def test_the_list_is_filtered_by_year_sector_section_and_host(store, people):
    planned(store, people)
    planned(store, people, sector=None, held_on=date(2024, 1, 5), host_body="cppcc", host_office="cppcc_chair")
    found = {
        wanted: [
            line.forum.number for line in store.read(lambda con, w=wanted: forums.find(con, ALL, w, limit=9, offset=0))
        ]
        for wanted in (ForumFilter(2024), ForumFilter(sector="C17"), ForumFilter(sector="C"), ForumFilter(host="cppcc"))
    }
    assert list(found.values()) == [[2], [1], [1], [2]]
    counts = store.read(lambda con: forums.counts(con, ForumFilter(host="cppcc")))
    assert counts.year == {"2024": 1} and counts.sector == {}
    assert counts.host == {"district_committee": 1, "cppcc": 1}, "a filter does not narrow its own choices"


@pytest.mark.parametrize(
    ("person", "code"),
    [
        (NewPerson("", "entrepreneur", organisation="外企"), "person_name"),
        (NewPerson("甲", "minister"), "person_kind"),
        (NewPerson("甲", "entrepreneur"), "person_place"),
        (NewPerson("甲", "entrepreneur", enterprise_id="nobody"), "person_place"),
        (NewPerson("甲", "district_leader", body_code="economy_it"), "person_place"),
        (NewPerson("甲", "town_head", body_code="economy_it"), "person_place"),
        (NewPerson("甲", "department_head", body_code="nobody"), "person_place"),
        (NewPerson("甲", "entrepreneur", organisation="外企", country="XX"), "person_country"),
        (NewPerson("甲", "entrepreneur", organisation="外企", person_id="forged"), "person_unknown"),
    ],
)
def test_a_person_who_cannot_be_placed_is_refused(store, people, person, code):
    forum = planned(store, people)
    with pytest.raises(Refused) as refusal:
        attended(store, people, forum, person)
    assert refusal.value.code == code
    assert store.read(lambda con: forums.people_at(con, forum.id)) == set()


def test_a_person_who_comes_again_is_offered_and_keeps_one_id(store, people):
    first, second = held(store, people), held(store, people)
    guest = NewPerson("Anna Muster", "entrepreneur", organisation="Muster GmbH", country="DE")
    one = attended(store, people, first, guest)
    (known,) = offered_people(store, actor=people.staff, name=" Anna  Muster ")
    assert (known.person_id, known.organisation, known.last_number) == (one.person_id, "Muster GmbH", first.number)
    again = attended(store, people, second, replace(guest, person_id=known.person_id))
    assert again.person_id == one.person_id
    with pytest.raises(Refused, match="person_there"):
        attended(store, people, second, replace(guest, person_id=known.person_id))


def test_somebody_taken_off_the_list_leaves_no_name_in_the_history(store, people):
    row = attended(
        store, people, held(store, people), NewPerson("张示范", "entrepreneur", enterprise_id=people.firm.id)
    )
    for _ in range(2):
        remove_attendance(store, actor=people.staff, attendance_id=row.id, at=NOON)
    told = store.read(lambda con: events.of_subject(con, row.id))
    assert [event["kind"] for event in told] == ["attend", "leave"]
    assert "张示范" not in str(told)


PASTED = """企业家\t张示范\t云锦示范纺织有限公司
entrepreneur, Anna Muster, Muster GmbH, 德国, CEO
部门负责人，李示范，区经信局

镇街负责人;赵示范;柯桥街道
区领导,王示范,区政协"""


def test_a_pasted_list_is_read_with_tabs_commas_and_both_languages(store, people):
    forum = planned(store, people)
    lines = read_list(store, actor=people.staff, forum_id=forum.id, text=PASTED)
    assert [line.refusal for line in lines] == [None] * 5
    placed = [(p.kind, p.enterprise_id, p.organisation, p.body_code, p.country) for p in (x.person for x in lines) if p]
    assert placed == [
        ("entrepreneur", people.firm.id, None, None, "CN"),
        ("entrepreneur", None, "Muster GmbH", None, "DE"),
        ("department_head", None, None, "economy_it", "CN"),
        ("town_head", None, None, "330603001", "CN"),
        ("district_leader", None, None, "cppcc", "CN"),
    ]


def test_a_list_goes_in_whole_once_and_recognises_whoever_came_before(store, people):
    first, second = held(store, people), held(store, people)
    paste = {"actor": people.staff, "text": PASTED, "at": NOON}
    assert import_attendance(store, forum_id=first.id, import_id="i1", **paste) == 5
    assert import_attendance(store, forum_id=first.id, import_id="i1", **paste) == 0
    assert import_attendance(store, forum_id=second.id, import_id="i2", **paste) == 5
    both = [store.read(lambda con, f=forum: forums.people_at(con, f.id)) for forum in (first, second)]
    assert both[0] == both[1]


def test_one_bad_line_keeps_the_whole_list_out_and_says_which(store, people):
    forum = planned(store, people)
    twice = "企业家,张示范,云锦示范纺织有限公司"
    text = "\n".join([twice, "区领导,王示范,区经信局", twice, "企业家,钱示范,甲公司,火星"])
    lines = read_list(store, actor=people.staff, forum_id=forum.id, text=text)
    assert [line.refusal and line.refusal.code for line in lines] == [
        None,
        "person_place",
        "person_there",
        "person_country",
    ]
    with pytest.raises(Refused, match="list_refused"):
        import_attendance(store, actor=people.staff, forum_id=forum.id, import_id="i1", text=text, at=NOON)
    assert store.read(lambda con: forums.people_at(con, forum.id)) == set()


def test_nobody_is_entered_on_a_cancelled_forum(store, people):
    forum = planned(store, people)
    cancel_forum(store, actor=people.staff, forum_id=forum.id, reason="改期", seen=1, at=NOON)
    with pytest.raises(Refused, match="forum_step"):
        attended(store, people, forum, NewPerson("张示范", "entrepreneur", enterprise_id=people.firm.id))
    with pytest.raises(Refused, match="forum_step"):
        raised(store, people, forum)


@pytest.mark.parametrize(
    "line", ["企业家,=HYPERLINK(1),甲公司", "企业家,张示范,＝cmd有限公司", "区领导,王示范,区政协,中国,@SUM(1)"]
)
def test_no_name_of_a_pasted_list_is_a_formula(store, people, line):
    (read,) = read_list(store, actor=people.staff, forum_id=planned(store, people).id, text=line)
    assert read.refusal is not None and read.refusal.code == "name_formula"
