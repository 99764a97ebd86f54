"""What stands around the questions: style, introduction, progress, the gaps, the answers for a last look."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from html import escape
from typing import Any

import streamlit as st

import i18n
from db import clock
from db.people.enterprises import Enterprise
from db.survey.surveys import Wave
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.questionnaire import Item, Questionnaire
from intake.survey.answering import Offer
from intake.survey.notice import notice_of, version_of
from pages.shared.here import lang, t
from pages.shared.plain import letters, plain
from pages.survey.answers_in_words import lines_in_words


def last_day(wave: Wave) -> date:
    """The last day on which the wave can be answered."""
    return clock.day_of(wave.closes_at - timedelta(seconds=1))


def introduction(offer: Offer, source: str) -> None:
    """Title, why, how long, until when, who will see the answers."""
    asked = offer.questionnaire
    st.title(letters(offer.wave.title(lang())), anchor=False)
    plain(asked.purpose.say(lang()))
    facts = (
        ("survey.asked_by", t("survey.who_asks")),
        ("survey.for", offer.enterprise.say(lang())),
        ("survey.takes", t("survey.minutes", n=asked.minutes)),
        ("survey.until", i18n.day(last_day(offer.wave), lang())),
    )
    said = [(key, value) for key, value in facts if value]  # a wall's visitor answers for no named enterprise
    rows = "".join(f"<div><dt>{escape(t(key))}</dt><dd>{escape(value)}</dd></div>" for key, value in said)
    st.html(f'<dl class="f2f-survey-facts">{rows}</dl>')
    st.html(
        f'<section class="f2f-notice"><h2>{escape(t("survey.who_sees"))}</h2>'
        f"<p>{escape(notice_of(asked, source, lang()))}</p>"
        f'<p class="f2f-quiet">{escape(t("survey.notice_version", version=version_of(asked, source)))}</p></section>'
    )


def progress(step: int, steps: int, name: str, enterprise: Enterprise | None) -> None:
    """A thin line, and in words where one is and for which enterprise; a wall's visitor and a preview have none."""
    words = t("survey.step", step=step + 1, steps=steps, name=name) if step < steps else name
    done = round(100 * step / steps)
    firm = f'<p class="f2f-quiet f2f-firm">{escape(enterprise.say(lang()))}</p>' if enterprise and enterprise.id else ""
    st.html(
        f'<div class="f2f-progress" role="progressbar" aria-valuemin="0" aria-valuemax="{steps}" '
        f'aria-valuenow="{step}" aria-label="{escape(words)}"><span style="width:{done}%"></span></div>'
        f"{firm}"
        f'<h1 class="f2f-screen-name">{escape(name)}</h1>'
        f'<p class="f2f-quiet">{escape(words if step < steps else t("survey.look_lead"))}</p>'
    )


def gaps(codes: Collection[str]) -> None:
    """How many answers are missing above."""
    st.html(f'<p class="f2f-gaps" role="alert">{escape(t("survey.gaps", n=len(codes)))}</p>')


def answered(
    asked: Questionnaire,
    name: str,
    items: Sequence[Item],
    answers: Mapping[str, Any],
    wrong: Mapping[str, str],
    moved: Collection[str],
) -> None:
    """One screen's questions with the answers given, `moved` where they were others at the last look. A person's own
    words are drawn as plain text."""
    written = [item for item in items if KINDS[item.kind].own_words and answers.get(item.code)]
    rows = "".join(
        _rows(asked, item, answers, item.code in wrong, item.code in moved) for item in items if item not in written
    )
    st.html(f'<h2 class="f2f-part">{escape(name)}</h2><dl class="f2f-answers">{rows}</dl>')
    for item in written:
        st.caption(letters(item.say(lang()) + (t("survey.moved_one") if item.code in moved else "")))
        plain(answers[item.code])


def _rows(asked: Questionnaire, item: Item, answers: Mapping[str, Any], wrong: bool, moved: bool) -> str:
    missing = ' class="f2f-wrong"' if wrong else ""
    mark = f"<mark>{escape(t('survey.moved_one'))}</mark>" if moved else ""
    return "".join(
        f"<div{missing}><dt>{escape(question)}{mark}</dt><dd>{escape(said)}</dd></div>"
        for question, said in lines_in_words(asked, item, answers)
    )
