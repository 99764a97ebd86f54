"""Six numbers: what each is of, how it moved in thirty days, and a line of its last 24 months."""

from dataclasses import dataclass
from datetime import timedelta

import i18n
from db.figures.month_ends import Course
from db.figures.stood import LATELY
from insight import wording
from insight.drawing.charts import Brush
from insight.glance.picture import ANYWHERE, Box, Canvas, Picture, Room, bold, boxes, pressed, sized
from insight.measures import Measure, count, ratio

MONTHS, BACK = 24, 30
# The number → what of the course it is, or is a share of, and where a press leads.
NUMBERS: dict[str, tuple[tuple[str, ...], str]] = {
    "unsettled": (("unsettled",), "desk?state=unsettled"),
    "overdue": (("overdue",), "desk?overdue=late"),
    "received_lately": (("received_lately",), "desk?submitted_from={since}"),
    "settled_lately": (("settled_lately",), "numbers:backlog"),
    "prompt_share": (("prompt", "dispatched"), "figure:prompt_share"),
    "satisfaction_top2": (("content", "rated"), "figure:satisfaction_top2"),
}
FLOOR, ROOF = 0.3, 0.74  # of a box: where its line has zero, and its largest value
RAISED = 0.38  # its floor, where what moved may need two lines
LEFT = 0.54  # of a box is without line: the number stands there


@dataclass(frozen=True)
class Number:
    """One of the strip on each day of the course, and as it was before."""

    code: str
    past: tuple[Measure, ...]
    before: Measure
    where: str

    @property
    def now(self) -> Measure:
        return self.past[-1]


def numbers(found: Course) -> list[Number]:
    since = found.days[-1] - timedelta(days=LATELY - 1)
    return [
        Number(
            code,
            tuple(_measure(code, [found.counts[one][place] for one in of], found, place) for place in range(MONTHS)),
            _measure(code, [found.before[one] for one in of], found, -1),
            where.format(since=since),
        )
        for code, (of, where) in NUMBERS.items()
    ]


def strip(found: Course, brush: Brush, room: Room) -> Picture:
    made, plan = numbers(found), Canvas(brush, room)
    placed = boxes(room.numbers, (0.03, 0.06))
    for number, box in zip(made, placed, strict=True):
        _draw(plan, number, box, [i18n.month(day, brush.language) for day in found.days])
    for box in placed:
        if box.x0 and not room.narrow:
            line = {"type": "line", "xref": "paper", "yref": "paper", "x0": box.x0 - 0.015, "x1": box.x0 - 0.015}
            plan.shapes.append({**line, "y0": box.y0, "y1": box.y1, "line": {"color": brush.palette.line, "width": 1}})
    names = [brush.t(f"glance.number.{number.code}") for number in made]
    rows = [
        (i18n.day(day, brush.language), *(wording.measured(number.past[place], brush.language) for number in made))
        for place, day in reversed(list(enumerate(found.days)))
    ]
    title = i18n.LANGUAGES[brush.language].notes.join(_said(number, brush) for number in made)
    figure = plan.finish(**ANYWHERE)
    return Picture(title, brush.t("glance.method.strip"), figure, height=336 if room.narrow else 96,
                   columns=(brush.t("glance.column.day"), *names), rows=tuple(rows))  # fmt: skip


def _measure(code: str, counted: list[int], found: Course, place: int) -> Measure:
    day = found.days[place]
    return ratio(code, counted[0], counted[1], day) if len(counted) > 1 else count(code, counted[0], "case", day)


def _draw(plan: Canvas, number: Number, box: Box, months: list[str]) -> None:
    brush, p, values = plan.brush, plan.brush.palette, [one.value for one in number.past]
    late = number.code == "overdue" and bool(number.now.value)
    colour = p.late if late else p.blue
    top = 100 if number.now.unit == "%" else max([*(value for value in values if value), 1])
    floor = RAISED if plan.room.narrow else FLOOR
    unit = top / (ROOF - floor)
    wide = (len(values) - 1) / (1 - LEFT)
    on = plan.panel(
        {"domain": [box.x0, box.x1], "range": [-wide * LEFT, len(values) - 0.4], "visible": False},
        {"domain": [box.y0, box.y1], "range": [-floor * unit, (1 - floor) * unit], "visible": False},
    )
    named = brush.t(f"glance.number.{number.code}")
    said = [f"{month}　{wording.measured(one, brush.language)}" for month, one in zip(months, number.past, strict=True)]
    line = {"type": "scatter", "x": list(range(len(values))), "y": values, "name": named, **on,
            **pressed(number.where, said)}  # fmt: skip
    plan.traces.append({**line, "mode": "lines+markers", "fill": "tozeroy", "fillcolor": p.line,
                        "marker": {"size": 1, "color": colour}, "connectgaps": False,
                        "line": {"color": colour, "width": plan.room.px(1.8)}})  # fmt: skip
    plan.traces.append({**line, "x": line["x"][-1:], "y": values[-1:], "customdata": line["customdata"][-1:],
                        "ids": line["ids"][-1:],
                        "mode": "markers", "marker": {"color": colour, "size": plan.room.px(6)}})  # fmt: skip
    value = wording.measured(number.now, brush.language)
    shown = wording.plain(number.now, brush.language)
    large = value.replace(shown, bold(sized(shown, plan.room.px(27))), 1) if number.now.value is not None else value
    high = box.y1 - box.y0
    plan.say(named, box.x0, box.y1, size=12, colour=p.quiet)
    tone = p.late if late else p.text
    plan.say(large, box.x0, box.y0 + (floor + ROOF) / 2 * high, size=13, colour=tone, yanchor="middle")
    moved = _change(number, brush)
    moved = moved.replace("（", "<br>（").replace(" (", "<br>(") if plan.room.narrow else moved
    plan.say(moved, box.x0, box.y0, size=12, yanchor="bottom")


def _change(number: Number, brush: Brush) -> str:
    moved = wording.change(number.now, number.before, brush.language)
    return brush.t("glance.changed", change=moved) if moved else brush.t("glance.unchanged")


def _said(number: Number, brush: Brush) -> str:
    return f"{brush.t(f'glance.number.{number.code}')} {wording.measured(number.now, brush.language)}"
