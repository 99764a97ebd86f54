"""The pages of a list: how many rows were found, and which of them the address asks for."""

from collections.abc import Mapping, Sequence
from typing import TypedDict, TypeVar

import streamlit as st

from db.cases import cases
from db.cases.order import key_of
from pages.shared.filter_address import view_from
from pages.shared.filters import chosen, clear
from pages.shared.here import t
from pages.shared.markup import run_script

T = TypeVar("T")
PAGE = 25


class PageWindow(TypedDict):
    """Which rows stand on a page."""

    limit: int
    offset: int


def page_of(found: int) -> PageWindow:
    """Say how many were found, and which of them stand on the page that the address asks for."""
    last = max(1, -(-found // PAGE))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(words := t("rows.found", n=found), width="content")
        say_found(words)
        pages(found, PAGE)
    return {"limit": PAGE, "offset": PAGE * (min(view_from(st.query_params)[1], last) - 1)}


def say_found(words: str) -> None:
    """Have a reader's voice say it where another search found it."""
    run_script("found", {"words": words, "by": chosen()})


def part_of(found: Sequence[T]) -> Sequence[T]:
    """The same of what is read already."""
    return found[page_of(len(found))["offset"] :][:PAGE]


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
    # no more of them than a phone has room for
    st.pagination(last, default=now_at, max_visible_pages=5, key=key, on_change=_turn, args=(key, near))


def _turn(key: str, near: Mapping[int, tuple[str, str]]) -> None:
    page = st.session_state[key]
    name, value = near.get(page, ("page", str(page)))
    clear(())
    st.query_params[name] = value
