"""Before the first question: what is asked, for whom, how long it takes, until when, who will see the answers."""

from datetime import date, timedelta

import streamlit as st

import i18n
from db import clock
from db.survey.surveys import Wave
from intake.questionnaires.check import languages_lacked, problems
from intake.questionnaires.questionnaire import Questionnaire
from intake.register.rows import SIZES
from intake.survey.answering import Offer
from intake.survey.notice import VERSION, layers_of
from pages.shared.choices import choose, sectors
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.names import names
from pages.shared.plain import letters, plain
from pages.shared.rows import listed


def last_day(wave: Wave) -> date:
    """The last day on which the wave can be answered."""
    return clock.day_of(wave.closes_at - timedelta(seconds=1))


def introduced(offer: Offer, source: str) -> None:
    """Title, why, how long, until when, who will see the answers."""
    asked = offer.questionnaire
    st.title(letters(offer.wave.title(lang())), anchor=False)
    plain(asked.purpose.say(lang()))
    show(listed("f2f-survey-facts", facts_of(offer, lang())))
    show(Markup('<section class="f2f-notice">{}</section>').format(notice(asked, source, "f2f-quiet")))


def notice(asked: Questionnaire, source: str, quiet: str) -> Markup:
    """Who sees the answers, then behind a line what is kept of them and until when. Our own markup."""
    first, *more = layers_of(asked, source, lang())
    lines = Markup().join(map(Markup("<li>{}</li>").format, more))
    return Markup("<h2>{}</h2><p>{}</p><details><summary>{}</summary><ul>{}</ul></details><p class='{}'>{}</p>").format(
        t("survey.who_sees"), first, t("survey.kept_how"), lines, quiet, t("survey.notice_version", version=VERSION)
    )


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
