"""A headline figure as a card that opens a drawer (figure_drawer.py)."""

from collections.abc import Sequence

import streamlit as st

import i18n
from db.answers import shared
from insight import wording
from insight.cases.board import Board
from insight.cases.figures import BESIDE, HEADLINES
from insight.measures import Measure
from pages.figures import live_board
from pages.figures.live_board import View
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.plain import told

LEADING = ("settled_share", "handling_days_mean", "issues", "forums", "policy_beneficiaries")
OPEN = "figure_open"  # the figure whose drawer is open, kept over the page's own redrawing


def figure_cards(view: View) -> None:
    """The five that matter most, then the other ten, smaller."""
    faces, others = _faces(view), [code for code in HEADLINES if code not in LEADING]
    with st.grid(5, min_column_width=200, gap="small", key="f2f-figures"):
        for code in LEADING:
            _card(faces[code], code, large=True)
    with st.grid(5, min_column_width=158, gap="small", key="f2f-figures-more"):
        for code in others:
            _card(faces[code], code, large=False)


def figure_chips(board: Board, codes: Sequence[str]) -> None:
    """Label, number and change in little room: what stands within another card."""
    with st.container(horizontal=True, gap="small", key=f"f2f-chips-{codes[0]}"):
        for code in codes:
            measure, name = board.measures[code], t(f"figure.{code}.name")
            with st.container(key=f"card-figure-chip-{code}", gap=None):
                face = Markup('<span class="f2f-label">{}</span>{}').format(name, number_of(measure))
                show(Markup('<div class="f2f-figure">{}{}</div>').format(face, _change(board, measure, "glance")))
                _button(code, name)


def figure_line(board: Board, codes: Sequence[str]) -> None:
    """The same without anything to open."""
    line = Markup('<p class="f2f-beside">{}</p>')
    show(Markup().join(line.format(beside_line(board.measures[code])) for code in codes))


@shared(200)
def _faces(view: View) -> dict[str, Markup]:
    """Written once for all who look at the same."""
    board = live_board.board(view.head, view.scope, view.filters, view.as_of)
    return {code: _face(board, board.measures[code], large=code in LEADING) for code in HEADLINES}


def _card(face: Markup, code: str, *, large: bool) -> None:
    with st.container(key=f"card-figure-{'large' if large else 'small'}-{code}", height="stretch", gap=None):
        show(face)
        _button(code, t(f"figure.{code}.name"))


def _button(code: str, name: str) -> None:
    st.button(told("figures.open", name=name), key=f"open-{code}", on_click=opened, args=(code,))


def _face(board: Board, measure: Measure, *, large: bool) -> Markup:
    name = t(f"figure.{measure.code}.name")
    change = _change(board, measure)
    beside = Markup().join(beside_line(board.measures[code]) for code in BESIDE.get(measure.code, ())) if large else ""
    return Markup(
        '<div class="f2f-figure"><span class="f2f-label">{}</span>{}{}<span class="f2f-beside">{}</span>'
        '<span class="f2f-small">{}</span></div>'
    ).format(name, number_of(measure), change, beside, foot_of(measure))


def _change(board: Board, measure: Measure, area: str = "figures") -> Markup:
    if measure.value is None:
        return Markup()
    moved = wording.change(measure, board.before[measure.code], lang())
    words = t(f"{area}.changed", change=moved) if moved else t(f"{area}.unchanged")
    return Markup('<span class="f2f-change{}">{}</span>').format("" if moved else " f2f-still", words)


def number_of(measure: Measure) -> Markup:
    """The number large, its unit small."""
    if measure.value is None:
        return Markup('<span class="f2f-number f2f-none">{}</span>').format(wording.measured(measure, lang()))
    shown = wording.plain(measure, lang())
    before, _, after = wording.measured(measure, lang()).partition(shown)
    return Markup('<span class="f2f-number">{}{}<small>{}</small></span>').format(before, shown, after)


def beside_line(measure: Measure) -> Markup:
    name = t(f"figure.{measure.code}.name")
    return Markup("<span>{} <b>{}</b></span>").format(name, wording.measured(measure, lang()))


def foot_of(measure: Measure) -> str:
    counted = isinstance(measure.value, int)
    n = "" if counted else t("figures.n", n=i18n.number(measure.n, lang())) + i18n.DOT
    return n + t("figures.as_of", day=i18n.day(measure.as_of, lang()))


def opened(code: str) -> None:
    st.session_state[OPEN] = code


def close_drawer() -> None:
    st.session_state.pop(OPEN, None)
