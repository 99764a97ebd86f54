"""A headline figure as a card that opens a drawer (figure_drawer.py)."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

import i18n
from insight import wording
from insight.cases.board import Board
from insight.cases.figures import BESIDE, HEADLINES
from insight.measures import Measure
from pages.shared.here import lang, t
from pages.shared.markup import markup
from pages.shared.plain import told

LEADING = ("settled_share", "handling_days_mean", "issues", "forums", "policy_beneficiaries")
OPEN = "figure_open"  # the figure whose drawer is open, kept over the page's own redrawing


def figure_cards(board: Board) -> None:
    """The five that matter most, then the other ten, smaller."""
    others = [code for code in HEADLINES if code not in LEADING]
    with st.grid(5, min_column_width=200, gap="small", key="f2f-figures"):
        for code in LEADING:
            _card(board, code, large=True)
    with st.grid(5, min_column_width=158, gap="small", key="f2f-figures-more"):
        for code in others:
            _card(board, code, large=False)


def figure_chips(board: Board, codes: Sequence[str]) -> None:
    """Label, number and change in little room: what stands within another card."""
    with st.container(horizontal=True, gap="small", key=f"f2f-chips-{codes[0]}"):
        for code in codes:
            measure, name = board.measures[code], t(f"figure.{code}.name")
            with st.container(key=f"card-figure-chip-{code}", gap=None):
                face = f'<span class="f2f-label">{escape(name)}</span>{number_of(measure)}'
                st.html(f'<div class="f2f-figure">{face}{_change(board, measure, "glance")}</div>')
                _button(code, name)


def figure_line(board: Board, codes: Sequence[str]) -> None:
    """The same without anything to open."""
    markup("".join(f'<p class="f2f-beside">{beside_line(board.measures[code])}</p>' for code in codes))


def _card(board: Board, code: str, *, large: bool) -> None:
    measure, name = board.measures[code], t(f"figure.{code}.name")
    with st.container(key=f"card-figure-{'large' if large else 'small'}-{code}", height="stretch", gap=None):
        markup(_face(board, measure, name, large=large))
        _button(code, name)


def _button(code: str, name: str) -> None:
    st.button(told("figures.open", name=name), key=f"open-{code}", on_click=_open, args=(code,))


def _face(board: Board, measure: Measure, name: str, *, large: bool) -> str:
    change = _change(board, measure)
    beside = "".join(beside_line(board.measures[code]) for code in BESIDE.get(measure.code, ())) if large else ""
    return (
        f'<div class="f2f-figure"><span class="f2f-label">{escape(name)}</span>{number_of(measure)}{change}'
        f'<span class="f2f-beside">{beside}</span><span class="f2f-small">{escape(foot_of(measure))}</span></div>'
    )


def _change(board: Board, measure: Measure, area: str = "figures") -> str:
    if measure.value is None:
        return ""
    moved = wording.change(measure, board.before[measure.code], lang())
    words = t(f"{area}.changed", change=moved) if moved else t(f"{area}.unchanged")
    return f'<span class="f2f-change{"" if moved else " f2f-still"}">{escape(words)}</span>'


def number_of(measure: Measure) -> str:
    """The number large, its unit small."""
    if measure.value is None:
        return f'<span class="f2f-number f2f-none">{escape(wording.measured(measure, lang()))}</span>'
    shown = wording.plain(measure, lang())
    before, _, after = wording.measured(measure, lang()).partition(shown)
    return f'<span class="f2f-number">{escape(before)}{escape(shown)}<small>{escape(after)}</small></span>'


def beside_line(measure: Measure) -> str:
    name = t(f"figure.{measure.code}.name")
    return f"<span>{escape(name)} <b>{escape(wording.measured(measure, lang()))}</b></span>"


def foot_of(measure: Measure) -> str:
    counted = isinstance(measure.value, int)
    n = "" if counted else t("figures.n", n=i18n.number(measure.n, lang())) + i18n.DOT
    return n + t("figures.as_of", day=i18n.day(measure.as_of, lang()))


def _open(code: str) -> None:
    st.session_state[OPEN] = code


def close_drawer() -> None:
    st.session_state.pop(OPEN, None)


def figure_list(found: Mapping[str, Measure], codes: Sequence[str]) -> str:
    """Every figure with its value; the code of the one whose rows are wanted."""
    lines = "".join(
        f"<div><dt>{escape(t(f'figure.{code}.name'))}</dt><dd>{number_of(found[code])}"
        f'<span class="f2f-small">{escape(foot_of(found[code]))}</span></dd>'
        f'<dd class="f2f-means">{escape(t(f"figure.{code}.definition"))}</dd></div>'
        for code in codes
    )
    st.html(f'<dl class="f2f-list">{lines}</dl>')
    return st.selectbox(
        t("figures.choose"), list(found), key="figure-code", format_func=lambda code: t(f"figure.{code}.name")
    )
