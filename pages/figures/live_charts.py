"""What is drawn from the shared board: once a change and a view, for all who look at the same."""

from dataclasses import replace

import streamlit as st

from db.figures.figures import EVERYTHING, moved_in
from insight.cases.charts import case_charts
from insight.drawing.charts import Brush, Chart, CodeNames
from insight.drawing.colours import palette
from insight.economy.charts import economy
from insight.glance.answer import GlanceAnswer
from insight.glance.questions import answers
from insight.survey.mood_chart import mood_chart
from insight.themes.ranking import Weights
from pages.figures.live_board import NO_HEAD, View, board, brush, economy_of, mood_of
from pages.shared.charts import framed
from pages.shared.here import store
from pages.themes.data import ranking


@st.cache_resource(max_entries=200, show_spinner=False)
def glance(view: View) -> tuple[GlanceAnswer, ...]:
    found = board(view.head, view.scope, view.filters, view.as_of)
    themes = ranking(view.head, view.scope, view.as_of, Weights())
    return answers(found, themes, economy_of(view.as_of), mood_of(view.filters, view.as_of), brush(view))


@st.cache_resource(max_entries=200, show_spinner=False)
def case_charts_of(view: View) -> dict[str, Chart]:
    found = board(view.head, view.scope, view.filters, view.as_of)
    return {key: framed(chart, view.language, dark=view.dark) for key, chart in case_charts(found, brush(view)).items()}


def mood_chart_of(view: View) -> Chart:
    return _mood_chart(store().read(lambda con: moved_in(con, "survey")), replace(view, head=NO_HEAD))


def economy_charts_of(view: View) -> tuple[Chart, ...]:
    moved = store().read(lambda con: moved_in(con, "indicator"))
    return _economy_charts(moved, replace(view, head=NO_HEAD, filters=EVERYTHING))


@st.cache_resource(max_entries=200, show_spinner=False)
def _mood_chart(moved: str, view: View) -> Chart:
    found = mood_of(view.filters, view.as_of)
    return framed(mood_chart(found, view.as_of, _unnamed(view)), view.language, dark=view.dark)


@st.cache_resource(max_entries=200, show_spinner=False)
def _economy_charts(moved: str, view: View) -> tuple[Chart, ...]:
    """In the order of the list."""
    found = economy_of(view.as_of)
    return tuple(framed(economy(one, _unnamed(view)), view.language, dark=view.dark) for one in found)


def _unnamed(view: View) -> Brush:
    return Brush(palette(dark=view.dark), CodeNames(), view.language)
