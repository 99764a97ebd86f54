"""One wave from answers to a report: frame, doubts, what may be shown, what is published."""

import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import numpy as np
import pytest

import i18n
from access.roles import PERMISSIONS
from db import clock, events, sql
from db.refused import Refused
from db.survey import estimates as stored
from db.survey import surveys
from insight.drawing.charts import CodeNames
from insight.survey.answers import read_sample
from insight.survey.cells import estimate
from insight.survey.publishing import publish_results, set_weights, withdraw_results
from insight.survey.report import ReportRow, chosen, from_json, kept, report, to_json
from insight.survey.report_words import Speech, cells_finding, method, sentence, trust
from insight.survey.versions import apart
from insight.survey.wave_numbers import columns_of, index_of, read_numbers
from intake.waves.running import finish_keying
from tests.conftest import make_enterprise
from tests.insight.world import add_answers, add_forum, add_policy, add_wave, noon
from tests.there import there

OPENS = "2023-11-01"
LATER = noon("2024-01-15")
CORE = ("P1", "F1", "C1", "L1", "I1", "R1", "J1", "S1")


def answers(n, level=75.0, **changed):
    """Answers to eight dimensions that differ a little from one another."""
    return [{item: level - 25 * ((i + k) % 3 == 0) for k, item in enumerate(CORE)} | changed for i in range(n)]


def numbers_of(store, wave_id):
    return store.read(lambda con: read_numbers(con, there(surveys.wave(con, wave_id))))


def draw(store, wave_id, firms, *, size="small", stratum="s"):
    """A frame in which the first of `firms` were drawn: (id, drawn)."""
    rows = [
        {"wave_id": wave_id, "enterprise_id": firm, "stratum": stratum, "size": size, "sector_code": "C17",
         "town_code": "330603001", "drawn": drawn, "serial": None}
        for firm, drawn in firms
    ]  # fmt: skip
    store.write(lambda con: sql.insert_many(con, "sample_unit", rows))


def test_only_answers_of_those_drawn_are_estimated_from(store):
    wave_id = add_wave(store, 1, OPENS)
    drawn, others = [f"d{i}" for i in range(40)], [f"o{i}" for i in range(60)]
    draw(store, wave_id, [(firm, True) for firm in drawn] + [(firm, False) for firm in others])
    add_answers(store, wave_id, "2023-11-02", answers(20), firms=drawn[:20])
    add_answers(store, wave_id, "2023-11-03", answers(15, level=25.0), firms=others[:15])
    found = numbers_of(store, wave_id)
    assert (found.population, found.drawn, found.answered, found.outside) == (100, 40, 20, 15)
    assert found.figures["index"].value > 60


def test_a_stratum_of_which_few_were_drawn_weighs_more(store):
    """10 of 10 large say 100, 20 of 90 micro say 50: (10·100 + 90·50) / 100."""
    wave_id = add_wave(store, 1, OPENS)
    large, micro = [f"l{i}" for i in range(10)], [f"m{i}" for i in range(90)]
    draw(store, wave_id, [(firm, True) for firm in large], size="large", stratum="large")
    draw(store, wave_id, [(firm, i < 20) for i, firm in enumerate(micro)], size="micro", stratum="micro")
    for firms, value, size in ((large, 100.0, "large"), (micro[:20], 50.0, "micro")):
        made = [{item: value for item in CORE}] * len(firms)
        add_answers(store, wave_id, "2023-11-02", made, firms=firms, size=size)
    found = numbers_of(store, wave_id)
    assert found.figures["index"].value == pytest.approx(55)
    assert "index" not in found.cells["size"]  # what the small ones leave of the whole says that all large said 100


@pytest.mark.parametrize("n", [0, 1, 3])
def test_a_wave_that_hardly_anybody_answered_has_a_report_without_figures(store, n):
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(n))
    found = report(numbers_of(store, wave_id), None)
    assert found.answered == n and [row.value for row in found.figures] == [None]
    assert sentence(found, Speech("en", CodeNames())).startswith("Fewer than 10")


def ends_of(row):
    return there(row.low), there(row.high)


def test_the_whole_of_few_answers_is_told_as_a_cell_is(store):
    """Two decimals of 24 answers whose weights are known are as good as the answers; from thirty on they are many."""
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(24, O2=9.0))
    few = report(numbers_of(store, wave_id), None)
    rows = [row for row in (*few.figures, *few.dimensions) if row.value is not None]
    assert [row.code for row in few.figures] == ["index"] and len(rows) == 9
    assert all(isinstance(row.value, int) and row.whole and row.effective is None is row.deff for row in rows)
    assert all(low % 5 == 0 == high % 5 and high - low >= 20 for low, high in map(ends_of, rows))
    assert re.search(r"index is \d+ \(\d+ to \d+\)", sentence(few, Speech("en", CodeNames())))
    add_answers(store, wave_id, "2023-11-03", answers(16, O2=7.0))
    many = report(numbers_of(store, wave_id), None)
    index = there(many.figure("index"))
    assert isinstance(index.value, float) and index.effective and there(many.figure("nps")).value == 60


def test_of_a_whole_that_few_are_not_satisfied_with_only_that_is_told(store):
    """Two of forty weigh what no other two do: 94.31 % names them."""
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(38, O1=75.0) + answers(2, O1=25.0))
    row = there(report(numbers_of(store, wave_id), None).figure("top2"))
    assert (row.value, row.low, row.high) == (None, 90, 100)
    add_answers(store, wave_id, "2023-11-03", answers(8, O1=25.0))
    assert there(report(numbers_of(store, wave_id), None).figure("top2")).value == pytest.approx(79.17)


def test_where_a_dimension_tells_its_end_alone_the_index_has_no_digits_that_tell_more(store):
    """Of sixty who said the best to all but one question: with 96.26 each of them was known to have said no less."""
    wave_id = add_wave(store, 1, OPENS)
    best = dict.fromkeys(CORE, 100.0)
    add_answers(store, wave_id, "2023-11-02", [best] * 40 + [best | {"X1": 25.0 * (i % 3)} for i in range(20)])
    found = report(numbers_of(store, wave_id), None)
    index = there(found.figure("index"))
    assert (index.value, index.low, index.high) == (None, 90, 100)
    assert {row.code for row in found.dimensions if row.value is not None} == {"foreign"}


def test_the_whole_of_few_near_an_end_of_its_scale_says_only_that(store):
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", [dict.fromkeys(CORE, 100.0)] * 12)
    found = report(numbers_of(store, wave_id), None)
    index = there(found.figure("index"))
    assert (index.value, index.low, index.high) == (None, 90, 100)
    assert "index: Over 90 (" in sentence(found, Speech("en", CodeNames()))


def test_the_change_of_a_whole_of_few_is_made_of_what_is_told(store):
    waves = [add_wave(store, number, opens) for number, opens in enumerate(("2023-05-01", OPENS), start=1)]
    for wave_id, day, level in zip(waves, ("2023-05-02", "2023-11-02"), (40.0, 80.0), strict=True):
        add_answers(store, wave_id, day, answers(24, level=level))
    before, now = (numbers_of(store, wave_id) for wave_id in waves)
    row = there(report(now, before).figure("index"))
    assert row.by == now.figures["index"].value - before.figures["index"].value == 40
    assert there(row.by_low) < 30 and there(row.by_high) > 50


def test_a_half_of_few_answers_is_told_as_a_cell_is(store):
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(20))
    add_answers(store, wave_id, "2023-11-20", answers(20, level=50.0))
    late = there(report(numbers_of(store, wave_id), None).late)
    assert late.whole and {end % 5 for end in ends_of(late)} == {0} and isinstance(late.by, int)


@pytest.mark.parametrize(("language", "said"), [("en", "samples of their own"), ("zh", "各自独立的样本")])
def test_the_method_says_that_two_waves_are_compared_as_samples_of_their_own(store, language, said):
    """Since answers stand under nobody's name nobody knows who answered both (decision 25)."""
    found = report(numbers_of(store, add_wave(store, 1, OPENS)), None)
    told = " ".join(method(found, Speech(language, CodeNames())))
    assert said in told and "answered both" not in told and "两期都答" not in told


def test_a_questionnaire_without_dimensions_has_its_single_figures(store):
    """As one that was taken in from another survey system."""
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", [{"O2": 10.0}] * 18 + [{"O2": 3.0}] * 18)
    store.write(lambda con: sql.run(con, "UPDATE questionnaire_item SET dimension = NULL WHERE dimension <> 'overall'"))
    found = numbers_of(store, wave_id)
    assert found.dimensions == () and found.figures["nps"].value == pytest.approx(0, abs=1e-9)


def test_an_answer_by_an_open_link_is_in_no_estimate(store):
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(11))
    add_answers(store, wave_id, "2023-11-02", answers(1), source="open")
    found = numbers_of(store, wave_id)
    assert (found.answered, found.outside) == (11, 1)


def test_open_links_have_figures_of_their_own_from_ten_answers_on(store):
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(12))
    add_answers(store, wave_id, "2023-11-03", [{item: 100.0 for item in CORE}] * 9, source="open")
    assert report(numbers_of(store, wave_id), None).open == ()
    add_answers(store, wave_id, "2023-11-03", [{item: 100.0 for item in CORE}], source="open")
    found = report(numbers_of(store, wave_id), None)
    assert [(row.code, row.value, row.low, row.n) for row in found.open] == [("index", None, 90.0, 10)]
    assert "Over 90" in " ".join(trust(found, Speech("en", CodeNames())))
    assert there(there(found.figure("index")).value) < 80 and from_json(to_json(found)).open == found.open
    assert any("speaking only of who scanned" in line for line in trust(found, Speech("en", CodeNames())))


def test_a_split_by_time_is_left_out_where_it_and_the_doubtful_ones_lie_within_each_other(store):
    """All doubtful ones are late and three of the late ones are not: subtraction would find the three."""
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(20))
    add_answers(store, wave_id, "2023-11-03", [dict.fromkeys(CORE, 0.0)] * 17)
    add_answers(store, wave_id, "2023-11-04", answers(3))
    found = numbers_of(store, wave_id)
    assert found.without is not None and found.lateness is None


@pytest.mark.parametrize(("others", "shown"), [(3, False), (13, True)])
def test_late_answers_are_left_out_where_they_are_nearly_one_town(store, others, shown):
    """The later half less the town would be three enterprises; thirteen may be found."""
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(13 + others), town="330603011")
    add_answers(store, wave_id, "2023-11-20", answers(13), town="330603001")
    add_answers(store, wave_id, "2023-11-20", answers(others, level=0.0), town="330603011")
    found = numbers_of(store, wave_id)
    assert found.tables["town"].shown and (found.lateness is not None) == shown


def test_the_index_without_doubtful_answers_is_left_out_where_they_are_nearly_one_town(store):
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(40), town="330603011")
    add_answers(store, wave_id, "2023-11-03", [dict.fromkeys(CORE, 0.0)] * 12, town="330603001")
    add_answers(store, wave_id, "2023-11-03", answers(3), town="330603001")
    found = numbers_of(store, wave_id)
    assert found.integrity.counts["straight"] == 12 and found.tables["town"].shown and found.without is None


def test_figures_leave_with_two_decimals(store):
    """With all digits, the weighted mean of ten answers can be solved for the ten."""
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(13))
    found = report(numbers_of(store, wave_id), None)
    assert found.figures and found.dimensions
    for row in (*found.figures, *found.dimensions):
        assert all(x is None or x == round(x, 2) for x in (row.value, row.low, row.high, row.effective, row.deff))


def test_a_wave_whose_paper_forms_may_still_come_has_no_results(store, people):
    wave_id = add_wave(store, 1, OPENS)
    draw(store, wave_id, [(f"d{i}", True) for i in range(30)])
    add_answers(store, wave_id, "2023-11-02", answers(20), firms=[f"d{i}" for i in range(20)])
    closes = store.read(lambda con: surveys.wave(con, wave_id)).closes_at

    def seen(at):
        found, waiting = (store.read(lambda con, f=f: f(con, at)) for f in (stored.closed_waves, stored.waiting_waves))
        return [wave.number for wave in found], [wave.number for wave in waiting]

    assert seen(closes) == ([], [1])
    with pytest.raises(Refused, match="results_not_closed"):
        publish_results(store, actor=people.staff, form_id="f", wave_id=wave_id, parts=(), at=closes)
    assert seen(closes + surveys.PAPER_GRACE) == ([1], [])
    with pytest.raises(Refused, match="wave_not_keying"):
        finish_keying(store, actor=people.staff, wave_id=wave_id, seen=1, at=closes - timedelta(days=1))
    finish_keying(store, actor=people.staff, wave_id=wave_id, seen=1, at=closes + timedelta(days=1))
    assert seen(closes + timedelta(days=1)) == ([1], []) and seen(closes) == ([], [1])


def test_half_of_the_items_that_applied_are_needed_for_a_dimension(store):
    """Service asks four items, three of them only of some: one answer is enough where the others were not asked."""
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", [{"S1": 100}] * 12 + [{"F1": 100, "F2": None}] * 12)
    found = numbers_of(store, wave_id)
    assert found.figures["service"].n == found.figures["finance"].n == 10


def test_the_index_needs_half_of_the_dimensions_and_takes_their_weights():
    columns = {"a": np.array([100.0, 100.0]), "b": np.array([50.0, np.nan]), "c": np.array([np.nan, np.nan])}
    assert index_of(columns, {}, 2)[0] == 75 and np.isnan(index_of(columns, {}, 2)[1])
    assert index_of(columns, {"a": 3.0}, 1).tolist() == [87.5, 100.0]


def test_doubtful_answers_are_listed_and_kept_and_their_effect_shown_from_ten_on(store):
    wave_id = add_wave(store, 1, OPENS)
    same = [dict.fromkeys(CORE, 0.0)] * 9
    add_answers(store, wave_id, "2023-11-02", answers(30))
    add_answers(store, wave_id, "2023-11-03", same)
    found = numbers_of(store, wave_id)
    assert found.integrity.counts["straight"] == 9 and found.answered == 39 and found.without is None
    add_answers(store, wave_id, "2023-11-03", same[:1])
    found = numbers_of(store, wave_id)
    assert found.without.n == 20 and found.without.value > found.figures["index"].value
    assert all(set(doubt.facts) == {"levels"} for doubt in found.integrity.doubts)


def test_an_answer_that_is_in_no_estimate_has_no_mark_of_when_it_came(store):
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(20))
    add_answers(store, wave_id, "2023-11-20", answers(20))
    add_answers(store, wave_id, "2023-11-25", answers(3), source="open")
    marks = "SELECT source, late, count(*) AS n FROM response GROUP BY source, late ORDER BY source, late"
    found = [(row["source"], row["late"], row["n"]) for row in store.read(lambda con: sql.rows(con, marks))]
    assert found == [("asked", False, 20), ("asked", True, 20), ("open", False, 3)]


def test_a_burst_from_one_address_and_answers_faster_than_reading_are_seen(store):
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(20))
    add_answers(store, wave_id, "2023-11-02", answers(5), address="one", seconds=4)
    found = numbers_of(store, wave_id).integrity
    assert (found.counts["burst"], found.counts["fast"]) == (5, 5)
    assert not found.doubtful.any(), "fewer than ten are marked: they would be found"
    add_answers(store, wave_id, "2023-11-02", answers(5), address="two", seconds=4)
    assert numbers_of(store, wave_id).integrity.doubtful.sum() == 10


def test_a_jump_after_a_reminder_marks_the_answers_that_came_with_it(store):
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(20, level=50.0))
    reminder = {"id": str(uuid4()), "wave_id": wave_id, "reminded_at": noon("2023-11-09"), "notices": 40}
    store.write(lambda con: sql.insert(con, "wave_reminder", reminder))
    add_answers(store, wave_id, "2023-11-10", answers(20, level=100.0))
    found = numbers_of(store, wave_id).integrity
    assert found.counts["reminder"] == 20 and found.doubtful.sum() == 20


def test_late_answers_that_differ_are_said_in_words(store):
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(20))
    add_answers(store, wave_id, "2023-11-20", answers(20, level=50.0))
    found = report(numbers_of(store, wave_id), None)
    assert there(found.late).by == pytest.approx(-25) and there(found.late).surely_moved
    said = " ".join(trust(found, Speech("en", CodeNames())))
    assert "lower by 25 (−43 to −7)" in said and "read the index with care" in said


def test_a_report_published_today_is_read_the_same_tomorrow(store):
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(30))
    found = report(numbers_of(store, wave_id), None)
    assert from_json(to_json(found)) == found
    assert not chosen(found, ["town"]).dimensions and set(chosen(found, ["town"]).tables) == {"town"}


def test_towns_are_said_to_differ_where_the_first_and_the_last_interval_do_not_meet():
    """Though each is tied with a town between them."""
    spans = {"a": (78, 82, 1, 2), "b": (70, 80, 1, 3), "c": (66, 72, 2, 3)}
    rows = tuple(ReportRow(code, "points", (low + high) / 2, low, high, 20, best=best, worst=worst)
                 for code, (low, high, best, worst) in spans.items())  # fmt: skip
    say = Speech("en", CodeNames())
    assert cells_finding("town", rows, say) == "a highest, c lowest, more than chance"
    assert cells_finding("town", rows[:2], say) == "All intervals overlap: no sure difference"


def published(store, people, wave_id, at=LATER, **more):
    asked = {"form_id": str(uuid4()), "wave_id": wave_id, "parts": ("dimensions",)} | more
    return publish_results(store, actor=people.staff, at=at, **asked)


def test_publishing_keeps_versions_events_and_a_trace_of_what_was_withdrawn(store, people):
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(30))
    form = str(uuid4())
    first, again = (published(store, people, wave_id, form_id=form) for _ in range(2))
    assert first == again and first.version == 1
    second = published(store, people, wave_id)
    assert store.read(stored.public) == [second]
    withdraw_results(store, actor=people.staff, published_id=second.id, at=LATER)
    assert store.read(stored.public) == [] and len(store.read(lambda con: stored.versions(con, wave_id))) == 2
    kinds = [event["kind"] for event in store.read(lambda con: events.of_subject(con, wave_id))]
    assert kinds == ["publish_results", "publish_results", "unpublish_results"]


def test_a_version_that_differs_by_a_few_answers_is_refused(store, people):
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(30))
    published(store, people, wave_id)
    add_answers(store, wave_id, "2023-11-03", answers(9))
    with pytest.raises(Refused, match="results_too_close"):
        published(store, people, wave_id)
    add_answers(store, wave_id, "2023-11-03", answers(1))
    with pytest.raises(Refused, match="results_too_close"):  # in tens nobody sees whether it was nine or ten of a cell
        published(store, people, wave_id)
    add_answers(store, wave_id, "2023-11-03", answers(10))
    assert published(store, people, wave_id).version == 2


def test_a_later_rule_shows_no_cells_beside_those_that_only_an_earlier_one_showed(store):
    """What is in both versions stays known together: each alone is protected, their sum is not."""
    wave_id = add_wave(store, 1, OPENS)
    for town in ("330603001", "330603011"):
        add_answers(store, wave_id, "2023-11-02", answers(20), town=town)
    now = report(numbers_of(store, wave_id), None)
    before = replace(now, rule=now.rule - 1)
    towns, sizes = ({name: now.tables[name]} for name in ("town", "size"))
    assert towns["town"] and sizes["size"] and apart(now, before)
    assert apart(replace(now, tables=towns), before) and apart(now, replace(before, tables=towns))
    assert not apart(replace(now, tables=sizes), replace(before, tables=towns))
    old, new = ("".join(method(one, Speech("en", CodeNames()))) for one in (before, now))
    assert "by today's rule" in old and "by today's rule" not in new


def test_an_open_wave_and_nine_answers_are_not_published(store, people):
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(9))
    with pytest.raises(Refused, match="results_not_closed"):
        published(store, people, wave_id, at=noon(OPENS) + timedelta(days=1))
    with pytest.raises(Refused, match="results_too_few"):
        published(store, people, wave_id)


def test_weights_count_for_waves_that_close_later_and_leave_an_event(store, people):
    """An index seen under several weights would give away a dimension that is hidden."""
    made = {item: 50.0 for item in CORE} | {"P1": 75.0}
    closed, later = add_wave(store, 1, OPENS), add_wave(store, 2, "2024-02-01")
    for wave_id in (closed, later):
        add_answers(store, wave_id, "2023-11-02", [made] * 30)
    set_weights(store, actor=people.staff, weights={"policy": 9.0}, at=LATER)
    now, before = numbers_of(store, later), numbers_of(store, closed)
    assert before.figures["index"].value == pytest.approx(53.125)
    assert now.figures["index"].value == pytest.approx((9 * 75 + 7 * 50) / 16)
    found = report(now, before)
    assert there(found.figure("index")).by is None and found.dimensions[0].by is not None
    assert "other weights" in sentence(found, Speech("en", CodeNames())) and from_json(to_json(found)).reweighted
    assert store.read(lambda con: events.of_subject(con, "setting:index_weights"))[0]["kind"] == "set_index_weights"
    for wrong in ({"policy": -1.0}, {"policy": float("nan")}, {"policy": 0.0}, {"policy": 11.0}):
        with pytest.raises(Refused, match="index_weights"):
            set_weights(store, actor=people.staff, weights=wrong, at=LATER)


@pytest.mark.parametrize("who", ["enterprise", "officer", "department", "town", "leader", "admin"])
def test_only_staff_publish_and_weigh(store, people, who):
    actor = getattr(people, who)
    for verb in (
        lambda: publish_results(store, actor=actor, form_id="x", wave_id="y", parts=(), at=LATER),
        lambda: withdraw_results(store, actor=actor, published_id="x", at=LATER),
        lambda: set_weights(store, actor=actor, weights={"policy": 2.0}, at=LATER),
    ):
        with pytest.raises(Refused, match="forbidden"):
            verb()


def test_who_may_see_results_is_staff_and_leaders():
    assert {role for role, kept in PERMISSIONS.items() if "see_results" in kept} == {"staff", "leader"}


def test_the_sentence_says_whether_the_change_is_more_than_chance(store):
    firms = [make_enterprise(store).id for _ in range(30)]
    for number, opens, level in ((1, "2023-05-01", 50.0), (2, OPENS, 75.0)):
        add_answers(store, add_wave(store, number, opens), opens, answers(30, level=level), firms=firms)
    waves = store.read(lambda con: stored.closed_waves(con, clock.start_of_day(LATER.date())))
    now, before = (store.read(lambda con, w=wave: read_numbers(con, w)) for wave in waves)
    assert "up 25.0 on the wave before, more than chance" in sentence(report(now, before), Speech("en", CodeNames()))


def dimension(code, best, worst, value=70.0):
    return ReportRow(code, "points", value, value - 1, value + 1, 20, best=best, worst=worst)


def test_a_dimension_that_may_be_anywhere_is_named_at_neither_end(store):
    """Foreign business: few were asked, so its interval spans all ranks."""
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(20))
    rows = [dimension("service", 1, 2, 80), dimension("foreign", 1, 4, 75), dimension("policy", 2, 3),
            dimension("labour", 3, 4)]  # fmt: skip
    found = replace(report(numbers_of(store, wave_id), None), dimensions=tuple(rows))
    said = sentence(found, Speech("en", CodeNames()))
    assert "Lowest: Labour." in said and "Highest: Service." in said and "Foreign" not in said


@pytest.mark.parametrize(("language", "first"), [("zh", "答卷太不均衡"), ("en", "Answers came too unevenly")])
def test_margins_that_are_missed_by_a_tenth_are_said_before_anything_else(store, language, first):
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(20))
    found = report(numbers_of(store, wave_id), None)
    say = Speech(language, CodeNames())
    assert sentence(replace(found, off=0.16), say).startswith(first) and "16" in sentence(replace(found, off=0.16), say)
    assert first not in sentence(replace(found, off=0.09), say)
    assert first not in sentence(replace(found, off=0.16, rule=2), say)  # its intervals are not wider


def test_one_group_alone_is_not_compared(store):
    say = Speech("en", CodeNames())
    assert cells_finding("town", (dimension("a", 1, 1),), say) == "Only one group can be shown"
    assert cells_finding("town", (), say) == "No group can be shown"


def test_marks_are_forums_policies_and_the_targets_of_a_year_told_in_time(store):
    add_forum(store, 7, "2024-01-10")
    add_policy(store, 3, "2024-02-01")
    target = {
        "indicator_code": "budget_revenue",
        "geography": "district",
        "value": 1.0,
        "decimals": 1,
        "source": "示例",
    }
    told = [target | {"year": year, "imported_at": noon(day)} for year, day in
            ((2024, "2024-01-20"), (2024, "2024-03-01"), (2023, "2024-01-20"))]  # fmt: skip
    store.write(lambda con: sql.insert_many(con, "indicator_target", told))
    found = store.read(lambda con: stored.marks(con, date(2024, 1, 1), date(2024, 12, 31)))
    assert found[["kind", "number"]].to_numpy().tolist() == [["forum", 7], ["policy", 3], ["target", 2024]]
    assert found["day"].tolist() == [date(2024, 1, 10), date(2024, 2, 1), date(2024, 1, 20)]
    assert store.read(lambda con: stored.marks(con, date(2020, 1, 1), date(2020, 12, 31))).empty


@pytest.mark.parametrize("silent", ["a-first", "z-last"])
def test_a_stratum_of_which_nobody_answered_is_stood_for_by_the_others(store, silent):
    """Its enterprises stay in the frame: the weights of those who answered are raked up to it."""
    wave_id = add_wave(store, 1, OPENS)
    heard, unheard = [f"h{i}" for i in range(40)], [f"u{i}" for i in range(20)]
    draw(store, wave_id, [(firm, True) for firm in heard], stratum="m")
    draw(store, wave_id, [(firm, True) for firm in unheard], stratum=silent)
    add_answers(store, wave_id, "2023-11-02", answers(30), firms=heard[:30])
    sample = store.read(lambda con: read_sample(con, there(surveys.wave(con, wave_id))))
    assert sample.design.weight.sum() == pytest.approx(60)
    found = numbers_of(store, wave_id)
    assert (found.population, found.drawn, found.answered) == (60, 60, 30)
    assert found.figures["index"].low < found.figures["index"].value < found.figures["index"].high


def test_a_stratum_with_one_answer_widens_the_interval_and_does_not_break_it(store):
    wave_id = add_wave(store, 1, OPENS)
    many, one = [f"m{i}" for i in range(80)], [f"o{i}" for i in range(10)]
    draw(store, wave_id, [(firm, i < 40) for i, firm in enumerate(many)], stratum="m")
    draw(store, wave_id, [(firm, i < 1) for i, firm in enumerate(one)], stratum="o")
    add_answers(store, wave_id, "2023-11-02", answers(40), firms=many[:40])
    without = numbers_of(store, wave_id).figures["index"]
    add_answers(store, wave_id, "2023-11-02", [dict.fromkeys(CORE, 0.0)], firms=one[:1])
    sample = store.read(lambda con: read_sample(con, there(surveys.wave(con, wave_id))))
    found = estimate(sample.design, "index", columns_of(sample, {})["index"])
    assert found.n == 41 and found.value < without.value and found.se > 2 * without.se
    told = numbers_of(store, wave_id).figures["index"]  # digits of one weight and another would tell that answer
    assert (told.whole, told.value) == (True, i18n.rounded(found.value)) and not without.whole


def test_a_wave_that_everybody_answered_is_certain(store):
    wave_id = add_wave(store, 1, OPENS)
    firms = [f"f{i}" for i in range(30)]
    draw(store, wave_id, [(firm, True) for firm in firms])
    add_answers(store, wave_id, "2023-11-02", answers(30), firms=firms)
    found = numbers_of(store, wave_id).figures["index"]
    assert found.se == 0 and found.low == found.value == found.high and found.effective == pytest.approx(30)
    assert report(numbers_of(store, wave_id), None).rate == 100


def test_margins_that_cannot_be_met_are_told_with_how_far_they_are_off(store):
    """1,900 of 2,000 are micro and 5 of them answered: a weight goes no further than four times the common factor."""
    wave_id = add_wave(store, 1, OPENS)
    small, micro = [f"s{i}" for i in range(100)], [f"m{i}" for i in range(1900)]
    draw(store, wave_id, [(firm, True) for firm in small], size="small", stratum="s")
    draw(store, wave_id, [(firm, i < 100) for i, firm in enumerate(micro)], size="micro", stratum="m")
    add_answers(store, wave_id, "2023-11-02", answers(95), firms=small[:95], size="small")
    add_answers(store, wave_id, "2023-11-02", answers(5), firms=micro[:5], size="micro")
    found = report(numbers_of(store, wave_id), None)
    assert found.off > 0.05 and found.trimmed >= 5
    said = " ".join(trust(found, Speech("en", CodeNames())))
    assert "weights reached their bounds" in said and f"within {100 * found.off:.2f}%" in said


def test_a_change_says_the_same_on_the_page_of_results_and_on_the_leaders():
    """One comes through the report's two decimals, the other from the estimate: −0.854 was −0.8 here and −0.9 there."""
    for thousandths in range(-3000, 3000):
        by = thousandths / 1000 + 1e-5
        stored = kept("by", by)
        assert i18n.signed(stored, "zh") == i18n.signed(by, "zh"), by
        assert abs(stored - by) < 0.011
    assert (kept("by", -0.854), kept("value", 0.846), kept("importance", 0.846)) == (-0.85, 0.84, 0.85)
