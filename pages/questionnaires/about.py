"""What a version says of itself: title, purpose and notice in both languages side by side, and how long it takes."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from intake.questionnaires.model import PrivacyNotice, Questionnaire, Words
from intake.questionnaires.versions import VersionSheet
from pages.questionnaires import state
from pages.shared.here import t


def about(sheet: VersionSheet) -> None:
    """Title, purpose and notice in both languages side by side."""
    asked = sheet.questionnaire
    with st.expander(t("designer.about"), key="designer-about"):
        for name, label in (("title", "problem.part.title"), ("purpose", "designer.purpose"),
                            ("notice", "problem.part.notice")):  # fmt: skip
            words: Words = getattr(asked, name)
            both(t(label), words, f"about-{name}-{sheet.seq}", lambda new, name=name: _said(name, new))
        key = f"about-minutes-{sheet.seq}"
        st.number_input(t("designer.minutes"), 1, 120, asked.minutes, key=key, on_change=lambda: state.change(
            lambda q: replace(q, minutes=st.session_state[key])))  # fmt: skip


def both(label: str, words: Words, key: str, save: Callable[[Words], None], *, height: int = 76) -> None:
    """One text in both languages, side by side."""
    keys = {language: f"{key}-{language}" for language in ("zh", "en")}

    def changed() -> None:
        save(Words(st.session_state[keys["zh"]], st.session_state[keys["en"]]))

    for column, language in zip(st.columns(2), keys, strict=True):
        name = f"{label} · {t(f'designer.lang_{language}')}"
        column.text_area(name, getattr(words, language), height=height, key=keys[language], on_change=changed)


def _said(name: str, new: Words) -> None:
    def edit(asked: Questionnaire) -> Questionnaire:
        if name == "notice":
            return replace(asked, notice=PrivacyNotice(new.zh, new.en, asked.notice.version))
        return replace(asked, **{name: new})

    state.change(edit)
