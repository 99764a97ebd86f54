"""The boxes that words are typed in: one, or two side by side for an answer to a case in another language, each its
own, with what was typed before offered for the other.

What is taken into a box begins it anew: put into the one that stands, it would be undone by what a page says that does
not show it yet.
"""

from typing import Any

import streamlit as st

from casework.cases.two_languages import in_two_languages, typed_before
from db.cases.cases import Case
from i18n.writing import LANGUAGES, MAIN
from pages.shared.here import actor, store, t
from pages.shared.plain import plain


def box(label: str, key: str, taken: dict[str, Any], name: str = "text", *, height: int = 120) -> str:
    """`name`: text, or translated for the case's own language."""
    _, put = taken.get(name, (0, ""))
    key = box_key(key, taken, name)
    return st.text_area(label, put, key=key, height=height, persist_state="session") or ""


def box_key(key: str, taken: dict[str, Any], name: str = "text") -> str:
    times, _ = taken.get(name, (0, ""))
    return f"other-{key}-{times}" if name == "translated" else f"{key}-{times}" if times else key


def typed(key: str, taken: dict[str, Any], name: str = "text") -> str:
    """What stands in the box."""
    return (st.session_state.get(box_key(key, taken, name)) or "").strip()


def take(key: str, taken: dict[str, Any], name: str, words: str, between: str) -> None:
    """Behind what stands there."""
    times, _ = taken.get(name, (0, ""))
    taken[name] = times + 1, between.join(filter(None, (typed(key, taken, name), words)))


def both(case: Case, label: str, key: str, taken: dict[str, Any]) -> dict[str, str]:
    """What is typed in the house's language, and in the case's."""
    mine, theirs = st.columns(2)
    with mine:
        text = box(_of(label, MAIN), key, taken, height=160)
    with theirs:
        translated = box(_of(label, case.language), key, taken, "translated", height=160)
    known = typed_before(store(), actor=actor(), case=case, text=text)
    offered = [one for one in known if one.words not in translated]
    if offered:
        st.caption(t("desk.typed_before"))
    for n, one in enumerate(offered):
        with st.container(key=f"typed-{n}-{key}", gap=None):
            plain(f"{one.before}\n{one.words}")
            st.button(t("desk.typed_take"), key=f"take-{n}-{key}", type="tertiary", icon=":material/add:",
                      on_click=take, args=(key, taken, "translated", one.words, " "))  # fmt: skip
    return {"text": text, "translated": translated}


def left(case: Case, label: str, key: str, taken: dict[str, Any]) -> None:
    """Each box that something was typed in, where nothing is left to do with it."""
    for name, language in {"text": MAIN, "translated": case.language}.items():
        if typed(key, taken, name):
            box(_of(label, language) if in_two_languages(case) else label, key, taken, name)


def _of(label: str, language: str) -> str:
    return t("desk.in_language", words=label, of=LANGUAGES[language].own_name)
