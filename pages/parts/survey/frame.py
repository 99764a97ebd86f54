"""What stands around the questions: style, introduction, progress, the gaps, the answers for a last look."""

import time
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from html import escape
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import i18n
from db import clock
from db.surveys import Wave
from intake.questionnaires.questionnaire import Item, Questionnaire
from intake.survey.answering import Offer
from pages.parts.here import lang, t
from pages.parts.plain import letters, plain
from pages.parts.survey.answers_in_words import lines_in_words

_DRAWN = "survey-drawn"
_MOMENT = 0.1  # seconds; enough for a phone to draw nothing


def last_day(wave: Wave) -> date:
    """The last day on which the wave can be answered."""
    return clock.day_of(wave.closes_at - timedelta(seconds=1))


def introduction(offer: Offer) -> None:
    """Title, why, how long, until when, who will see the answers."""
    asked = offer.questionnaire
    st.title(letters(offer.wave.title(lang())), anchor=False)
    plain(asked.purpose.say(lang()))
    facts = (
        ("survey.asked_by", t("survey.who_asks")),
        ("survey.for", offer.enterprise.name(lang())),
        ("survey.takes", t("survey.minutes", n=asked.minutes)),
        ("survey.until", i18n.day(last_day(offer.wave), lang())),
    )
    said = [(key, value) for key, value in facts if value]  # a wall's visitor answers for no named enterprise
    rows = "".join(f"<div><dt>{escape(t(key))}</dt><dd>{escape(value)}</dd></div>" for key, value in said)
    st.html(f'<dl class="f2f-survey-facts">{rows}</dl>')
    st.html(
        f'<section class="f2f-notice"><h2>{escape(t("survey.who_sees"))}</h2>'
        f"<p>{escape(asked.notice.say(lang()))}</p>"
        f'<p class="f2f-quiet">{escape(t("survey.notice_version", version=asked.notice.version))}</p></section>'
    )


def from_the_top(step: int) -> DeltaGenerator:
    """Where the screen is drawn. A new one begins at its top: the browser keeps its place while a page only changes,
    and lets go of it where the page is empty for a moment."""
    slot = st.empty()
    if st.session_state.get(_DRAWN) not in (None, step):
        slot.empty()
        time.sleep(_MOMENT)
    st.session_state[_DRAWN] = step
    return slot.container()


def progress(step: int, steps: int, name: str) -> None:
    """A thin line, and in words where one is."""
    words = t("survey.step", step=step + 1, steps=steps, name=name) if step < steps else name
    done = round(100 * step / steps)
    st.html(
        f'<div class="f2f-progress" role="progressbar" aria-valuemin="0" aria-valuemax="{steps}" '
        f'aria-valuenow="{step}" aria-label="{escape(words)}"><span style="width:{done}%"></span></div>'
        f'<h1 class="f2f-screen-name">{escape(name)}</h1>'
        f'<p class="f2f-quiet">{escape(words if step < steps else t("survey.look_lead"))}</p>'
    )


def gaps(codes: Sequence[str]) -> None:
    """How many answers are missing above, with a way to the first."""
    st.html(
        f'<p class="f2f-gaps" role="alert">{escape(t("survey.gaps", n=len(codes)))} '
        f'<a href="#{escape(codes[0])}" target="_self">{escape(t("survey.to_the_gap"))}</a></p>'
    )


def answered(
    asked: Questionnaire, name: str, items: Sequence[Item], answers: Mapping[str, Any], wrong: Mapping[str, str]
) -> None:
    """One screen's questions with the answers given. A person's own words are drawn as plain text."""
    written = [item for item in items if item.kind == "text" and answers.get(item.code)]
    rows = "".join(_rows(asked, item, answers, wrong) for item in items if item not in written)
    st.html(f'<h2 class="f2f-part">{escape(name)}</h2><dl class="f2f-answers">{rows}</dl>')
    for item in written:
        st.caption(letters(item.say(lang())))
        plain(answers[item.code])


def _rows(asked: Questionnaire, item: Item, answers: Mapping[str, Any], wrong: Mapping[str, str]) -> str:
    missing = ' class="f2f-wrong"' if item.code in wrong else ""
    return "".join(
        f"<div{missing}><dt>{escape(question)}</dt><dd>{escape(said)}</dd></div>"
        for question, said in lines_in_words(asked, item, answers)
    )
