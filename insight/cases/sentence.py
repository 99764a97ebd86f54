"""What changed, and whether it matters, in one sentence."""

import i18n
from insight.cases.board import Board
from insight.drawing.charts import Names
from insight.wording import change, measured


def sentence(board: Board, names: Names, language: str) -> str:
    counts = board.facts.counts
    if not counts["issues"]:
        return i18n.text("sentence.nothing", language, day=i18n.day(board.facts.as_of, language))
    flow = {"received": counts["received_lately"], "settled": counts["settled_lately"]}
    end = _overdue(board, names, language) if counts["overdue"] else i18n.text("sentence.on_time", language)
    return i18n.text("sentence.flow", language, **flow) + _share(board, language) + end


def _share(board: Board, language: str) -> str:
    now, before = board.measures["settled_share"], board.before["settled_share"]
    if now.value is None:
        return ""
    moved = change(now, before, language)
    way = "same" if not moved else "up" if moved.startswith("+") else "down"
    return i18n.text(f"sentence.share_{way}", language, share=measured(now, language), moved=moved.lstrip("+−"))


def _overdue(board: Board, names: Names, language: str) -> str:
    first = board.waiting["overdue"][0]
    body = names.of("body", first.lead_body) if first.lead_body else i18n.text("queue.no_lead", language)
    return i18n.text("sentence.late", language, n=board.facts.counts["overdue"], days=first.late, body=body)
