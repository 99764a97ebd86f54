"""What stands around the questions: style, introduction, progress, the gaps, the answers for a last look."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import i18n
from db import clock
from db.people.enterprises import Enterprise
from db.survey.surveys import Wave
from intake.questionnaires.check import languages_lacked, problems
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.questionnaire import Item, Questionnaire
from intake.register.rows import SIZES
from intake.survey.answering import Offer
from intake.survey.notice import VERSION, notice_of
from pages.shared.choices import choose, sectors
from pages.shared.here import lang, t
from pages.shared.markup import Markup, run_script, show
from pages.shared.names import names
from pages.shared.plain import letters, plain
from pages.shared.rows import listed
from pages.shared.style import style
from pages.survey.answers_in_words import lines_in_words


def last_day(wave: Wave) -> date:
    """The last day on which the wave can be answered."""
    return clock.day_of(wave.closes_at - timedelta(seconds=1))


def introduction(offer: Offer, source: str) -> None:
    """Title, why, how long, until when, who will see the answers."""
    asked = offer.questionnaire
    st.title(letters(offer.wave.title(lang())), anchor=False)
    plain(asked.purpose.say(lang()))
    show(listed("f2f-survey-facts", facts_of(offer, lang())))
    version, sees = t("survey.notice_version", version=VERSION), notice_of(asked, source, lang())
    notice = Markup('<section class="f2f-notice"><h2>{}</h2><p>{}</p><p class="f2f-quiet">{}</p></section>')
    show(notice.format(t("survey.who_sees"), sees, version))


def ways_on() -> DeltaGenerator:
    """Back and forth, under the thumb: the last of its page."""
    style("survey/way_on")
    return st.container(key="f2f-survey-nav", horizontal=True, wrap=False)


def declared() -> dict[str, str]:
    """Whoever scanned a wall's code is of no enterprise: they may say which kind they come from."""
    st.markdown(t("open.lead"))
    said = {
        "size": choose(t("open.size"), {size: t(f"size.{size}") for size in SIZES}, key="open-size"),
        "sector": choose(t("open.sector"), sectors(), key="open-sector"),
        "town": choose(t("open.town"), names().town, key="open-town"),
    }
    return {name: code for name, code in said.items() if code}


def facts_of(offer: Offer, language: i18n.Language) -> list[tuple[str, str]]:
    lacked = language in languages_lacked(problems(offer.questionnaire))
    facts = (
        ("survey.asked_by", i18n.text("survey.who_asks", language)),
        ("survey.for", offer.enterprise.say(language)),
        ("survey.takes", i18n.text("survey.minutes", language, n=offer.questionnaire.minutes)),
        ("survey.until", i18n.day(last_day(offer.wave), language)),
        ("survey.in_language", i18n.text("survey.other_language", language) if lacked else ""),
    )
    return [(i18n.text(key, language), value) for key, value in facts]


def progress(step: int, steps: int, name: str, enterprise: Enterprise | None, *, level: int = 1) -> None:
    """A thin line, and in words where one is and for which enterprise; a wall's visitor and a preview have none."""
    words = t("survey.step", step=step + 1, steps=steps, name=name) if step < steps else name
    done = round(100 * step / steps)
    firm = enterprise.say(lang()) if enterprise and enterprise.id else ""
    line = Markup(
        '<div class="f2f-progress" role="progressbar" aria-valuemin="0" aria-valuemax="{}" aria-valuenow="{}" '
        'aria-label="{!s}"><span style="width:{}%"></span></div>'
    ).format(steps, step, words, done)
    below = Markup('<p class="f2f-quiet f2f-firm">{}</p>').format(firm) if firm else ""
    lead = words if step < steps else t("survey.look_lead")
    show(
        Markup('{}{}<h{} class="f2f-screen-name" id="screen-{}">{}</h{}><p class="f2f-quiet">{}</p>').format(
            line, below, level, step, name, level, lead
        )
    )


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
    rows = Markup().join(
        _rows(asked, item, answers, item.code in wrong, item.code in moved) for item in items if item not in written
    )
    show(Markup('<h2 class="f2f-part">{}</h2><dl class="f2f-answers">{}</dl>').format(name, rows))
    for item in written:
        st.caption(letters(item.say(lang()) + (t("survey.moved_one") if item.code in moved else "")))
        plain(answers[item.code])


def _rows(asked: Questionnaire, item: Item, answers: Mapping[str, Any], wrong: bool, moved: bool) -> Markup:
    missing = Markup(' class="f2f-wrong"') if wrong else ""
    mark = Markup("<mark>{}</mark>").format(t("survey.moved_one")) if moved else ""
    return Markup().join(
        Markup("<div{}><dt>{}{}</dt><dd>{}</dd></div>").format(missing, question, mark, said)
        for question, said in lines_in_words(asked, item, answers)
    )


def told_when_offline() -> None:
    """What is typed is sent again when the phone is back; the band stands apart from the script, which is not drawn."""
    show(Markup('<p class="f2f-offline" role="alert">{}</p>').format(t("survey.offline")))
    run_script("online")
