"""What needs a decision: three short lists, each line opening its case on the desk."""

from html import escape

import streamlit as st

from insight.cases.board import SHOWN, Board
from insight.drawing.charts import Names
from insight.frames import Frame
from pages.parts.here import t
from pages.parts.plain import plain

QUEUES = ("overdue", "unsatisfied", "leader")


def decisions(board: Board, names: Names) -> None:
    with st.grid(3, min_column_width=330, gap="small", key="f2f-queues"):
        for queue in QUEUES:
            _queue(queue, getattr(board.waiting, queue), board, names)


def _queue(queue: str, cases: Frame, board: Board, names: Names) -> None:
    with st.container(border=True, height="stretch", gap="xsmall", key=f"card-queue-{queue}"):
        late = " f2f-late" if len(cases) else ""
        st.html(
            f'<div class="f2f-queue-head"><h3 class="f2f-finding">{escape(t(f"queue.{queue}"))}</h3>'
            f'<span class="f2f-count{late}">{len(cases)}</span></div>'
            f'<p class="f2f-source">{escape(t(f"queue.{queue}_rule"))}</p>'
        )
        if cases.empty:
            st.html(f'<p class="f2f-empty">{escape(t("queue.none"))}</p>')
        for case in cases.head(SHOWN).itertuples():
            _line(queue, case, board.titles.get(case.id, ""), names)
        if len(cases) > SHOWN:
            st.html(f'<p class="f2f-source">{escape(t("queue.more", n=len(cases) - SHOWN))}</p>')


def _line(queue: str, case: Frame, title: str, names: Names) -> None:
    """The link lies over the whole line; the title is a person's words and drawn as text."""
    with st.container(key=f"queue-line-{queue}-{case.id}", gap=None):
        plain(title)
        st.html(f'<p class="f2f-meta">{_meta(queue, case, names)}</p>')
        st.page_link("staff/desk.py", label=case.number, query_params={"case": case.id})


def _meta(queue: str, case: Frame, names: Names) -> str:
    lead = names.of("body", case.lead_body) if case.lead_body else t("queue.no_lead")
    days = t("queue.days_late" if queue == "overdue" else "queue.days_open", n=int(case.late))
    where = (names.of("town", case.town_code), names.of("sector", case.sector_code), lead)
    parts = [f"<b>{escape(days)}</b>", *(f"<span>{escape(part)}</span>" for part in (case.number, *where))]
    return " ".join(parts)
