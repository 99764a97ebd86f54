"""What needs a decision: three short lists, each line opening its case on the desk."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from db.figures.case_figures import Waits
from insight.cases.board import Board
from insight.drawing.charts import Names
from pages.shared.here import t
from pages.shared.plain import plain


def decisions(board: Board, names: Names) -> None:
    with st.grid(3, min_column_width=330, gap="small", key="f2f-queues"):
        for queue, first in board.waiting.items():
            _queue(queue, first, board.facts.counts[queue], names)


def _queue(queue: str, first: Sequence[Waits], n: int, names: Names) -> None:
    with st.container(border=True, height="stretch", gap="xsmall", key=f"card-queue-{queue}"):
        late = " f2f-late" if n else ""
        st.html(
            f'<div class="f2f-queue-head"><h3 class="f2f-finding">{escape(t(f"queue.{queue}"))}</h3>'
            f'<span class="f2f-count{late}">{n}</span></div>'
            f'<p class="f2f-source">{escape(t(f"queue.{queue}_rule"))}</p>'
        )
        if not n:
            st.html(f'<p class="f2f-empty">{escape(t("queue.none"))}</p>')
        for case in first:
            _line(case, names)
        if n > len(first):
            st.html(f'<p class="f2f-source">{escape(t("queue.more", n=n - len(first)))}</p>')


def _line(case: Waits, names: Names) -> None:
    """The link lies over the whole line; the title is a person's words and drawn as text."""
    with st.container(key=f"queue-line-{case.queue}-{case.id}", gap=None):
        plain(case.title)
        st.html(f'<p class="f2f-meta">{_meta(case, names)}</p>')
        st.page_link("desk/desk.py", label=case.number, query_params={"case": case.id})


def _meta(case: Waits, names: Names) -> str:
    lead = names.of("body", case.lead_body) if case.lead_body else t("queue.no_lead")
    days = t("queue.days_late" if case.queue == "overdue" else "queue.days_open", n=case.late)
    where = (names.of("town", case.town_code), names.of("sector", case.sector_code), lead)
    parts = [f"<b>{escape(days)}</b>", *(f"<span>{escape(part)}</span>" for part in (case.number, *where))]
    return " ".join(parts)
