"""The words that a desk writes again and again, at the box: those of this category first, put in with a press; what
stands in the box is kept under a title."""

from typing import Any

import streamlit as st

import i18n
from casework.cases.set_words import FIELDS, LONGEST_TITLE, Wording, filled, offered, retire_words, save_words
from casework.cases.two_languages import in_two_languages
from db import clock
from db.cases.cases import Case
from db.cases.set_words import SetWords
from i18n.writing import MAIN
from pages.desk.boxes import take, typed
from pages.shared import choices
from pages.shared.asking import attempt, by
from pages.shared.here import actor, now, store, t
from pages.shared.names import Names
from pages.shared.plain import letters, plain


def set_words(case: Case, names: Names, key: str, taken: dict[str, Any]) -> None:
    """Before the boxes are drawn. `key` and `taken` are theirs."""
    found = offered(store(), actor=actor(), category=case.category)
    with st.expander(t("words.title"), icon=":material/edit_note:"):
        for one in found:
            _one(case, one, names, key, taken)
        _keep(case, key, taken)


def _one(case: Case, one: SetWords, names: Names, key: str, taken: dict[str, Any]) -> None:
    about = names.category.get(one.category or "", t("words.of_all"))
    with st.container(key=f"words-{one.seq}-{one.id}", gap=None):
        st.markdown(f"**{letters(one.title)}**")
        st.caption(letters(i18n.DOT.join((about, t("words.version", n=one.seq)))))
        plain(one.words)
        with st.container(horizontal=True):
            st.button(t("words.use"), key=f"use-{one.id}-{key}", icon=":material/add:", type="tertiary", on_click=_put,
                      args=(case, one, key, taken))  # fmt: skip
            st.button(
                t("words.retire"), key=f"retire-{one.id}-{key}", type="tertiary", on_click=_retire, args=(one.id,)
            )


def _put(case: Case, one: SetWords, key: str, taken: dict[str, Any]) -> None:
    """In the case's language too, where there are two boxes."""
    take(key, taken, "text", filled(one.words, _facts(case, MAIN)), "\n")
    if in_two_languages(case) and one.translated:
        take(key, taken, "translated", filled(one.translated, _facts(case, case.language)), "\n")


def _facts(case: Case, language: str) -> dict[str, str]:
    return {
        "number": case.number,
        "title": case.title,
        "enterprise": case.enterprise(language),
        "body": choices.names("body", language=language).get(case.lead_body or "", ""),
        "today": i18n.day(clock.day_of(now()), language),
    }


def _keep(case: Case, key: str, taken: dict[str, Any]) -> None:
    """What stands in the box, under a title: of the same title it is the next version."""
    fields = t("desk.comma").join(f"{{{t(f'words.field.{one}')}}}" for one in FIELDS)
    st.caption(letters(t("words.hint", fields=fields)))
    title = st.text_input(t("words.name"), key=f"set-title-{key}", max_chars=LONGEST_TITLE)
    for_all = st.checkbox(t("words.for_all"), key=f"set-all-{key}")
    if st.button(t("words.keep"), key=f"keep-words-{key}"):
        said = {"words": typed(key, taken), "translated": typed(key, taken, "translated")}
        wording = Wording(title, **said, category=None if for_all else case.category)
        if attempt(lambda: save_words(store(), wording=wording, **by())):
            st.rerun(scope="fragment")


def _retire(words_id: str) -> None:
    attempt(lambda: retire_words(store(), words_id=words_id, **by()))
