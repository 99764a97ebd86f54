"""The survey, phone first: introduction, six short screens, a last look, thanks."""

import streamlit as st

from intake.survey import answering as survey
from pages.shared.here import actor, lang, now, store, t
from pages.shared.links import here_link
from pages.shared.plain import letters
from pages.shared.site_links import site_link
from pages.shared.style import style
from pages.survey.form import fill, introduction
from pages.survey.frame import told_when_offline
from pages.survey.look import just_received
from pages.survey.thanks import thanks

person = actor()
given = just_received()
offer = None if given else survey.offered(store(), actor=person, at=now(), done=st.query_params.get("done", ""))

style("survey/survey")
with st.container(key="f2f-survey"):
    if given := given or (offer and offer.receipt):
        thanks(given, person)
    elif offer is None:
        st.title(t("survey.none"), anchor=False)
        st.markdown(t("survey.none_lead"))
        site_link("raise", t("survey.raise"), icon=":material/campaign:")
    elif not offer.open:
        st.title(letters(offer.wave.title(lang())), anchor=False)
        st.markdown(t("error.survey_closed"))
        if person.may("raise_issue"):
            site_link("raise", t("survey.raise"), icon=":material/campaign:")
    elif filling := survey.resume(store(), actor=person, wave_id=offer.wave.id):
        told_when_offline()
        fill(offer, person, filling)
    else:
        introduction(offer, person)
    if offer and offer.open and not offer.receipt:
        here_link(t("plain.plain"), "/f")
