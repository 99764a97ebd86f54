"""What a survey receipt's code opens: that the number is genuine, when it came in, what happens with it."""

import streamlit as st

import i18n
from db import clock
from intake import survey
from pages.parts.here import lang, store, t
from pages.parts.survey_thanks import what_happens

number, code = st.query_params.get("number", ""), st.query_params.get("code", "")
found = survey.check_receipt(store(), number=number, code=code)
if found is None:
    st.title(t("receipt.unknown"), anchor=False)
    st.markdown(t("receipt.unknown_lead"))
else:
    st.title(t("receipt.genuine"), anchor=False)
    received = i18n.moment(clock.local(found.at), lang())
    st.markdown(t("receipt.genuine_lead", number=found.number, at=received, title=found.wave.title(lang())))
    what_happens()
