"""One of a few views, kept in the address; whose records a leader looks at."""

from collections.abc import Mapping

import streamlit as st

from pages.parts.here import actor, t


def switch(name: str, label: str, words: Mapping[str, str], counts: Mapping[str, int]) -> str:
    """One of a few views, kept in the address; the first where the address names none."""
    key, asked = f"switch-{name}", st.query_params.get(name, "")
    chosen = asked if asked in words else next(iter(words))
    st.session_state[key] = chosen
    st.segmented_control(
        label,
        list(words),
        key=key,
        format_func=lambda code: f"{words[code]} {counts.get(code, 0)}",
        on_change=_to_address,
        args=(name,),
        label_visibility="collapsed",
        required=True,
    )
    return chosen


def _to_address(name: str) -> None:
    st.query_params.pop("page", None)
    st.query_params[name] = str(st.session_state[f"switch-{name}"])


def whose(mine: int, everything: int) -> str:
    """'mine' or 'all': a leader begins with what they lead; others see all that they may see."""
    if actor().role != "leader":
        return "all"
    words = {name: t(f"plan.whose.{name}") for name in ("mine", "all")}
    return switch("whose", t("plan.whose_label"), words, {"mine": mine, "all": everything})
