"""All questionnaires with their versions, and the form of a new one."""

import json
from itertools import groupby
from uuid import uuid4

import streamlit as st

import i18n
from db import clock
from db.survey.questionnaires import Version
from intake.questionnaires import versions as questionnaires
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.model import Words
from intake.questionnaires.questionnaire import read_questionnaire
from pages.shared.asking import ask, attempt, by
from pages.shared.here import actor, lang, store, t
from pages.shared.plain import letters
from pages.shared.rows import cell, row, row_style

_NEW = "designer-new-code"


def all_versions() -> None:
    """One card a questionnaire, its newest version first."""
    row_style()
    found = questionnaires.overview(store(), actor=actor())
    for code, versions in groupby(found, key=lambda version: version.code):
        listed = list(versions)
        with st.container(border=True, key=f"card_questionnaire_{code}"):
            st.header(letters(read_questionnaire(listed[0].content).title.say(lang())), anchor=False)
            for version in listed:
                _line(version)


def _line(version: Version) -> None:
    asked = json.loads(version.content)
    questions = sum(KINDS[item["kind"]].asks for item in asked["items"])
    changed = version.changed_at or version.created_at
    when = t("designer.changed", at=i18n.day(clock.day_of(changed), lang()))
    with st.container(horizontal=True, vertical_alignment="center", key=f"version-{version.code}-{version.version}"):
        row("version", [
            cell(t("designer.version", n=version.version), quiet=t(f"designer.state.{version.state}")),
            cell(t("designer.items", n=questions), quiet=when),
        ])  # fmt: skip
        word = t("designer.edit" if version.state == "draft" else "designer.show")
        args = (version.code, version.version)
        st.button(word, on_click=go_to, args=args, key=f"show-{version.code}-{version.version}")


def go_to(code: str, version: int) -> None:
    st.query_params["q"] = code
    st.query_params["v"] = str(version)


def ask_to_create() -> None:
    st.session_state[_NEW] = f"q{uuid4().hex[:12]}"  # the form's id: pressing twice makes one draft
    ask(t("designer.new"), _create)


def _create() -> None:
    zh = st.text_input(t("designer.title_zh"), key="new-title-zh")
    en = st.text_input(t("designer.title_en"), key="new-title-en")
    if st.button(t("designer.create"), type="primary", key="new-create"):
        code = st.session_state[_NEW]
        title = Words(zh, en)
        if attempt(lambda: questionnaires.create(store(), code=code, title=title, **by())):
            go_to(code, 1)
            st.rerun()
