"""Filters that live in the address.

Streamlit's own binding writes an option's label, which here carries a count and a language. So the address is the
truth: each widget takes its value from it and writes it back when a person changes it.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.parts.filter_address import LONGEST, NAMES, day_from, view_from


def choice(name: str, label: str, everything: str, words: Mapping[str, str], counts: Mapping[str, int]) -> None:
    """A list of codes with their words and how many cases each would leave."""
    key, asked = _key(name), st.query_params.get(name, "")
    options = ["", *words] if asked in ("", *words) else ["", *words, asked]
    st.session_state[key] = asked
    st.selectbox(
        label,
        options,
        key=key,
        format_func=lambda code: f"{words.get(code, code)}  ({counts.get(code, 0)})" if code else everything,
        on_change=_to_address,
        args=(name,),
        filter_mode="contains",
    )


def quick(name: str, label: str, words: Mapping[str, str], counts: Mapping[str, int]) -> None:
    """The few choices that one looks at every morning, side by side."""
    key, asked = _key(name), st.query_params.get(name)
    st.session_state[key] = asked if asked in words else None
    st.pills(
        label,
        list(words),
        key=key,
        format_func=lambda code: f"{words[code]} {counts.get(code, 0)}",
        on_change=_to_address,
        args=(name,),
        label_visibility="collapsed",
    )


def search(name: str, label: str, hint: str) -> None:
    key = _key(name)
    st.session_state[key] = st.query_params.get(name, "")[:LONGEST]
    st.text_input(
        label,
        key=key,
        placeholder=hint,
        max_chars=LONGEST,
        icon=":material/search:",
        on_change=_to_address,
        args=(name,),
        type="search",
    )


def day(name: str, label: str) -> None:
    key = _key(name)
    st.session_state[key] = day_from(st.query_params.get(name, ""))
    st.date_input(label, value=None, key=key, format="YYYY-MM-DD", on_change=_to_address, args=(name,))


def order(label: str, words: Mapping[str, str]) -> None:
    key = _key("sort")
    st.session_state[key] = view_from(st.query_params)[0]
    st.selectbox(
        label,
        list(words),
        key=key,
        format_func=lambda c: words[c],
        on_change=_to_address,
        args=("sort",),
        label_visibility="collapsed",
        width=200,
    )


def pages(total: int, size: int) -> None:
    """The pages of a list; nothing where one page holds it."""
    last = max(1, -(-total // size))
    if last > 1:
        now_at = min(view_from(st.query_params)[1], last)
        key = f"filter-page-{now_at}-of-{last}"  # a key of its own for each: pagination takes no value from outside
        st.pagination(last, default=now_at, key=key, on_change=_turn, args=(key,))


def clear(names: Sequence[str] = NAMES) -> None:
    for name in (*names, "page"):
        st.query_params.pop(name, None)


def chosen() -> dict[str, str]:
    """What the address filters by now."""
    return {name: st.query_params[name] for name in NAMES if st.query_params.get(name)}


def _turn(key: str) -> None:
    st.query_params["page"] = str(st.session_state[key])


def _to_address(name: str) -> None:
    """A changed filter begins at the first page again."""
    value = st.session_state[_key(name)]
    st.query_params.pop("page", None)
    if value:
        st.query_params[name] = str(value)
    else:
        st.query_params.pop(name, None)


def _key(name: str) -> str:
    return f"filter-{name}"
