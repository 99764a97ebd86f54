"""A figure's past in every district: a panel each, all on one scale, with the median of now as a line."""

from datetime import date
from math import ceil

import i18n
from insight.citing.said import CitedPoint, say
from insight.drawing.charts import Brush, Chart, escaped, steps, ticks
from insight.drawing.shapes import half_widths
from insight.glance.picture import ANYWHERE, Box, Canvas, Room, bold, boxes, broken, pressed, sized
from insight.province.side_by_side import SideBySide, SideRow, named, number, value_of

FLOOR = 0.02  # of a panel lies below its plot
HIGH = 150  # pixels of a row of panels
SHOWN = 24  # points, the newest


def multiples(one: SideBySide, brush: Brush, room: Room) -> Chart:
    """The rows in their order; a gap where a district tells nothing."""
    columns = min(room.panels, 4)
    n = ceil(len(one.rows) / columns)
    plan, placed = Canvas(brush, room), boxes([columns] * n, (0.03, min(0.09, 0.2 / n)))
    known = [
        value for row in one.rows for point in _points(row) if (value := value_of(row.figure.said, point)) is not None
    ]
    scale = steps(min([0.0, *known]), max([0.0, *known]))
    for place, (row, box) in enumerate(zip(one.rows, placed, strict=False)):
        _panel(plan, one, row, box, scale, first=place % columns == 0)
    return Chart(
        brush.t("province.past", name=named(one, brush.language)), brush.t("province.past_how"),
        plan.finish(**ANYWHERE, margin={"l": 0, "r": 0, "t": 0, "b": room.px(22), "pad": 0}), height=HIGH * n,
    )  # fmt: skip


def _points(row: SideRow) -> list[CitedPoint]:
    return [] if row.apart else list(row.figure.said.points[-SHOWN:])


def _panel(
    plan: Canvas, one: SideBySide, row: SideRow, box: Box, scale: tuple[float, float, float], *, first: bool
) -> None:
    brush, p, room, said = plan.brush, plan.brush.palette, plan.room, row.figure.said
    points, roof = _points(row), box.y0 + room.roofs[1] * (box.y1 - box.y0)
    marks = ticks(*scale)
    ends = sorted({point.end for each in one.rows for point in _points(each)})
    days = [day for year in sorted({end.year for end in ends})[-2:] if (day := date(year, 1, 1)) >= ends[0]]
    on = plan.panel(
        {"domain": [box.x0 + room.axis, box.x1], "type": "date", "range": [ends[0], ends[-1]] if ends else None,
         "ticklabelstandoff": 5,
         "tickvals": days, "ticktext": [i18n.year(day, brush.language) for day in days],
         "showgrid": True, "gridcolor": p.line},
        {"domain": [box.y0 + FLOOR * (box.y1 - box.y0), roof], "range": [scale[0], scale[1] * 1.04],
         "tickvals": marks, "automargin": False,
         "ticktext": [number(one, mark, brush.language) if first else "" for mark in marks]},
    )  # fmt: skip
    values, told = [value_of(said, point) for point in points], [say(point.shown, brush.language) for point in points]
    hover = [escaped(f"{say(point.period, brush.language)}　{text}") for point, text in zip(points, told, strict=True)]
    plan.traces.append({"type": "scatter", "x": [point.end for point in points], "y": values, "mode": "lines+markers",
                        "connectgaps": False, "name": row.sent.say(brush.language), **on,
                        "line": {"color": p.blue, "width": room.px(1.8)}, "marker": {"size": room.px(3.5)},
                        **pressed(row.sent.code, hover)})  # fmt: skip
    if one.median is not None:
        plan.shapes.append({"type": "line", "xref": f"{on['xaxis']} domain", "yref": on["yaxis"], "x0": 0, "x1": 1,
                            "y0": one.median, "y1": one.median, "layer": "below",
                            "line": {"color": p.quiet, "width": 1, "dash": "dot"}})  # fmt: skip
    most, name = int((box.x1 - box.x0) * room.wide), row.sent.say(brush.language)
    while half_widths(name) > 2 * most - 8:  # a word may not fit on the first of two lines
        name = f"{name.rstrip('…')[:-1].rstrip()}…"
    name = broken(escaped(name), most)
    shown = "—" if row.value is None else number(one, row.value, brush.language)
    plan.say(
        f"{name}<br>{sized(bold(shown), room.px(13))}", box.x0, roof, size=11.5, yanchor="bottom", yshift=room.px(7)
    )
