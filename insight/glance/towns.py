"""The towns as equal tiles that keep the rough geography, each with its unsettled cases and, in amber, the late."""

from collections.abc import Sequence

from db.references import ReferenceItem
from insight.cases.board import Board
from insight.drawing.charts import Brush, as_of, escaped
from insight.drawing.shapes import half_widths
from insight.glance.picture import Canvas, Picture, Room, bold, coloured, pressed, sized

DARKEST = 0.36  # of blue in the fullest tile: more, and the words on it would be hard to read
PLACE, TILE = 100, 94  # the side of a place, and of the tile in it
LONG = 9  # half-widths that a tile holds in letters of the usual size


def towns(board: Board, items: Sequence[ReferenceItem], brush: Brush, room: Room) -> Picture:
    counts = {one.code: one for one in board.groups["town_code"]}
    placed = [one for one in items if one.tile_row is not None and (one.active or one.code in counts)]
    if not placed or not counts:
        return Picture(brush.t("tiles.name"), as_of(board.facts.as_of, brush), None)
    plan, p = Canvas(brush, room), brush.palette
    open_of = {one.code: counts[one.code].unsettled if one.code in counts else 0 for one in placed}
    late_of = {one.code: counts[one.code].late if one.code in counts else 0 for one in placed}
    fullest = max([*open_of.values(), 1])
    wide, high = max(one.tile_column or 0 for one in placed), max(one.tile_row or 0 for one in placed)
    on = plan.panel(*({"range": [-48, PLACE * n + 48], "visible": False} for n in (wide, high)))
    x = [PLACE * (one.tile_column or 0) for one in placed]
    y = [PLACE * (high - (one.tile_row or 0)) for one in placed]
    said = [
        brush.t("glance.town.hover", name=escaped(one.say(brush.language)), n=open_of[one.code], late=late_of[one.code])
        for one in placed
    ]
    plan.traces.append({
        "type": "bar", "x": x, "y": [TILE] * len(placed), "width": TILE,
        "base": [middle - TILE // 2 for middle in y], **on,
        "marker": {"color": [mixed(p.card, p.blue, DARKEST * open_of[one.code] / fullest) for one in placed],
                   "line": {"color": p.line, "width": 1}},
        **pressed([f"desk?town={one.code}&state=unsettled" for one in placed], said),
    })  # fmt: skip
    for one, across, up in zip(placed, x, y, strict=True):
        late = late_of[one.code]
        name = one.short_name(brush.language)
        called = sized(str(name), room.px(9)) if half_widths(name) > LONG else escaped(name)
        words = f"{called}<br>{bold(sized(str(open_of[one.code]), room.px(15)))}"
        if late:
            words = f"{words} {coloured(brush.t('glance.town.late', n=late), p.late)}"
        plan.say(words, across, up, xref="x", yref="y", xanchor="center", yanchor="middle", align="center", size=10.5)
    figure = plan.finish(hovermode="closest", barmode="overlay")
    names = ("town", "open", "late", "total")
    rows = sorted(placed, key=lambda one: (-open_of[one.code], -late_of[one.code], one.code))
    return Picture(
        _finding(rows[0], open_of[rows[0].code], brush), brush.t("tiles.source") + as_of(board.facts.as_of, brush),
        figure, height=300, columns=tuple(brush.t(f"glance.column.{name}") for name in names),
        rows=tuple(
            (one.say(brush.language), str(open_of[one.code]), str(late_of[one.code]),
             brush.number(counts[one.code].n if one.code in counts else 0))
            for one in rows
        ),
        leads=tuple(f"desk?town={one.code}&state=unsettled" for one in rows),
    )  # fmt: skip


def _finding(first: ReferenceItem, n: int, brush: Brush) -> str:
    return brush.t("tiles.title", name=first.say(brush.language), n=n) if n else brush.t("tiles.title_calm")


def mixed(card: str, ink: str, share: float) -> str:
    """So much of the ink on the card."""
    parts = [[int(one[i : i + 2], 16) for i in (1, 3, 5)] for one in (card, ink)]
    return "#" + "".join(f"{int(a + (b - a) * share):02X}" for a, b in zip(*parts, strict=True))
