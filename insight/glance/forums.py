"""The last twelve forums: what was raised at each, and how much of it was settled at an equal age."""

import i18n
from insight.cases.board import Board, Forum
from insight.drawing.charts import Brush, as_of, escaped
from insight.glance.picture import Canvas, Picture, Room, coloured, pressed
from insight.noise import shares, way

SHOWN = 12


def forums(board: Board, brush: Brush, room: Room) -> Picture:
    rows, p, plan = board.forums[-SHOWN:], brush.palette, Canvas(brush, room)
    if not rows:
        return Picture(brush.t("glance.forum.nothing"), "", None)
    age = (board.facts.as_of - rows[-1].held_on).days
    x, said = list(range(len(rows))), [_said(one, age, brush) for one in rows]
    raised, settled = [one.came.at_age_issues for one in rows], [one.came.at_age_settled for one in rows]
    on = plan.panel(
        {
            "tickvals": x,
            "ticktext": [str(one.number) for one in rows],
            "range": [-0.6, len(rows) - 0.4],
            "tickangle": 0,
        },
        {"range": [0, max([*raised, 4]) * 1.28], "nticks": 4, "tickformat": ",d"},
    )
    where = [f"forums?forum={one.came.forum_id}" for one in rows]
    rest = [all_ - done for all_, done in zip(raised, settled, strict=True)]
    for counts, colour in ((settled, p.blue), (rest, p.pale)):
        plan.traces.append({"type": "bar", "x": x, "y": counts, "marker": {"color": colour}, **on,
                            **pressed(where, said)})  # fmt: skip
    for place, (done, n) in enumerate(zip(settled, raised, strict=True)):
        plan.say(f"{done}/{n}", place, n, xref="x", yref="y", xanchor="center", yanchor="bottom", yshift=room.px(2),
                 size=10.5, colour=p.text if place == len(rows) - 1 else p.quiet)  # fmt: skip
    keys = ((brush.t("glance.forum.settled", n=age), p.blue), (brush.t("glance.forum.not_yet"), p.pale))
    plan.say(
        "　".join(f"{coloured('■', colour)} {word}" for word, colour in keys), 0, 1, colour=p.quiet, yanchor="bottom"
    )
    figure = plan.finish(barmode="stack", hovermode="x", bargap=0.28,
                         margin={"l": room.px(24), "r": 2, "t": room.px(18), "b": room.px(20)})  # fmt: skip
    columns = tuple(brush.t(f"glance.column.{name}") for name in ("forum", "held", "raised", "at_age", "now"))
    table = [
        (str(one.number), i18n.day(one.held_on, brush.language), str(one.came.issues),
         f"{one.came.at_age_settled}/{one.came.at_age_issues}", f"{one.came.settled}/{one.came.issues}")
        for one in reversed(rows)
    ]  # fmt: skip
    source = brush.t("glance.method.forums", n=age) + as_of(board.facts.as_of, brush)
    return Picture(
        _finding(board, age, brush),
        source,
        figure,
        height=240,
        columns=columns,
        rows=tuple(table),
        leads=tuple(where[::-1]),
    )


def _finding(board: Board, age: int, brush: Brush) -> str:
    """Of the last one; beside the earlier ones only what chance would hardly bring."""
    last, earlier = board.forums[-1], board.forums[:-1]
    moved = shares(
        last.came.at_age_settled, last.came.at_age_issues,
        sum(one.came.at_age_settled for one in earlier), sum(one.came.at_age_issues for one in earlier),
    )  # fmt: skip
    said = way(moved)
    facts = {"number": last.number, "settled": last.came.at_age_settled, "issues": last.came.at_age_issues, "n": age}
    return brush.t(f"glance.forum.last_{said}", **facts)


def _said(one: Forum, age: int, brush: Brush) -> str:
    came, head = one.came, brush.t("chart.forums.hover", number=one.number, theme=escaped(one.theme(brush.language)))
    then = brush.t("glance.forum.then", n=age, issues=came.at_age_issues, settled=came.at_age_settled)
    return "<br>".join((head, then, brush.t("glance.forum.by_now", issues=came.issues, settled=came.settled)))
