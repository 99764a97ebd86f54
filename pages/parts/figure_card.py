"""A headline figure as a card that opens a drawer with its definition and the rows behind it."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

import i18n
from insight import wording
from insight.board import Board
from insight.figures import BESIDE, HEADLINES
from insight.measures import Measure
from insight.rows import Rows
from pages.parts.here import lang, t

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


def _card(board: Board, code: str, *, large: bool) -> None:
    measure, name = board.measures[code], t(f"figure.{code}.name")
    with st.container(key=f"card-figure-{'large' if large else 'small'}-{code}", height="stretch", gap=None):
        st.html(_face(board, measure, name, large=large))
        st.button(t("figures.open", name=name), key=f"open-{code}", on_click=_open, args=(code,))


def _face(board: Board, measure: Measure, name: str, *, large: bool) -> str:
    moved = wording.change(measure, board.before[measure.code], lang())
    words = t("figures.change", change=moved) if moved else t("figures.unchanged")
    look = "f2f-change" if moved else "f2f-change f2f-still"
    change = f'<span class="{look}">{escape(words)}</span>' if measure.value is not None else ""
    beside = "".join(_beside(board.measures[code]) for code in BESIDE.get(measure.code, ())) if large else ""
    return (
        f'<div class="f2f-figure"><span class="f2f-label">{escape(name)}</span>{_number(measure)}{change}'
        f'<span class="f2f-beside">{beside}</span><span class="f2f-small">{escape(_foot(measure))}</span></div>'
    )


def _number(measure: Measure) -> str:
    """The number large, its unit small."""
    if measure.value is None:
        return f'<span class="f2f-number f2f-none">{escape(wording.measured(measure, lang()))}</span>'
    shown = wording.plain(measure, lang())
    before, _, after = wording.measured(measure, lang()).partition(shown)
    return f'<span class="f2f-number">{escape(before)}{escape(shown)}<small>{escape(after)}</small></span>'


def _beside(measure: Measure) -> str:
    name = t(f"figure.{measure.code}.name")
    return f"<span>{escape(name)} <b>{escape(wording.measured(measure, lang()))}</b></span>"


def _foot(measure: Measure) -> str:
    counted = isinstance(measure.value, int)
    n = "" if counted else t("figures.n", n=i18n.number(measure.n, lang())) + " · "
    return n + t("figures.as_of", day=i18n.day(measure.as_of, lang()))


def _open(code: str) -> None:
    st.session_state[OPEN] = code


def close_drawer() -> None:
    st.session_state.pop(OPEN, None)


def explain(measure: Measure, beside: Sequence[Measure], rows: Rows, *, filtered: bool) -> None:
    """What it is, since when, of how many, and the rows."""
    st.html(f'<div class="f2f-figure">{_number(measure)}<span class="f2f-small">{escape(_foot(measure))}</span></div>')
    for part in ("definition", "formula"):
        st.html(_paragraph(t(f"figures.{part}"), t(f"figure.{measure.code}.{part}")))
    if filtered:
        st.html(f'<p class="f2f-source">{escape(t("figures.filter_note"))}</p>')
    if beside:
        told = "".join(_beside(one) for one in beside)
        st.html(f'<h4 class="f2f-term">{escape(t("figures.beside"))}</h4><p class="f2f-beside">{told}</p>')
    _table(rows)


def _paragraph(term: str, words: str) -> str:
    return f'<h4 class="f2f-term">{escape(term)}</h4><p class="f2f-words">{escape(words)}</p>'


def figure_list(found: Mapping[str, Measure], codes: Sequence[str]) -> str:
    """Every figure with its value; the code of the one whose rows are wanted."""
    lines = "".join(
        f"<div><dt>{escape(t(f'figure.{code}.name'))}</dt><dd>{_number(found[code])}"
        f'<span class="f2f-small">{escape(_foot(found[code]))}</span></dd>'
        f"<p>{escape(t(f'figure.{code}.definition'))}</p></div>"
        for code in codes
    )
    st.html(f'<dl class="f2f-list">{lines}</dl>')
    return st.selectbox(
        t("figures.choose"), list(found), key="figure-code", format_func=lambda code: t(f"figure.{code}.name")
    )


def _table(rows: Rows) -> None:
    shown = len(rows.table)
    note = t("figures.rows_not_yours") if not rows.allowed else t("figures.rows_none")
    if shown:
        note = t("figures.rows_shown", shown=i18n.number(shown, lang()), n=i18n.number(rows.total, lang()))
    st.html(f'<h4 class="f2f-term">{escape(t("figures.rows"))}</h4><p class="f2f-source">{escape(note)}</p>')
    if shown:
        st.dataframe(rows.table, hide_index=True, height=min(36 * shown + 40, 520), alt=t("figures.rows"))
