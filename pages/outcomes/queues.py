"""What needs a decision: three short lists, each line opening its case on the desk."""

from collections.abc import Sequence

import streamlit as st

import i18n
from db.figures.case_figures import Waits
from insight.cases.board import Board
from insight.drawing.charts import CodeNames
from pages.figures.card import opened
from pages.shared.here import t
from pages.shared.markup import Markup, show
from pages.shared.plain import letters


def decisions(board: Board, names: CodeNames) -> None:
    with st.grid(3, min_column_width=330, gap="small", key="f2f-queues"):
        for queue, first in board.waiting.items():
            _queue(queue, first, board.facts.counts[queue], names)


def _queue(queue: str, first: Sequence[Waits], n: int, names: CodeNames) -> None:
    with st.container(border=True, height="stretch", gap="xsmall", key=f"card-queue-{queue}"):
        late = " f2f-late" if n else ""
        show(
            Markup(
                '<div class="f2f-queue-head"><h3 class="f2f-finding">{}</h3>'
                '<span class="f2f-count{}">{}</span></div><p class="f2f-source">{}</p>'
            ).format(t(f"queue.{queue}"), late, n, t(f"queue.{queue}_rule"))
        )
        if not n:
            show(Markup('<p class="f2f-empty">{}</p>').format(t("queue.none")))
        for case in first:
            _line(case, names)
        if n > len(first):
            st.button(
                t("queue.more", n=n - len(first)), key=f"more-{queue}", type="tertiary", on_click=opened, args=(queue,)
            )


def _line(case: Waits, names: CodeNames) -> None:
    """The whole line is the link; the stylesheet gives the title and the days their own look."""
    lead = names.of("body", case.lead_body) if case.lead_body else t("queue.no_lead")
    days = t("queue.days_late" if case.queue == "overdue" else "queue.days_open", n=case.late)
    below = i18n.DOT.join((case.number, names.of("town", case.town_code), names.of("sector", case.sector_code), lead))
    words = f"**{letters(case.title)}** *{letters(days)}* {letters(below)}"
    st.page_link("desk/desk.py", label=words, query_params={"case": case.id}, width="stretch")
