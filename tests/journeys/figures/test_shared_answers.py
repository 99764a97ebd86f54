"""What a page shows is computed once for all who may see it, and a chart is written down once for the browser."""

import json
from dataclasses import replace

import plotly.graph_objects as go
import plotly.io
import pytest

from db import clock, events
from db.events import Event
from db.figures.figures import EVERYTHING
from db.scope import ALL, Scope
from insight.drawing.charts import Chart
from pages.figures import live_board, live_charts, live_view
from pages.figures.ahead import prepared
from pages.figures.live_view import View
from pages.results import board as results_board
from pages.results.charts import question_charts, time_charts
from pages.shared.charts import framed
from pages.shared.here import now


def view_of(scope: Scope = ALL, language: str = "zh", *, dark: bool = False) -> View:
    return View(live_view.chain_head(), scope, EVERYTHING, clock.day_of(now()), language, dark)


def test_two_viewers_of_the_same_are_given_the_very_same_answer(demonstration):
    assert live_charts.case_charts_of(view_of()) is live_charts.case_charts_of(view_of())


def test_another_scope_language_or_scheme_is_another_answer(demonstration):
    town = Scope("town", "330603001")
    whole, part = (live_board.board(*_asked(view_of(scope))) for scope in (ALL, town))
    assert 0 < part.facts.counts["issues"] < whole.facts.counts["issues"]
    first = view_of()
    drawn = [first, replace(first, language="en"), replace(first, dark=True), replace(first, scope=town)]
    assert len({id(live_charts.case_charts_of(view)["flow"]) for view in drawn}) == len(drawn)


def test_a_chart_that_was_framed_reaches_the_browser_as_its_figure_would(demonstration):
    figure = go.Figure(go.Bar(x=["一", "<b>"], y=[1.5, 2]))
    drawn = framed(Chart("Finding", "Source", figure), "zh", dark=False)
    assert drawn.figure is not None
    sent = json.loads(plotly.io.to_json(drawn.figure.to_dict(), validate=False) or "")
    assert sent == json.loads(figure.to_json() or "") and sent["layout"]["height"] == 240
    assert plotly.io.to_json(figure) == figure.to_json(), "any other figure is written as ever"


def test_every_chart_of_the_outcomes_is_on_the_page_with_its_description(open_demo):
    page = open_demo("leader", "outcomes")
    charts = [one.proto for one in page.get("plotly_chart")]
    assert len(charts) >= 7 and all(json.loads(one.spec)["data"] and one.alt for one in charts)
    assert not page.exception


def _asked(view: View) -> tuple:
    return view.head, view.scope, view.filters, view.as_of


def test_pages_show_the_records_as_they_were_until_what_is_new_is_ready(demonstration, request):
    request.addfinalizer(lambda: live_view.show(None))
    before = prepared()
    demonstration.write(lambda con: events.append(con, Event(now(), "reference", "rename_district", "x", 1)))
    assert live_view.chain_head() == before.figures
    after = prepared()
    assert (after.figures.n, after.day) == (before.chain.n + 1, live_view.today())
    assert live_view.chain_head() == after.figures == after.chain


def test_a_submitted_survey_moves_the_chain_and_no_figure(demonstration, request):
    request.addfinalizer(lambda: live_view.show(None))
    before, drawn = prepared(), live_charts.glance(view_of(), "desk")
    demonstration.write(lambda con: events.append(con, Event(now(), "survey", "submit", "somebody", 1)))
    after = prepared()
    assert (after.figures, after.chain.n) == (before.figures, before.chain.n + 1)
    assert live_charts.glance(view_of(), "desk") is drawn


def test_what_cannot_be_computed_ahead_holds_no_page_back(demonstration, request, monkeypatch):
    request.addfinalizer(lambda: live_view.show(None))
    prepared()
    demonstration.write(lambda con: events.append(con, Event(now(), "reference", "rename_district", "x", 1)))
    monkeypatch.setattr(live_charts, "glance", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        prepared()
    assert live_view.chain_head() == demonstration.read(events.head)


def test_ready_before_anybody_asks_is_the_main_language_and_what_pages_were_read_in(open_demo, request, monkeypatch):
    request.addfinalizer(lambda: live_view.show(None))
    monkeypatch.setattr(live_view, "_LOOKED", {})
    open_demo("leader", "dashboard", language="en")
    prepared()
    monkeypatch.setattr(live_charts, "pictures", lambda *_: 1 / 0)
    for language in ("zh", "en"):
        assert live_charts.glance(view_of(language=language), "phone")
    with pytest.raises(ZeroDivisionError):
        live_charts.glance(view_of(dark=True), "phone")


def test_the_charts_of_results_are_drawn_once_for_all_who_look_at_a_wave(demonstration):
    waves = results_board.closed_waves()
    first = question_charts(waves[0], waves[1], "zh", dark=False)
    assert question_charts(waves[0], waves[1], "zh", dark=False) is first
    assert question_charts(waves[0], waves[1], "en", dark=False) is not first, "in each language its own"
    assert time_charts(waves, "zh", dark=False) is time_charts(waves, "zh", dark=False)
