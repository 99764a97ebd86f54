"""Two boxes side by side for an answer to a case in another language: each its own, the other's offered from what was
typed before."""

from typing import Any

import streamlit as st

from casework.cases.act import LONGEST
from casework.cases.two_languages import typed_before
from db.cases.cases import Case
from i18n.writing import LANGUAGES, MAIN
from pages.shared.here import actor, store, t
from pages.shared.plain import plain


def both(case: Case, label: str, key: str, taken: dict[str, Any]) -> dict[str, str]:
    """What is typed in the house's language, and in the case's. An offer that is `taken` begins that box anew: put into
    the one that stands, it would be undone by what a page says that does not show it yet."""
    times, put = taken.get("translated", (0, ""))
    other = f"other-{key}-{times}"
    mine, theirs = st.columns(2)
    with mine:
        text = _box(t("desk.in_language", words=label, of=LANGUAGES[MAIN].own_name), key, "")
    with theirs:
        translated = _box(t("desk.in_language", words=label, of=LANGUAGES[case.language].own_name), other, put)
    known = typed_before(store(), actor=actor(), case=case, text=text)
    offered = [one for one in known if one.words not in translated]
    if offered:
        st.caption(t("desk.typed_before"))
    for n, one in enumerate(offered):
        with st.container(key=f"typed-{n}-{key}", gap=None):
            plain(f"{one.before}\n{one.words}")
            st.button(t("desk.typed_take"), key=f"take-{n}-{key}", type="tertiary", icon=":material/add:",
                      on_click=_add, args=(taken, times + 1, other, one.words))  # fmt: skip
    return {"text": text, "translated": translated}


def _box(label: str, key: str, words: str) -> str:
    return st.text_area(label, words, key=key, max_chars=LONGEST, height=160, persist_state="page")


def _add(taken: dict[str, Any], times: int, key: str, words: str) -> None:
    taken["translated"] = times, " ".join(filter(None, (st.session_state.get(key, "").strip(), words)))
