"""What changed, and whether it matters, in one sentence."""

import pandas as pd

import i18n
from insight.cases.board import BACK, Board
from insight.drawing.charts import Names
from insight.frames import how_many
from insight.wording import change, measured


def sentence(board: Board, names: Names, language: str) -> str:
    cases, late = board.facts.cases, board.waiting.overdue
    if cases.empty:
        return i18n.text("sentence.nothing", language, day=i18n.day(board.facts.as_of, language))
    end = i18n.text("sentence.on_time", language) if late.empty else _overdue(board, names, language)
    return _flow(board, language) + _share(board, language) + end


def _flow(board: Board, language: str) -> str:
    since = pd.Timestamp(board.facts.as_of) - pd.Timedelta(days=BACK)
    cases = board.facts.cases
    counted = {
        "received": how_many(cases["submitted"] > since),
        "settled": how_many(cases["is_settled"] & (cases["settled"] > since)),
    }
    return i18n.text("sentence.flow", language, **counted)


def _share(board: Board, language: str) -> str:
    now, before = board.measures["settled_share"], board.before["settled_share"]
    if now.value is None:
        return ""
    moved = change(now, before, language)
    way = "same" if not moved else "up" if moved.startswith("+") else "down"
    return i18n.text(f"sentence.share_{way}", language, share=measured(now, language), moved=moved.lstrip("+−"))


def _overdue(board: Board, names: Names, language: str) -> str:
    late = board.waiting.overdue
    first = late.iloc[0]
    body = names.of("body", first["lead_body"]) or i18n.text("queue.no_lead", language)
    return i18n.text("sentence.late", language, n=len(late), days=int(first["late"]), body=body)
