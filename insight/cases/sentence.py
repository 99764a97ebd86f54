"""What changed, and whether it matters, in one sentence."""

import i18n
from insight import noise
from insight.cases.board import Board
from insight.drawing.charts import CodeNames
from insight.wording import measured


def sentence(board: Board, names: CodeNames, language: str) -> str:
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
    moved = noise.measured(now, before)
    by, said = i18n.rounded(moved.by if moved else 0, 1), str(noise.way(moved))
    said = "chance" if said == "same" and by else said
    sized = i18n.signed(by, language) if said == "chance" else i18n.number(abs(by), language, 1)
    words = i18n.text("unit.pp", language, x=sized)
    return i18n.text(f"sentence.share_{said}", language, share=measured(now, language), moved=words)


def _overdue(board: Board, names: CodeNames, language: str) -> str:
    first = board.waiting["overdue"][0]
    body = names.of("body", first.lead_body) if first.lead_body else i18n.text("queue.no_lead", language)
    return i18n.text("sentence.late", language, n=board.facts.counts["overdue"], days=first.late, body=body)
