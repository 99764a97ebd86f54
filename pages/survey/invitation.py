"""The survey as the home page shows it: an invitation, or that it has been answered."""

import streamlit as st

import i18n
from access.actor import Actor
from db import clock
from intake.survey import answering as survey
from intake.survey.answering import Offer
from pages.shared.here import lang, store, t
from pages.shared.plain import letters, told
from pages.shared.site_links import site_link
from pages.survey.introduction import last_day


def survey_invitation(offer: Offer, person: Actor) -> None:
    with st.container(key="card-survey", border=True):
        if offer.receipt:
            day = i18n.day(clock.day_of(offer.receipt.at), lang())
            st.markdown(told("home.answered", title=offer.wave.title(lang()), day=day))
            site_link("survey", t("home.receipt", number=offer.receipt.number))
            return
        begun = survey.resume(store(), actor=person, wave_id=offer.wave.id) is not None
        st.header(letters(offer.wave.title(lang())), anchor=False)
        until = i18n.weekday_and_day(last_day(offer.wave), lang())
        st.markdown(t("home.survey_lead", n=offer.questionnaire.minutes, until=until))
        site_link("survey", t("home.go_on" if begun else "home.answer"), first=True)
