"""What is stuck and with whom; what the last forum brought."""

from datetime import date

import pandas as pd

import i18n
from insight.cases import views
from insight.cases.board import Board
from insight.drawing.charts import Brush
from insight.drawing.sketch import BarRow, Sketch, bars
from insight.frames import Frame
from insight.glance.answer import Answer, moved_words, worth_of
from insight.noise import shares

ROWS = 3
BEFORE = 12  # forums that the last one is compared with


def stuck_answer(board: Board, brush: Brush) -> Answer:
    figures = ("unsettled", "settled_share", "handling_days_median")
    if board.facts.cases.empty:
        day = i18n.day(board.facts.as_of, brush.language)
        return Answer("stuck", brush.t("sentence.nothing", day=day), "", figures)
    by_body = _by_body(board)
    return Answer(
        "stuck", _stuck_said(board, by_body, brush), _prompt_worth(board, brush), figures, _bodies(by_body, brush)
    )


def forum_answer(board: Board, brush: Brush) -> Answer:
    figures = ("forums", "entrepreneurs", "policies")
    outcomes = views.forum_outcomes(board.facts, BEFORE + 1)
    if outcomes.empty:
        return Answer("forum", brush.t("glance.forum.nothing"), "", figures)
    last = outcomes.iloc[-1]
    theme = last["theme_zh" if brush.language == "zh" else "theme_en"]
    counted = {name: int(last[name]) for name in ("number", "issues", "settled")}
    counted["n"] = counted["issues"]
    day = i18n.day(date.fromisoformat(str(last["held_on"])[:10]), brush.language)
    said = brush.t("glance.forum.said" if counted["n"] else "glance.forum.none_raised", theme=theme, day=day, **counted)
    return Answer("forum", said, _forum_worth(outcomes, brush), figures, _on_spot(last, brush))


def _by_body(board: Board) -> Frame:
    """`body`, `late`, `open`: the unfinished cases by who leads them, the most late first."""
    cases = board.facts.cases
    at_work = cases[cases["is_open"]]
    late = at_work["due_on"] < pd.Timestamp(board.facts.as_of)
    counted = (
        at_work.assign(late=late, body=at_work["lead_body"].fillna("")).groupby("body")["late"].agg(["sum", "size"])
    )
    named = counted.rename(columns={"sum": "late", "size": "open"}).reset_index()
    return named.sort_values(["late", "open", "body"], ascending=[False, False, True])


def _stuck_said(board: Board, by_body: Frame, brush: Brush) -> str:
    now, before = board.measures["unsettled"], board.before["unsettled"]
    moved = int((now.value or 0) - (before.value or 0))
    way = "same" if not moved else "up" if moved > 0 else "down"
    said = brush.t(f"glance.stuck.open_{way}", open=brush.number(now.value or 0), moved=brush.number(abs(moved)),
                   n=now.value or 0)  # fmt: skip
    late = board.waiting.overdue
    if late.empty:
        return said + brush.t("sentence.on_time")
    first, worst = by_body.iloc[0], late.iloc[0]
    return said + brush.t(
        "glance.stuck.late", n=len(late), body=_body(first["body"], brush), most=int(first["late"]),
        worst=_body(worst["lead_body"], brush), days=int(worst["late"]),
        what=brush.names.of("category", worst["category"]),
    )  # fmt: skip


def _body(code: str | None, brush: Brush) -> str:
    return brush.names.of("body", code) if code and not pd.isna(code) else brush.t("queue.no_lead")


def _prompt_worth(board: Board, brush: Brush) -> str:
    """Handled quicker than before? The last 90 days' settled cases beside those of the 90 days before."""
    quick = views.prompt_counts(board.facts)
    moved = shares(*quick)
    if moved is None:
        return brush.t("glance.stuck.few", n=quick[1])
    return brush.t("glance.stuck.prompt", share=brush.number(moved.now, 1), moved=moved_words(moved, "pp", brush),
                   n=brush.number(moved.n)) + worth_of(moved, "pp", brush)  # fmt: skip


def _bodies(by_body: Frame, brush: Brush) -> Sketch | None:
    rows = [
        BarRow(
            _body(row.body, brush),
            brush.t("glance.stuck.row" if row.late else "glance.stuck.row_calm", late=int(row.late), n=int(row.open)),
            ((float(row.late), "red"), (float(row.open - row.late), "pale")),
        )
        for row in by_body.head(ROWS).itertuples()
    ]
    return bars(rows) if rows else None


def _forum_worth(outcomes: Frame, brush: Brush) -> str:
    earlier = outcomes.iloc[:-1]
    counts = [int(group[name].sum()) for group in (outcomes.tail(1), earlier) for name in ("settled", "issues")]
    moved = shares(*counts)
    if moved is None:
        return brush.t("glance.forum.few")
    if not round(moved.by, 1):
        return brush.t("glance.forum.same", forums=len(earlier), share=brush.number(moved.before, 1))
    compared = brush.t("glance.forum.compared", forums=len(earlier), share=brush.number(moved.before, 1),
                       moved=moved_words(moved, "pp", brush))  # fmt: skip
    return compared + worth_of(moved, "pp", brush)


def _on_spot(last: Frame, brush: Brush) -> Sketch | None:
    """What was said at the forum itself, and what came later."""
    if not last["issues"]:
        return None
    counts = {kind: int(last[kind]) for kind in views.ON_SPOT}
    counts["none"] = int(last["issues"]) - sum(counts.values())
    colours = {"solved": "blue", "committed": "amber", "explained": "teal", "none": "pale"}
    rows = [
        BarRow(brush.t(f"chart.on_spot.{kind}"), brush.number(n), ((float(n), colours[kind]),))
        for kind, n in counts.items()
        if n or kind != "none"
    ]
    return bars(rows)
