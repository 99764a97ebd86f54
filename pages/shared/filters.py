"""Filters that live in the address.

Streamlit's own binding writes an option's label, which here carries a count and a language. So the address is the
truth: each widget takes its value from it and writes it back when a person changes it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

import i18n
from db.cases import cases
from db.cases.order import key_of
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
    st.pills(
        label,
        list(words),
        format_func=lambda code: f"{words[code]} {_n(counts, code)}",
        label_visibility="collapsed",
        **_bound(name, asked if asked in words else None, words),
    )


def switch(name: str, label: str, words: Mapping[str, str], counts: Mapping[str, int]) -> str:
    """One of a few views; the first where the address names none."""
    asked = st.query_params.get(name, "")
    view = asked if asked in words else next(iter(words))
    st.segmented_control(
        label,
        list(words),
        format_func=lambda code: f"{words[code]} {_n(counts, code)}",
        label_visibility="collapsed",
        required=True,
        **_bound(name, view, words),
    )
    return view


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


def pages(total: int, size: int) -> None:
    """The pages of a list; nothing where one page holds it."""
    last = max(1, -(-total // size))
    if last > 1:
        _pages(min(view_from(st.query_params)[1], last), last, {})


def pages_by_key(found: cases.Page, sort: str, size: int) -> None:
    """The same for a list in which cases move: the next page begins where this one ends, the one before ends where this
    one begins, and only a jump counts from the first."""
    rows = found.rows
    if not rows or found.total == len(rows):
        return
    now_at = 1 - (-found.before // size)
    last = now_at - (-(found.total - found.before - len(rows)) // size)
    near = {now_at + 1: ("after", key_of(sort, rows[-1])), now_at - 1: ("before", key_of(sort, rows[0]))}
    _pages(now_at, last, {page: place for page, place in near.items() if page > 1})


def _pages(now_at: int, last: int, near: Mapping[int, tuple[str, str]]) -> None:
    # a key of its own for each: pagination takes no value from outside
    key = f"filter-page-{now_at}-of-{last}-{'-'.join(place for _, place in near.values())}"
    st.pagination(last, default=now_at, key=key, on_change=_turn, args=(key, near))


def clear(names: Sequence[str] = NAMES) -> None:
    for name in (*names, *PLACE):
        st.query_params.pop(name, None)


def chosen() -> dict[str, str]:
    """What the address filters by now."""
    return {name: st.query_params[name] for name in NAMES if st.query_params.get(name)}


def _n(counts: Mapping[str, int], code: str) -> str:
    return i18n.number(counts.get(code, 0), lang())


def _turn(key: str, near: Mapping[int, tuple[str, str]]) -> None:
    page = st.session_state[key]
    name, value = near.get(page, ("page", str(page)))
    clear(())
    st.query_params[name] = value


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
    if value:
        st.query_params[name] = str(value)
    else:
        st.query_params.pop(name, None)
