"""The charts of results: drawn once for all who look at the same wave, and anew in the background."""

from collections.abc import Sequence

import streamlit as st

import i18n
from db.survey.surveys import Wave
from insight.drawing.charts import Brush, CodeNames
from insight.drawing.colours import palette
from insight.survey.question_chart import question_chart
from insight.survey.time_chart import time_chart
from pages.results import board as results_board
from pages.results.board import FRESH
from pages.shared.charts import FramedChart, framed

FIGURES = ("nps", "diffusion", "index")


@st.cache_resource(max_entries=50, show_spinner=False, ttl=FRESH, refresh_mode="background")
def question_charts(wave: Wave, before: Wave | None, language: i18n.Language, *, dark: bool) -> dict[str, FramedChart]:
    brush, say = Brush(palette(dark=dark), CodeNames(), language), results_board.speech(language)
    return {
        f"question-{one.item}-{one.zh}": framed(question_chart(one, brush, say), language, dark=dark)
        for one in results_board.results(wave, before).questions
    }


@st.cache_resource(max_entries=50, show_spinner=False, ttl=FRESH, refresh_mode="background")
def time_charts(waves: Sequence[Wave], language: i18n.Language, *, dark: bool) -> dict[str, FramedChart]:
    brush, say = Brush(palette(dark=dark), CodeNames(), language), results_board.speech(language)
    known, marks = [results_board.figures(one) for one in waves], results_board.announced(list(waves))
    return {f"time-{code}": framed(time_chart(known, code, marks, brush, say), language, dark=dark) for code in FIGURES}
