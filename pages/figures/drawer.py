"""What a figure opens: what it is, since when, of how many, how it is computed, its past, its rows."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

import i18n
from db.figures.case_figures import QUEUES
from insight import wording
from insight.cases.board import Board
from insight.cases.figures import BESIDE
from insight.cases.history import month_ends
from insight.cases.rows import Rows, rows_behind
from insight.drawing.past import PastPoint, past
from insight.measures import Measure
from pages.citing.button import citing
from pages.figures import live_board
from pages.figures.card import OPEN, beside_line, close_drawer, foot_of, number_of
from pages.figures.drawer_rows import files, rows_table
from pages.figures.live_view import View
from pages.shared.charts import draw_chart, framed
from pages.shared.here import actor, lang, store, t
from pages.shared.markup import Markup, show


def open_drawer(view: View) -> None:
    """The drawer that somebody opened. It follows the page: when the records move, so does what is open."""
    code = st.session_state.get(OPEN, "")
    draw, title = figure_drawer, f"figure.{code}.name"
    if code in QUEUES:
        draw, title = _queue, f"queue.{code}"
    elif code not in live_board.board(view.head, view.scope, view.filters, view.as_of).measures:
        return
    st.dialog(t(title), width="medium", position="right", on_dismiss=close_drawer)(draw)(view, code)


def figure_drawer(view: View, code: str) -> None:
    board = live_board.board(view.head, view.scope, view.filters, view.as_of)
    measure = board.measures[code]
    rows = _rows(board, code, measure.n, view)
    explain(measure, [board.measures[other] for other in BESIDE.get(code, ())], rows, view)


def _queue(view: View, code: str) -> None:
    """All that waits for a decision, beyond the first that the page names."""
    board = live_board.board(view.head, view.scope, view.filters, view.as_of)
    show(paragraph(t("figures.definition"), t(f"queue.{code}_rule")))
    rows_table(_rows(board, code, board.facts.counts[code], view))


def _rows(board: Board, code: str, total: int, view: View) -> Rows:
    asked = {"scope": view.scope, "facts": board.facts, "code": code, "total": total}
    return store().look(lambda con: rows_behind(con, brush=live_board.brush(view), **asked), view.head)


def explain(measure: Measure, beside: Sequence[Measure], rows: Rows, view: View) -> None:
    show(
        Markup('<div class="f2f-figure">{}<span class="f2f-small">{}</span></div>').format(
            number_of(measure), foot_of(measure)
        )
    )
    for part in ("definition", "formula"):
        show(paragraph(t(f"figures.{part}"), t(f"figure.{measure.code}.{part}")))
    if view.filters.sector or view.filters.town:
        show(Markup('<p class="f2f-source">{}</p>').format(t("figures.filter_note")))
    if beside:
        told = Markup().join(beside_line(one) for one in beside)
        show(Markup('<h3 class="f2f-term">{}</h3><p class="f2f-beside">{}</p>').format(t("figures.beside"), told))
    _past(measure, view)
    citing("cases", measure.code, view.as_of, view.filters)
    rows_table(rows)
    if len(rows.table) and actor().may("export"):
        files(measure.code, view)


def _past(measure: Measure, view: View) -> None:
    """Under the filters of the page; a period that slides with the day would compare different things."""
    days = month_ends(view.as_of)
    filters = replace(view.filters, until=None)
    found = [live_board.figures_on(view.head, view.scope, filters, day)[measure.code] for day in days]
    if sum(one.value is not None for one in found) < 2:
        return
    labels = [i18n.month(day, lang()) for day in days[:-1]] + [i18n.day(days[-1], lang())]
    points = [
        PastPoint(label, wording.measured(one, lang()), one.value) for label, one in zip(labels, found, strict=True)
    ]
    share = measure.unit == "%"
    unit = wording.axis_unit(measure.unit, lang())
    chart = past(points, t("figures.history"), unit, live_board.brush(view), most=100 if share else None)
    draw_chart(framed(chart, lang(), dark=view.dark), "past")


def paragraph(term: str, words: str) -> Markup:
    return Markup('<h3 class="f2f-term">{}</h3><p class="f2f-words">{}</p>').format(term, words)
