"""What the results pages show: computed once, shared by all viewers, recomputed in the background."""

from datetime import date

import streamlit as st

import i18n
from db import clock, events, references
from db.answers import forget_shared, shared
from db.figures.figures import moved_in
from db.survey import estimates as stored
from db.survey.surveys import Wave
from insight.drawing.charts import CodeNames
from insight.frames import Frame
from insight.glance.waves import SHOWN, WaveScore, lowest_of
from insight.survey.comparison import begun, measured
from insight.survey.mood import Mood
from insight.survey.report import Report, report
from insight.survey.report_words import Speech
from insight.survey.said import Said, read_said
from insight.survey.wave_numbers import INDEX, Figures, WaveNumbers, read_figures, read_numbers
from pages.shared.here import kept, now, store

FRESH = 30  # seconds for which an answer is given without asking whether a record moved


def closed_waves() -> list[Wave]:
    """Asked at every run: a wave that was opened again has no results."""
    return store().read(lambda con: stored.closed_waves(con, now()))


def waiting_waves() -> list[Wave]:
    return store().read(lambda con: stored.waiting_waves(con, now()))


@st.cache_resource(max_entries=50, show_spinner=False, ttl=FRESH, refresh_mode="background")
def results(wave: Wave, before: Wave | None) -> Report:
    return report(numbers(wave), numbers(before) if before else None)


@st.cache_resource(max_entries=50, show_spinner=False, ttl=FRESH, refresh_mode="background")
def numbers(wave: Wave) -> WaveNumbers:
    return computed(wave, kept(moved_in, "survey"))


@shared(50)
def computed(wave: Wave, moved: str) -> WaveNumbers:
    return store().look(lambda con: read_numbers(con, wave), kept(events.head))


def figures(wave: Wave) -> Figures:
    """For a history, which needs no breakdowns."""
    return of_all(wave, kept(moved_in, "survey"))


@shared(50)
def of_all(wave: Wave, moved: str) -> Figures:
    return store().look(lambda con: read_figures(con, wave), kept(events.head))


@st.cache_resource(max_entries=20, show_spinner=False, ttl=FRESH, refresh_mode="background")
def said(wave: Wave) -> Said:
    return store().look(lambda con: read_said(con, wave), kept(events.head))


@st.cache_resource(max_entries=20, show_spinner=False, ttl=FRESH, refresh_mode="background")
def marks(since: date, until: date) -> Frame:
    return store().read(lambda con: stored.marks(con, since, until))


def announced(waves: list[Wave]) -> Frame:
    """Forums and policies from the first wave to the last."""
    days = [clock.day_of(wave.closes_at) for wave in waves]
    return marks(min(days), max(days))


def speech(language: i18n.Language) -> Speech:
    head = kept(events.head)
    return Speech(language, _names(head.hash, language))


@shared(10)
def _names(head: str, language: i18n.Language) -> CodeNames:
    lists = {}
    for name in ("town", "sector"):
        lists[name] = {i.code: i.say(language) for i in store().read(lambda con, n=name: references.items(con, n))}
    return CodeNames(lists)


def wave_scores(found: Mood) -> list[WaveScore]:
    """The newest wave of the mood and those before it, oldest first."""
    newest, low = int(str((found.wave or {"number": 0})["number"])), lowest_of(found)
    known = [figures(wave) for wave in closed_waves() if wave.number <= newest][:SHOWN]
    anew, low_anew = begun(known, INDEX), begun(known, low.dimension) if low else {}
    return [
        WaveScore(one.wave.number, one.wave.title_zh, one.wave.title_en, clock.day_of(one.wave.closes_at),
                  measured(one, INDEX), measured(one, low.dimension) if low else None,
                  anew.get(one.wave.number, ""), low_anew.get(one.wave.number, ""))
        for one in reversed(known)
    ]  # fmt: skip


def forget() -> None:
    """After a change of what is computed, or where another store is served."""
    st.cache_resource.clear()
    forget_shared()
