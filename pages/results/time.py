"""Confidence wave by wave, with what was announced meanwhile: as marks, and in words."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

import i18n
from db import clock
from db.survey.surveys import Wave
from insight.frames import Frame
from insight.survey.report_words import Speech
from insight.survey.time_chart import mark_words
from pages.results import board as results_board
from pages.results.charts import time_charts
from pages.results.view import lines_markup
from pages.shared.charts import draw_chart
from pages.shared.look import is_dark
from pages.shared.markup import show


def confidence(waves: Sequence[Wave], say: Speech) -> None:
    """`waves` up to the one that is looked at, newest first."""
    with st.grid(3, min_column_width=330, gap="small"):
        for key, chart in time_charts(waves, say.language, dark=is_dark()).items():
            draw_chart(chart, key)
    if len(waves) > 1:
        _announced(results_board.announced(list(waves)), clock.day_of(waves[1].closes_at), say)


def _announced(marks: Frame, since: date, say: Speech) -> None:
    """The newest marks in words: a phone has no pointer to hold over them."""
    newer = marks[marks["day"] > since].sort_values("day", ascending=False)
    if len(newer):
        days = [i18n.day(day, say.language) for day in newer["day"]]
        told = [f"{day}　{words}" for day, words in zip(days, mark_words(newer, say), strict=True)]
        with st.expander(say.word("time.list", n=len(told))):
            show(lines_markup(told))
