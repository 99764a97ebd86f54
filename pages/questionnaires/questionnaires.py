"""Questionnaires: all of them, or one version with its questions, its preview and what it still lacks."""

import streamlit as st

from intake.questionnaires import versions as questionnaires
from pages.questionnaires.about import about
from pages.questionnaires.head import head
from pages.questionnaires.importing import ask_to_import
from pages.questionnaires.items import items
from pages.questionnaires.listed import all_versions, ask_to_create
from pages.questionnaires.preview import preview
from pages.questionnaires.problems import mapping, problems
from pages.questionnaires.state import opened, told
from pages.shared.here import actor, store, t
from pages.shared.rows import empty
from pages.shared.style import style

style("questionnaires/questionnaires", "survey/survey")
code, version = st.query_params.get("q", ""), st.query_params.get("v", "")
chosen = (
    questionnaires.sheet(store(), actor=actor(), code=code, version=int(version))
    if code and version.isdecimal() and len(version) < 5
    else None
)
if chosen is None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(t("page.questionnaires"))
        with st.container(horizontal=True, width="content"):
            if st.button(t("designer.import"), icon=":material/upload_file:", key="designer-import"):
                ask_to_import()
            if st.button(t("designer.new"), type="primary", icon=":material/add:", key="designer-new"):
                ask_to_create()
    st.caption(t("designer.lead"))
    if code:
        empty(t("error.questionnaire_unknown"), t("designer.back"))
    all_versions()
else:
    opened(chosen)
    head(chosen)
    told(chosen.questionnaire)
    left, right = st.columns([3, 2], gap="large")
    with left:
        if chosen.state == "draft":
            problems(chosen)
            mapping(chosen)
            about(chosen)
        items(chosen)
    with right:
        preview(chosen.questionnaire)
