"""The results of a closed wave: the index and its change, dimensions, places, priorities, time, words, reliability."""

import streamlit as st

from db.survey import surveys
from insight.survey.report_words import sentence
from pages.results import board as results_board
from pages.results import questions as results_questions
from pages.results import staff as results_staff
from pages.results import tiles as results_tiles
from pages.results import time as results_time
from pages.results import view as results_view
from pages.results import waves as results_waves
from pages.results.release import releasing
from pages.shared.here import actor, lang, now, store, t
from pages.shared.leader_page import finding_sentence, leader_style, section
from pages.shared.rows import empty
from pages.shared.style import style

viewer = actor()
viewer.must("see_results")
leader_style()
style("results/results")

waves = results_board.closed_waves()
with st.container(horizontal=True, vertical_alignment="bottom", key="f2f-results-head"):
    st.title(t("results.title"))
    wave = results_waves.choose_wave(waves)
results_waves.running(store().read(lambda con: surveys.open_waves(con, now())))
results_waves.waiting(results_board.waiting_waves())
if wave is None:
    empty(t("results.none"), t("results.none_hint"))
    st.stop()

earlier = [one for one in waves if one.number < wave.number]
before = earlier[0] if earlier else None
found = results_board.results(wave, before)
say = results_board.speech(lang())
indexed = bool(found.figures) and found.figures[0].told
if not indexed and not any(one.rows for one in found.questions):
    results_view.nothing(found, say)
    st.stop()
finding_sentence(sentence(found, say))
results_tiles.tiles(found, say)

if indexed:
    with st.grid(2, min_column_width=480, gap="small"):
        with st.container():
            section(t("results.section.dimensions"))
            results_view.dimensions(found, say)
        with st.container():
            section(t("results.section.where"))
            results_view.breakdown(found, say)

results_questions.questions(wave, before, say)

if indexed:
    section(t("results.section.priorities"))
    results_view.improve_first(found, say)

    section(t("results.section.time"))
    results_time.confidence([one for one in waves if one.number <= wave.number], say)

section(t("results.section.said"))
results_view.comments(results_board.said(wave), say)
if viewer.may("publish_results"):
    releasing(viewer, wave)

section(t("results.section.trust"))
results_view.reliability(found, say)
if viewer.may("run_survey"):
    results_staff.doubts(results_board.numbers(wave).integrity, say)

with st.container(key="results-take"):
    section(t("results.section.take"))
    results_staff.downloads(wave)
    if viewer.may("publish_results"):
        results_staff.publishing(viewer, wave, say)
        results_staff.weights(viewer, found, say)
