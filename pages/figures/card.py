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
from pages.figures.live_view import View
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.plain import letters

LEADING = ("settled_share", "handling_days_mean", "issues", "forums", "policy_beneficiaries")
OPEN = "figure_open"  # the figure whose drawer is open, kept over the page's own redrawing


def figure_cards(view: View) -> None:
    """The five that matter most, then the other ten, smaller. Each is a button with all its words as its label."""
    labels, others = _labels(view), [code for code in HEADLINES if code not in LEADING]
    for key, codes, width in (("large", LEADING, 200), ("small", others, 158)):
        with st.grid(5, min_column_width=width, gap="small", key=f"f2f-figures-{key}"):
            for code in codes:
                st.button(labels[code], key=f"card-figure-{key}-{code}", on_click=opened, args=(code,), width="stretch")


def figure_chips(board: Board, codes: Sequence[str]) -> None:
    """Label, number and change in little room: what stands within another card."""
    with st.grid(len(codes), min_column_width=150, gap="small"):
        for code in codes:
            face = _face(board, board.measures[code], "glance")
            st.button(face, key=f"card-figure-chip-{code}", on_click=opened, args=(code,), width="stretch")


def figure_line(board: Board, codes: Sequence[str]) -> None:
    """The same without anything to open."""
    line = Markup('<p class="f2f-beside">{}</p>')
    show(Markup().join(line.format(beside_line(board.measures[code])) for code in codes))


@shared(200)
def _labels(view: View) -> dict[str, str]:
    """Written once for all who look at the same."""
    board = live_board.board(view.head, view.scope, view.filters, view.as_of)
    return {code: _label(board, board.measures[code], large=code in LEADING) for code in HEADLINES}


def _label(board: Board, measure: Measure, *, large: bool) -> str:
    beside = [board.measures[code] for code in BESIDE.get(measure.code, ())] if large else []
    lines = [f":small[{_name(one)} **{letters(wording.measured(one, lang()))}**]" for one in beside]
    return " ".join([_face(board, measure), *lines, f":gray[{letters(foot_of(measure))}]"])


def _face(board: Board, measure: Measure, area: str = "figures") -> str:
    """Name, number and change as the label of a button: by its signs the stylesheet knows what is what."""
    before, shown, after = map(letters, _parts(measure))
    number = f"{_name(measure)} **{before}{shown}{after and f':gray[{after}]'}**"
    if measure.value is None:
        return number
    moved = wording.change(measure, board.before[measure.code], lang())
    words = letters(t(f"{area}.changed", change=moved) if moved else t(f"{area}.unchanged"))
    return f"{number} *{words if moved else f':gray[{words}]'}*"


def _name(measure: Measure) -> str:
    return letters(t(f"figure.{measure.code}.name"))


def _parts(measure: Measure) -> tuple[str, str, str]:
    """What stands before the number, the number, its unit; a word alone where there is none."""
    if measure.value is None:
        return "", wording.measured(measure, lang()), ""
    shown = wording.plain(measure, lang())
    before, _, after = wording.measured(measure, lang()).partition(shown)
    return before, shown, after


def number_of(measure: Measure) -> Markup:
    """The number large, its unit small."""
    look = "f2f-number f2f-none" if measure.value is None else "f2f-number"
    return Markup('<span class="{}">{}{}<small>{}</small></span>').format(look, *_parts(measure))


def beside_line(measure: Measure) -> Markup:
    name = t(f"figure.{measure.code}.name")
    return Markup("<span>{} <b>{}</b></span>").format(name, wording.measured(measure, lang()))


def foot_of(measure: Measure) -> str:
    counted = isinstance(measure.value, int) and measure.unit != "points"
    n = "" if counted else t("figures.n", n=i18n.number(measure.n, lang())) + i18n.DOT
    return n + t("figures.as_of", day=i18n.day(measure.as_of, lang()))


def opened(code: str) -> None:
    st.session_state[OPEN] = code


def close_drawer() -> None:
    st.session_state.pop(OPEN, None)
