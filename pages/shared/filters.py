"""Filters that live in the address.

Streamlit's own binding writes an option's label, which here carries a count and a language. So the address is the
truth: each widget takes its value from it and writes it back when a person changes it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

import i18n
from pages.shared.choices import pick_day
from pages.shared.filter_address import LONGEST, NAMES, PLACE, day_from, view_from
from pages.shared.here import lang

_COUNT = re.compile(r" +\(?[\d,]+\)?$")  # at the end of a label


def choice(name: str, label: str, everything: str, words: Mapping[str, str], counts: Mapping[str, int]) -> None:
    """A list of codes with their words and how many cases each would leave."""
    asked = st.query_params.get(name, "")
    options = ["", *words] if asked in ("", *words) else ["", *words, asked]
    st.selectbox(
        label,
        options,
        format_func=lambda code: f"{words.get(code, code)}  ({_n(counts, code)})" if code else everything,
        filter_mode="contains",
        **_bound(name, asked, words),
    )


def quick(name: str, label: str, words: Mapping[str, str], counts: Mapping[str, int]) -> None:
    """The few choices that one looks at every morning, side by side."""
    asked = st.query_params.get(name)
    _beside(st.pills, name, label, words, counts, asked if asked in words else None)


def switch(name: str, label: str, words: Mapping[str, str], counts: Mapping[str, int]) -> str:
    """One of a few views; the first where the address names none."""
    asked = st.query_params.get(name, "")
    view = asked if asked in words else next(iter(words))
    _beside(st.segmented_control, name, label, words, counts, view, required=True)
    return view


def _beside(
    draw: Callable[..., object], name: str, label: str, words: Mapping[str, str], counts: Mapping[str, int],
    shown: str | None, **how: object,
) -> None:  # fmt: skip
    draw(label, list(words), format_func=lambda code: f"{words[code]} {_n(counts, code)}",
         label_visibility="collapsed", **how, **_bound(name, shown, words))  # fmt: skip


def search(name: str, label: str, hint: str) -> None:
    asked = st.query_params.get(name, "")[:LONGEST]
    icon = ":material/search:"
    st.text_input(label, placeholder=hint, max_chars=LONGEST, icon=icon, type="search", **_bound(name, asked))


def day(name: str, label: str) -> None:
    asked = day_from(st.query_params.get(name, ""))
    pick_day(label, value=None, **_bound(name, asked))


def order(label: str, words: Mapping[str, str]) -> None:
    asked = view_from(st.query_params)[0]
    bound = _bound("sort", asked)
    st.selectbox(label, list(words), format_func=words.__getitem__, label_visibility="collapsed", width=200, **bound)


def clear(names: Sequence[str] = NAMES) -> None:
    for name in (*names, *PLACE):
        st.query_params.pop(name, None)


def chosen() -> dict[str, str]:
    """What the address filters by now."""
    return {name: st.query_params[name] for name in NAMES if st.query_params.get(name)}


def _n(counts: Mapping[str, int], code: str) -> str:
    return i18n.number(counts.get(code, 0), lang())


def _bound(name: str, value: object, words: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What ties a widget to the address: it shows `value` and writes back what a person changes, a code of `words`."""
    key = f"filter-{name}"
    st.session_state[key] = value
    return {"key": key, "on_change": _to_address, "args": (name, key, words)}


def code_of(value: object, words: Mapping[str, str]) -> object:
    """A choice comes as its label, and as that very text where its count has moved since it was drawn."""
    by_label = {word: code for code, word in words.items()}
    return value if value in words else by_label.get(_COUNT.sub("", str(value or "")))


def _to_address(name: str, key: str, words: Mapping[str, str] | None) -> None:
    """A changed filter begins at the first page again."""
    value = st.session_state[key] if words is None else code_of(st.session_state[key], words)
    clear(())
    put(name, value)


def put(name: str, value: object) -> None:
    """Into the address; what is nothing goes out of it."""
    if value:
        st.query_params[name] = str(value)
    else:
        st.query_params.pop(name, None)
