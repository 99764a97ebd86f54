"""What is stuck and with whom; what the last forum brought."""

from collections.abc import Sequence

import i18n
from db.figures.case_figures import ForumCases, Group
from insight.cases.board import Board
from insight.cases.charts import ON_SPOT
from insight.drawing.charts import Brush
from insight.drawing.sketch import BarRow, Sketch, bars
from insight.glance.answer import GlanceAnswer, moved_words, worth_of
from insight.noise import measured, shares, way

ROWS = 3


def stuck_answer(board: Board, brush: Brush) -> GlanceAnswer:
    figures = ("unsettled", "settled_share", "handling_days_median")
    if not board.facts.counts["issues"]:
        day = i18n.day(board.facts.as_of, brush.language)
        return GlanceAnswer("stuck", brush.t("sentence.nothing", day=day), "", figures)
    by_body = _by_body(board)
    rows = _bodies(by_body, brush)
    return GlanceAnswer(
        "stuck", _stuck_said(board, by_body, brush), _prompt_worth(board, brush), figures,
        sketch=bars(rows) if rows else None,
    )  # fmt: skip


def forum_answer(board: Board, brush: Brush) -> GlanceAnswer:
    figures = ("forums", "entrepreneurs", "policies")
    if not board.forums:
        return GlanceAnswer("forum", brush.t("glance.forum.nothing"), "", figures)
    last = board.forums[-1]
    counted = {"number": last.number, "issues": last.came.issues, "settled": last.came.settled, "n": last.came.issues}
    said = brush.t(
        "glance.forum.said" if last.came.issues else "glance.forum.none_raised",
        theme=last.theme(brush.language), day=i18n.day(last.held_on, brush.language), **counted,
    )  # fmt: skip
    return GlanceAnswer("forum", said, _forum_worth(board, brush), figures, _on_spot(last.came, brush))


def _by_body(board: Board) -> list[Group]:
    """The unsettled and the late cases by who leads them, the most late first."""
    at_work = [one for one in board.groups["lead_body"] if one.at_work]
    return sorted(at_work, key=lambda one: (-one.late, -one.at_work, one.code))


def _stuck_said(board: Board, by_body: Sequence[Group], brush: Brush) -> str:
    now, before = board.measures["unsettled"], board.before["unsettled"]
    moved = int((now.value or 0) - (before.value or 0))
    counted = {"open": brush.number(now.value or 0), "moved": brush.number(abs(moved)), "n": now.value or 0}
    said = brush.t(f"glance.stuck.open_{way(measured(now, before))}", **counted)
    late = board.facts.counts["overdue"]
    if not late:
        return said + brush.t("sentence.on_time")
    first, worst = by_body[0], board.waiting["overdue"][0]
    return said + brush.t(
        "glance.stuck.late", n=late, body=_body(first.code, brush), most=first.late,
        worst=_body(worst.lead_body, brush), days=worst.late, what=brush.names.of("category", worst.category),
    )  # fmt: skip


def _body(code: str | None, brush: Brush) -> str:
    return brush.names.of("body", code) if code else brush.t("queue.no_lead")


def _prompt_worth(board: Board, brush: Brush) -> str:
    """Handled quicker than before? Those dispatched in 90 days beside those of the 90 days before."""
    quick, of = board.facts.counts["prompt_share"]
    moved = shares(quick, of, *board.prompt_before)
    if moved is None:
        return brush.t("glance.stuck.few", n=of)
    return brush.t("glance.stuck.prompt", share=brush.number(moved.now, 1), moved=moved_words(moved, "pp", brush),
                   n=brush.number(moved.n)) + worth_of(moved, "pp", brush)  # fmt: skip


def _bodies(by_body: Sequence[Group], brush: Brush) -> list[BarRow]:
    return [
        BarRow(
            _body(one.code, brush),
            brush.t("glance.stuck.row" if one.late else "glance.stuck.row_calm", late=one.late, n=one.at_work),
            ((float(one.late), "late"), (float(one.at_work - one.late), "pale")),
        )
        for one in by_body[:ROWS]
    ]


def _forum_worth(board: Board, brush: Brush) -> str:
    """At equal age: what stood settled as many days after each forum as have passed since the last one."""
    last, earlier = board.forums[-1], board.forums[:-1]
    age = (board.facts.as_of - last.held_on).days
    moved = shares(
        last.came.at_age_settled, last.came.at_age_issues,
        sum(one.came.at_age_settled for one in earlier), sum(one.came.at_age_issues for one in earlier),
    )  # fmt: skip
    if moved is None:
        return brush.t("glance.forum.few")
    said = {"forums": len(earlier), "share": brush.number(moved.before, 1), "n": age}
    if not i18n.rounded(moved.by, 1):
        return brush.t("glance.forum.same", **said)
    compared = brush.t("glance.forum.compared", moved=moved_words(moved, "pp", brush), **said)
    return compared + worth_of(moved, "pp", brush)


def _on_spot(came: ForumCases, brush: Brush) -> Sketch | None:
    """What was said at the forum itself, and what came later."""
    if not came.issues:
        return None
    counts = {kind: getattr(came, kind) for kind in ON_SPOT}
    counts["none"] = came.issues - sum(counts.values())
    colours = {"solved": "blue", "committed": "promise", "explained": "teal", "none": "pale"}
    rows = [
        BarRow(brush.t(f"chart.on_spot.{kind}"), brush.number(n), ((float(n), colours[kind]),))
        for kind, n in counts.items()
        if n or kind != "none"
    ]
    return bars(rows)
