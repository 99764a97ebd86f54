"""The headline figures, on worlds small enough to count by hand."""

import json
from datetime import date

import pytest

import i18n
from db import sql
from db.figures.figures import EVERYTHING, Filters
from db.scope import ALL, NONE, Scope
from db.system import rebuild
from insight import __main__ as command
from insight.cases.facts import read_facts
from insight.cases.figures import BESIDE, HEADLINES, LATELY, LOOP, measures
from insight.cases.rows import rows_behind
from insight.drawing.charts import Brush, CodeNames
from insight.drawing.colours import palette
from insight.wording import measured
from tests.conftest import make_account, make_enterprise
from tests.insight.world import add_case, add_forum, add_policy, due_days

END = date(2023, 11, 30)


def figures(store, as_of=END, filters=EVERYTHING, scope=ALL):
    return measures(store.read(lambda con: read_facts(con, scope=scope, filters=filters, as_of=as_of)))


def values(store, *codes, **asked):
    found = figures(store, **asked)
    return tuple(found[code].value for code in codes)


@pytest.fixture
def firm(store):
    return make_enterprise(store)


@pytest.fixture
def four_cases(store, firm):
    """Settled in 4 days; promised and kept after 10; sent back and open since; merged into the first."""
    add_case(store, firm, "2023-0001",
             ("submit", "submitted", "2023-10-30"), ("accept", "accepted", "2023-10-31"),
             ("dispatch", "dispatched", "2023-11-01", {"due_on": "2023-11-10"}),
             ("answer", "awaiting", "2023-11-05", {"answer_kind": "solved"}),
             ("close", "closed", "2023-11-08", {"rating": "very_satisfied"}))  # fmt: skip
    add_case(store, firm, "2023-0002",
             ("submit", "submitted", "2023-10-30"), ("accept", "accepted", "2023-10-31"),
             ("dispatch", "dispatched", "2023-11-01", {"due_on": "2023-11-10"}),
             ("answer", "committed", "2023-11-03", {"answer_kind": "committed", "promised_on": "2023-11-09"}),
             ("fulfil", "awaiting", "2023-11-11"), kind="suggestion")  # fmt: skip
    add_case(store, firm, "2023-0003",
             ("submit", "submitted", "2023-11-01"), ("accept", "accepted", "2023-11-02"),
             ("dispatch", "dispatched", "2023-11-02", {"due_on": "2023-11-13"}),
             ("answer", "awaiting", "2023-11-06", {"answer_kind": "explained"}),
             ("reject", "reopened", "2023-11-07", {"reason": "没有解决"}))  # fmt: skip
    add_case(store, firm, "2023-0004",
             ("submit", "submitted", "2023-11-01"), ("merge", "merged", "2023-11-02"))  # fmt: skip


def test_on_an_empty_store_every_figure_is_nought_or_nothing(store):
    found = figures(store)
    assert set(HEADLINES) <= set(found)
    for measure in found.values():
        assert measure.value in (0, None), measure
    assert found["settled_share"].value is None and found["handling_days_mean"].value is None


def test_issues_are_counted_without_the_merged_ones(store, four_cases):
    assert values(store, "issues", "problems", "suggestions") == (3, 2, 1)


def test_the_share_settled_is_what_stood_on_the_day(store, four_cases):
    assert figures(store)["settled_share"].value == pytest.approx(100 * 2 / 3)
    assert figures(store)["settled_share"].n == 3
    on_the_6th = figures(store, date(2023, 11, 6))[
        "settled_share"
    ]  # the promise is not kept yet, the third not rejected
    assert on_the_6th.value == pytest.approx(100 * 2 / 3)
    assert figures(store, date(2023, 11, 7))["settled_share"].value == pytest.approx(100 * 1 / 3)
    assert figures(store, date(2023, 10, 30))["settled_share"].value is None


def test_a_merged_case_counts_until_the_day_it_is_merged(store, four_cases):
    assert values(store, "issues", as_of=date(2023, 11, 1)) == (4,)


def test_handling_days_run_from_dispatch_to_the_answer_that_stands(store, four_cases):
    assert values(store, "handling_days_mean", "handling_days_median") == (7.0, 7.0)
    assert values(store, "handling_days_mean", as_of=date(2023, 11, 6)) == (4.0,)


def test_the_days_on_which_a_case_was_suspended_are_days_that_its_enterprise_waited(store, firm):
    """Dispatched on the 1st, answered on the 24th: 23 days, 17 of them suspended; only its deadline moved."""
    back = {"due_on": "2023-11-27", "due_rule": "answer_7wd", "answer_due": "2023-11-27", "deadline": "2023-11-27"}
    left = {"due_on": 5, "answer_due": 5, "deadline": 5}
    add_case(store, firm, "2023-0001", ("submit", "submitted", "2023-10-30"), ("accept", "accepted", "2023-10-31"),
             ("dispatch", "dispatched", "2023-11-01", {"due_on": "2023-11-10"}),
             ("suspend", "suspended", "2023-11-03", {"due_on": "2023-11-20", "due_rule": "review", "left": left}),
             ("resume", "dispatched", "2023-11-20", back),
             ("answer", "awaiting", "2023-11-24"))  # fmt: skip
    assert values(store, "handling_days_mean", "handling_days_median", "prompt_share", "settled_when_due") == (
        23.0, 23.0, 0.0, 100.0,
    )  # fmt: skip
    aside = store.read(lambda con: read_facts(con, scope=ALL, filters=EVERYTHING, as_of=date(2023, 11, 15)))
    assert (aside.counts["unsettled"], aside.counts["overdue"]) == (1, 0)
    for code in ("handling_days_mean", "handling_days_median", "prompt_share"):
        assert "暂缓" in i18n.text(f"figure.{code}.definition", "zh")
        assert "suspended" in i18n.text(f"figure.{code}.definition", "en")


def test_an_extended_promise_is_still_judged_by_its_first_day_and_an_amended_deadline_by_its_new_one(store, firm):
    way = (("submit", "submitted", "2023-10-30"), ("accept", "accepted", "2023-10-31"),
           ("dispatch", "dispatched", "2023-11-01", {"due_on": "2023-11-10"}))  # fmt: skip
    add_case(store, firm, "2023-0001", *way,
             ("answer", "committed", "2023-11-03", {"answer_kind": "committed", "promised_on": "2023-11-09"}),
             ("grant_extension", "committed", "2023-11-08", {"extended_on": "2023-11-20"}),
             ("fulfil", "awaiting", "2023-11-15"))  # fmt: skip
    add_case(store, firm, "2023-0002", *way,
             ("recompute_deadline", "dispatched", "2023-11-06", {"due_on": "2023-11-14", "due_rule": "answer_7wd"}),
             ("answer", "awaiting", "2023-11-13", {"answer_kind": "solved"}))  # fmt: skip
    assert figures(store)["settled_when_due"].value == 50.0
    assert set(due_days(store, date(2023, 11, 10))) == {date(2023, 11, 20), date(2023, 11, 14)}


def test_nine_in_ten_and_working_days_stand_beside_the_calendar_days(store, four_cases):
    """4 and 10 calendar days; from Wednesday 1 to Sunday 5 November are 2 working days, to Saturday 11 are 7."""
    working = [f"handling_days_working_{name}" for name in ("mean", "median", "p90")]
    assert values(store, "handling_days_p90", *working) == (10, 4.5, 4.5, 7)
    assert values(store, *working, as_of=date(2023, 10, 30)) == (None, None, None)


def test_the_median_with_open_cases_counts_them_as_unfinished(store, four_cases):
    """4 and 10 days are done, 28 are still running: half are done on day 10."""
    found = figures(store)["handling_days_km"]
    assert (found.value, found.n) == (10, 3)


def test_a_promise_made_anew_after_a_rejection_never_stands_for_the_first(store, firm):
    """Not even where it names an earlier day: the first promise is the one that was made first."""
    add_case(store, firm, "2023-0001",
             ("submit", "submitted", "2023-10-30"), ("accept", "accepted", "2023-10-31"),
             ("dispatch", "dispatched", "2023-11-01", {"due_on": "2023-11-10"}),
             ("answer", "committed", "2023-11-02", {"answer_kind": "committed", "promised_on": "2023-11-20"}),
             ("grant_extension", "committed", "2023-11-02", {"extended_on": "2023-11-28"}),
             ("reject", "reopened", "2023-11-03", {"reason": "太慢"}),
             ("answer", "committed", "2023-11-04", {"answer_kind": "committed", "promised_on": "2023-11-09"}),
             ("fulfil", "awaiting", "2023-11-13"))  # fmt: skip
    assert values(store, "promises_kept", "settled_when_due") == (100, 100)
    assert values(store, "promises_kept", as_of=date(2023, 11, 10)) == (None,)
    assert due_days(store, date(2023, 11, 5)) == [date(2023, 11, 9)]


def test_nine_in_ten_with_open_cases_says_when_it_cannot_be_said(store, four_cases):
    """A third of the cases is still open, so that the curve has not come down to a tenth."""
    found = figures(store)
    assert (found["handling_days_km_p90"].value, found["handling_days_km_p90"].n) == (None, 3)
    assert measured(found["handling_days_km_p90"], "en") == "Too many still open to say"
    assert measured(figures(store, date(2023, 10, 30))["handling_days_km_p90"], "en") == "None yet"


def test_working_days_count_open_cases_as_unfinished_too(store, four_cases):
    """2 and 7 working days are done, 20 are still running; without the open one nine in ten are done on day 7."""
    assert values(store, "handling_days_working_km", "handling_days_working_km_p90") == (7, None)
    for table, key in (("case_past", "case_id"), ("cases", "id")):
        gone = f"DELETE FROM {table} WHERE {key} = (SELECT id FROM cases WHERE number = '2023-0003')"  # noqa: S608
        store.write(lambda con, gone=gone: con.execute(gone))
    assert values(store, "handling_days_working_km", "handling_days_working_km_p90", "handling_days_km_p90") == (
        2,
        7,
        10,
    )


def test_response_solution_and_satisfaction_have_denominators_of_their_own(store, four_cases):
    """All three were answered, each by its deadline; two answers stand, both solve; one enterprise has rated."""
    found = figures(store)
    told = {code: (found[code].value, found[code].n) for code in (*LOOP, "response_in_time", "satisfaction_top3")}
    assert told == {
        "response_share": (100, 3),
        "response_in_time": (100, 3),
        "solution_share": (100, 2),
        "promises_kept": (0, 1),
        "satisfaction_top2": (100, 1),
        "satisfaction_top3": (100, 1),
    }
    on_the_5th = figures(store, date(2023, 11, 5))
    assert [(on_the_5th[c].value, on_the_5th[c].n) for c in ("response_share", "response_in_time")] == [
        (pytest.approx(200 / 3), 3),
        (None, 0),
    ]
    assert [on_the_5th[c].value for c in ("solution_share", "committed_share", "explained_share")] == [50, 50, 0]


def test_a_bad_rating_counts_against_satisfaction_and_a_telephone_call_for_nothing(store, firm):
    way = (("submit", "submitted", "2023-10-30"), ("accept", "accepted", "2023-10-31"),
           ("dispatch", "dispatched", "2023-11-01", {"due_on": "2023-11-10"}),
           ("answer", "awaiting", "2023-11-03", {"answer_kind": "explained"}))  # fmt: skip
    add_case(store, firm, "2023-0001", *way, ("close", "reopened", "2023-11-05", {"rating": "dissatisfied"}))
    add_case(store, firm, "2023-0002", *way, ("close", "closed", "2023-11-05", {"rating": "fairly_satisfied"}))
    add_case(store, firm, "2023-0003", *way, ("proxy", "awaiting", "2023-11-05", {"note": "非常满意"}))
    found = figures(store)
    told = [(found[code].value, found[code].n) for code in ("satisfaction_top2", "satisfaction_top3")]
    assert told == [(0, 2), (50, 2)]
    assert [found[code].value for code in ("awaiting_enterprise", "explained_share")] == [pytest.approx(100 / 3), 100]


def test_sending_a_case_on_does_not_put_off_the_day_of_the_answer(store, firm):
    way = (("submit", "submitted", "2023-10-30"), ("accept", "accepted", "2023-10-31"),
           ("dispatch", "dispatched", "2023-11-01", {"due_on": "2023-11-10"}))  # fmt: skip
    add_case(store, firm, "2023-0001", *way,
             ("recompute_deadline", "dispatched", "2023-11-02", {"due_on": "2023-11-14", "due_rule": "answer_7wd"}),
             ("dispatch", "dispatched", "2023-11-09", {"due_on": "2023-11-20"}),
             ("answer", "awaiting", "2023-11-15", {"answer_kind": "solved"}),
             ("reject", "reopened", "2023-11-16", {"reason": "没有"}))  # fmt: skip
    add_case(store, firm, "2023-0002", *way)
    found = figures(store)
    assert (found["response_share"].value, found["response_in_time"].value, found["response_in_time"].n) == (50, 0, 2)
    assert figures(store, date(2023, 11, 13))["response_in_time"].n == 1


def test_the_rows_behind_a_share_are_its_denominator_and_say_which_count(store, four_cases):
    brush = Brush(palette(dark=False), CodeNames(), "en")
    facts = store.read(lambda con: read_facts(con, scope=ALL, filters=EVERYTHING, as_of=END))
    for code in (*LOOP, "response_in_time", "handling_days_km_p90", "handling_days_working_km", "handling_days_mean"):
        measure = measures(facts)[code]
        rows = store.read(
            lambda con, c=code, n=measure.n: rows_behind(con, scope=ALL, facts=facts, code=c, total=n, brush=brush)
        )
        assert len(rows.table) == measure.n == len(rows.leads), code
        assert {"Body", "Days late"} <= set(rows.table), "with whom, and how late"
        if "Counts" in rows.table:
            assert 100 * (rows.table["Counts"] == "Yes").sum() / measure.n == measure.value


def test_settled_when_due_holds_a_promise_to_its_own_day(store, four_cases):
    """One in time, one two days after its promise, one past due and open."""
    found = figures(store)["settled_when_due"]
    assert found.value == pytest.approx(100 / 3) and found.n == 3


def test_satisfied_and_silent_stand_apart(store, four_cases):
    assert values(store, "closed_with_satisfaction", "awaiting_enterprise") == pytest.approx((100 / 3, 100 / 3))


def test_the_day_ends_at_midnight_in_shanghai(store, firm):
    """16:30 UTC on the 29th is half past midnight on the 30th."""
    case_id = add_case(store, firm, "2023-0009", ("submit", "submitted", "2023-11-30"))
    for change in (
        "UPDATE event SET happened_at = '2023-11-29 16:30' WHERE subject = $id",
        "UPDATE cases SET submitted_at = '2023-11-29 16:30' WHERE id = $id",
    ):
        store.write(lambda con, change=change: sql.run(con, change, {"id": case_id}))
    store.write(rebuild.rebuild)
    assert values(store, "issues", as_of=date(2023, 11, 29)) == (0,)
    assert values(store, "issues", as_of=date(2023, 11, 30)) == (1,)


def test_forums_count_persons_and_person_times(store, firm):
    boss, guest = ("boss", "entrepreneur", firm.id, None), ("guest", "entrepreneur", None, None)
    lead, head = ("lead", "district_leader", None, "district_government"), ("head", "department_head", None, "tax")
    add_forum(store, 1, "2023-10-20", boss, guest, lead, head)
    add_forum(store, 2, "2023-11-20", boss, head, host_office="deputy", host_person="deputy-1")
    add_forum(store, 3, "2023-11-25", boss, state="cancelled")
    add_forum(store, 4, "2023-12-20", boss, state="planned")
    assert values(store, "forums", "entrepreneurs", "entrepreneur_attendances") == (2, 2, 3)
    assert values(store, "district_leader_attendances", "department_head_attendances", "bodies") == (1, 2, 2)
    assert values(store, "secretaries", "forums_hosted_by_secretaries", "secretary_share") == (1, 1, 50.0)
    assert values(store, "forums", "secretaries", as_of=date(2023, 10, 19)) == (0, 0)


def test_policies_count_each_enterprise_once_and_only_what_had_happened(store):
    add_policy(store, 1, "2023-01-10", ("A", "2023-02-01"), ("B", "2023-12-05"))
    add_policy(store, 2, "2023-06-10", ("A", "2023-07-01"), ("C", "2023-07-01"))
    assert values(store, "policies", "policy_beneficiaries") == (2, 2)
    assert values(store, "policies", "policy_beneficiaries", as_of=date(2023, 3, 1)) == (1, 1)
    assert values(store, "policies", "policy_beneficiaries", as_of=date(2023, 12, 31)) == (2, 3)


def test_service_officers_are_those_in_the_role_on_the_day(store):
    from datetime import datetime

    make_account(store, "officer", None, created_at=datetime(2023, 1, 1))
    make_account(store, "officer", None, created_at=datetime(2023, 12, 1))
    make_account(
        store, "officer", None, created_at=datetime(2023, 1, 1), active=False, disabled_at=datetime(2023, 6, 1)
    )
    assert values(store, "service_officers") == (1,)
    assert values(store, "service_officers", as_of=date(2023, 5, 1)) == (2,)


def test_filters_narrow_by_period_sector_and_town(store, firm):
    other = make_enterprise(store, sector_code="I65", town_code="330603011")
    for number, owner, day in (("1", firm, "2023-01-05"), ("2", firm, "2023-11-05"), ("3", other, "2023-11-05")):
        add_case(store, owner, f"2023-{number}", ("submit", "submitted", day))
    asked = {
        Filters(): 3,
        Filters(sector="C"): 2,
        Filters(sector="C17"): 2,
        Filters(sector="I65"): 1,
        Filters(town="330603011"): 1,
        Filters(since=date(2023, 11, 5)): 2,
        Filters(since=date(2023, 1, 1), until=date(2023, 11, 4), sector="C17"): 1,
    }
    for filters, n in asked.items():
        assert values(store, "issues", filters=filters) == (n,), filters


def test_a_town_counts_the_forums_that_its_enterprises_came_to_and_only_its_own_entrepreneurs(store, firm):
    other = make_enterprise(store, town_code="330603011")
    add_forum(store, 1, "2023-10-20", ("boss", "entrepreneur", firm.id, None), ("far", "entrepreneur", other.id, None))
    add_forum(store, 2, "2023-11-20", ("far", "entrepreneur", other.id, None))
    here = Filters(town=firm.town_code)
    assert values(store, "forums", "entrepreneurs", "entrepreneur_attendances", filters=here) == (1, 1, 1)


def test_a_scope_narrows_the_cases(store, firm, four_cases):
    assert values(store, "issues", scope=NONE) == (0,)
    assert values(store, "issues", scope=Scope("enterprise", firm.id)) == (3,)


@pytest.mark.parametrize(
    "code", [*HEADLINES, *LOOP, *LATELY, *sorted({code for beside in BESIDE.values() for code in beside})]
)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_figure_is_defined_in_both_languages(code, language):
    for part in ("name", "definition", "formula"):
        assert i18n.text(f"figure.{code}.{part}", language)


def test_every_figure_stands_on_the_list_or_beside_one_that_does(store):
    listed = {*HEADLINES, *LOOP, *LATELY}
    assert set(figures(store)) == listed | {code for owner in listed for code in BESIDE.get(owner, ())}


def test_the_command_prints_every_figure_as_json_headlines_first(store, four_cases, monkeypatch, capsys):
    monkeypatch.setattr(command, "open_store", lambda: store)
    monkeypatch.setattr(store, "close", lambda: None)
    assert command.main(["figures", "--as-of", "2023-11-30"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [figure["code"] for figure in printed][: len(HEADLINES) + len(LOOP)] == [*HEADLINES, *LOOP]
    assert {figure["code"] for figure in printed} == set(figures(store))
    assert {language for figure in printed for language in figure["name"]} == {*i18n.everywhere()}
    share = next(figure for figure in printed if figure["code"] == "settled_share")
    assert (share["value"], share["unit"], share["n"], share["as_of"]) == (pytest.approx(200 / 3), "%", 3, "2023-11-30")
    assert all(set(figure["definition"]) == {"zh", "en"} for figure in printed)


def test_a_store_that_was_never_migrated_is_said_in_a_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("STORE_URL", f"duckdb:{tmp_path / 'new.duckdb'}")
    assert command.main(["figures"]) == 1
    assert "cannot be read" in capsys.readouterr().err
