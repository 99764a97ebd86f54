"""The results of a closed wave: the index and its change, dimensions, places, priorities, time, words, reliability."""

import streamlit as st

from insight.charts import Brush, Names
from insight.report_words import sentence
from insight.theme import palette
from insight.time_chart import time_chart
from pages.parts import results_board, results_staff, results_tiles, results_view
from pages.parts.charts import draw_chart, framed
from pages.parts.here import actor, lang, t
from pages.parts.leader_page import finding_sentence, leader_style, section
from pages.parts.look import is_dark
from pages.parts.rows import empty
from pages.parts.style import style

viewer = actor()
viewer.must("see_results")
leader_style()
style("results")

waves = results_board.closed_waves()
with st.container(horizontal=True, vertical_alignment="bottom", key="f2f-results-head"):
    st.title(t("results.title"))
    wave = results_view.choose_wave(waves)
results_view.waiting(results_board.waiting_waves())
if wave is None:
    empty(t("results.none"), t("results.none_hint"))
    st.stop()

earlier = [one for one in waves if one.number < wave.number]
found = results_board.results(wave, earlier[0] if earlier else None)
say = results_board.speech(lang())
finding_sentence(sentence(found, say))
if not found.figures or found.figures[0].value is None:
    st.stop()
results_tiles.tiles(found, say)

with st.grid(2, min_column_width=480, gap="small"):
    with st.container():
        section(t("results.section.dimensions"))
        results_view.dimensions(found, say)
    with st.container():
        section(t("results.section.where"))
        results_view.breakdown(found, say)

section(t("results.section.priorities"))
results_view.improve_first(found, say)

section(t("results.section.time"))
past = [one for one in waves if one.number <= wave.number]
brush = Brush(palette(dark=is_dark()), Names(), lang())
known, marks = [results_board.numbers(one) for one in past], results_board.announced(past)
with st.grid(3, min_column_width=330, gap="small"):
    for code in ("nps", "diffusion", "index"):
        draw_chart(framed(time_chart(known, code, marks, brush, say), dark=is_dark()), f"time-{code}")

section(t("results.section.said"))
results_view.comments(results_board.said(wave), say)

section(t("results.section.trust"))
results_view.reliability(found, say)
if viewer.may("run_survey"):
    results_staff.doubts(results_board.numbers(wave).integrity, say)

section(t("results.section.take"))
results_staff.downloads(wave)
if viewer.may("publish_results"):
    results_staff.publishing(viewer, wave, say)
    results_staff.weights(viewer, found, say)
