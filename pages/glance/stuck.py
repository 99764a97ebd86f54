"""What is stuck, and with whom: the cases that are late the longest, each leading to its own."""

from collections.abc import Sequence

import streamlit as st

from db.figures.case_figures import Waits
from insight.cases.board import Board
from insight.drawing.charts import CodeNames
from pages.figures import live_board
from pages.figures.live_view import View
from pages.shared.here import t
from pages.shared.markup import Markup, show
from pages.shared.plain import letters

SHOWN = 3


def stuck_list(view: View) -> None:
    board, names = _read(view)
    show(_finding(board, names))
    for case in _first(board):
        days, *others = map(letters, _told(case, names))
        label = f"*{days}* **{others[0]}** {others[1]}"
        st.page_link("desk/desk.py", label=label, query_params={"case": case.id}, width="stretch")
    n = board.facts.counts["overdue"]
    if n > SHOWN:
        words = f"{t('glance.stuck.others', n=n)} →"
        st.page_link("desk/desk.py", label=words, query_params={"overdue": "late"})


def stuck_words(view: View) -> Markup:
    """The same with nothing to press."""
    board, names = _read(view)
    return _finding(board, names) + Markup().join(_line(case, names) for case in _first(board))


def _read(view: View) -> tuple[Board, CodeNames]:
    board = live_board.board(view.head, view.scope, view.filters, view.as_of)
    return board, live_board.names(view.head, view.language)


def _first(board: Board) -> Sequence[Waits]:
    return board.waiting["overdue"][:SHOWN]


def _finding(board: Board, names: CodeNames) -> Markup:
    n, words = board.facts.counts["overdue"], t("glance.stuck.calm")
    if n:
        first = max(board.groups["lead_body"], key=lambda one: (one.late, one.code))
        words = t("glance.stuck.finding", n=n, most=first.late, body=_body(first.code, names))
    return Markup('<h2 class="f2f-said">{}</h2>').format(words)


def _body(code: str | None, names: CodeNames) -> str:
    return names.of("body", code) if code else t("queue.no_lead")


def _line(case: Waits, names: CodeNames) -> Markup:
    return Markup('<p class="f2f-stuck"><b>{}</b><span>{}</span><span>{}</span></p>').format(*_told(case, names))


def _told(case: Waits, names: CodeNames) -> tuple[str, str, str]:
    """How late, what about, with whom."""
    return t("glance.stuck.days", n=case.late), names.of("category", case.category), _body(case.lead_body, names)
