"""The charts about cases and forums: each adds its traces and its finding."""

from collections.abc import Sequence

import plotly.graph_objects as go

import i18n
from db.figures.case_figures import Spread
from db.states import OVER, SENT_BACK, TABLE
from insight import wording
from insight.cases.board import Board, Forum
from insight.cases.places import topics
from insight.drawing.charts import THICK, WIDE_PITCH, Brush, Chart, as_of, escaped, label_rows, month_axis, tall, tidy
from insight.noise import shares, way

ROWS = 8  # bars of a ranking; the rest is said below
MONTHS = 18
FORUMS = 12
FEWEST_OF_KIND = 3  # settled cases of a category for its days to be drawn
TOPICS = 5  # that a place names
ON_SPOT = ("solved", "committed", "explained")
Part = tuple[Sequence[int], str, str]  # its length in each row, its colour, the key of its word


def case_charts(board: Board, brush: Brush) -> dict[str, Chart]:
    return {
        "flow": flow(board, brush),
        "handling": handling(board, brush),
        "states": states(board, brush),
        "categories": categories(board, brush),
        "sectors": sectors(board, brush),
        "slowest": slowest(board, brush),
        "forums": forums(board, brush),
    }


def flow(board: Board, brush: Brush) -> Chart:
    """Received and settled, a pair of bars a month."""
    rows = board.months[-MONTHS:]
    received, settled = sum(row.received for row in rows), sum(row.settled for row in rows)
    title = brush.t("chart.flow.title", months=MONTHS, received=received, settled=settled)
    if not received + settled:
        return Chart(brush.t("chart.flow.name"), as_of(board.facts.as_of, brush), None)
    p, months = brush.palette, [i18n.month(row.month, brush.language) for row in rows]
    figure = go.Figure()
    for column, colour in (("received", p.pale), ("settled", p.blue)):
        word = brush.t(f"chart.flow.{column}")
        figure.add_bar(
            x=list(range(len(rows))), y=[getattr(row, column) for row in rows], marker_color=colour, name=word,
            customdata=months, hovertemplate="%{customdata}　" + word + " %{y}<extra></extra>",
        )  # fmt: skip
    month_axis(figure, [row.month for row in rows], brush)
    keys = ((brush.t("chart.flow.received"), p.pale), (brush.t("chart.flow.settled"), p.blue))
    columns = (brush.t("glance.column.month"), *(word for word, _ in keys))
    table = [(month, str(row.received), str(row.settled)) for month, row in zip(months, rows, strict=True)][::-1]
    return Chart(title, as_of(board.facts.as_of, brush), figure, keys, columns=columns, rows=table)


def handling(board: Board, brush: Brush) -> Chart:
    """The median a month of settlement as a dot on the span of its middle half."""
    window = [row.month for row in board.months[-MONTHS:]]
    rows, p = [one for one in board.spreads if one.month in window], brush.palette
    if not rows:
        return Chart(brush.t("chart.handling.name"), as_of(board.facts.as_of, brush), None)
    figure = go.Figure()
    places = [window.index(one.month) for one in rows if one.month]
    hover = [
        brush.t("chart.handling.hover", month=i18n.month(one.month, brush.language), median=tidy(one.median, brush),
                low=tidy(one.low, brush), high=tidy(one.high, brush), n=one.n)
        for one in rows if one.month
    ]  # fmt: skip
    figure.add_bar(
        x=places, y=[one.high - one.low for one in rows], base=[one.low for one in rows], marker_color=p.pale,
        width=0.3, hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=places, y=[one.median for one in rows], mode="markers", marker={"color": p.blue, "size": 9},
        customdata=hover, hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    month_axis(figure, window, brush)
    figure.update_yaxes(ticksuffix=wording.axis_unit("day", brush.language))
    keys = ((brush.t("chart.handling.median"), p.blue), (brush.t("chart.handling.spread"), p.pale))
    source = brush.t("chart.handling.source", n=board.measures["prompt_share"].n) + as_of(board.facts.as_of, brush)
    table = [(i18n.month(one.month, brush.language), *_spread(one, brush)) for one in rows if one.month][::-1]
    columns = _spread_columns("month", brush)
    return Chart(_prompt_title(board, brush), source, figure, keys, columns=columns, rows=table)


def _spread_columns(of: str, brush: Brush) -> tuple[str, ...]:
    median, half = brush.t("chart.handling.median"), brush.t("chart.handling.spread")
    return brush.t(f"glance.column.{of}"), median, half, brush.t("glance.column.settled")


def _spread(one: Spread, brush: Brush) -> tuple[str, ...]:
    return tidy(one.median, brush), f"{tidy(one.low, brush)}–{tidy(one.high, brush)}", str(one.n)


def states(board: Board, brush: Brush) -> Chart:
    """Where the unfinished cases stand; what is closed is said, not drawn."""
    counts, p = {one.code: one.n for one in board.groups["state"]}, brush.palette
    there = [state for state in TABLE if not state.over and state.code in counts]
    rows = [(brush.t(f"case.state.{state.code}"), counts[state.code]) for state in there]
    again = sum(counts.get(code, 0) for code in SENT_BACK)
    title = brush.t("chart.states.title", n=board.facts.counts["unsettled"], again=again)
    closed = sum(counts.get(code, 0) for code in OVER)
    source = brush.t("chart.states.source", n=brush.number(closed)) + as_of(board.facts.as_of, brush)
    if not rows:
        return Chart(title if counts else brush.t("chart.states.name"), source, None)
    colours = [getattr(p, state.tone) for state in there]
    columns = tuple(brush.t(f"glance.column.{name}") for name in ("state", "total"))
    table = [(word, str(n)) for word, n in rows]
    return Chart(title, source, _rows(rows, colours, brush), height=tall(rows, WIDE_PITCH), columns=columns, rows=table)


def sectors(board: Board, brush: Brush) -> Chart:
    """Where work is left: those with most late cases first, then those with most under way."""
    at_work = [one for one in board.groups["sector_code"] if one.at_work]
    found, p = sorted(at_work, key=lambda one: (-one.late, -one.at_work, one.code)), brush.palette
    if not found:
        return Chart(brush.t("chart.sectors.calm"), as_of(board.facts.as_of, brush), None)
    top, below = found[:ROWS], found[ROWS:]
    labels = [brush.names.of("sector", one.code) for one in top]
    parts = (
        ([one.late for one in top], p.late, "chart.sectors.late"),
        ([one.at_work - one.late for one in top], p.blue, "chart.sectors.in_time"),
    )
    texts = [
        brush.t("chart.sectors.value", n=one.at_work, late=one.late) if one.late else brush.number(one.at_work)
        for one in top
    ]
    n = top[0].late or top[0].at_work
    title = brush.t("chart.sectors.title" if top[0].late else "chart.sectors.title_calm", name=labels[0], n=n)
    rest = brush.t("chart.ranking.rest", kinds=len(below), n=sum(one.at_work for one in below)) if below else ""
    return _stacked((title, rest + as_of(board.facts.as_of, brush), "sector"), labels, texts, parts, brush)


def categories(board: Board, brush: Brush) -> Chart:
    """The most frequent, each split into settled, unsettled and what is not accepted yet."""
    found, p = board.groups["category"], brush.palette
    if not found:
        return Chart(brush.t("chart.categories.name"), as_of(board.facts.as_of, brush), None)
    top, below = found[:ROWS], found[ROWS:]
    share = brush.number(100 * top[0].n / board.facts.counts["issues"])
    labels = [brush.names.of("category", one.code) for one in top]
    title = brush.t("chart.categories.title", name=labels[0], share=share)
    parts = (
        ([one.settled for one in top], p.pale, "chart.ranking.settled"),
        ([one.unsettled for one in top], p.blue, "chart.ranking.open"),
        ([one.n - one.settled - one.unsettled for one in top], p.line, "chart.ranking.pending"),
    )
    texts = [
        brush.t("chart.ranking.value", n=brush.number(one.n), open=one.unsettled)
        if one.unsettled
        else brush.number(one.n)
        for one in top
    ]
    rest = brush.t("chart.ranking.rest", kinds=len(below), n=sum(one.n for one in below)) if below else ""
    return _stacked((title, rest + as_of(board.facts.as_of, brush), "category"), labels, texts, parts, brush)


def _stacked(
    said: tuple[str, str, str], labels: list[str], texts: list[str], parts: Sequence[Part], brush: Brush
) -> Chart:
    """A bar a row, of parts side by side; a part that is nowhere has no key. `said`: title, source, what a row is."""
    figure, y = go.Figure(), list(range(len(labels)))[::-1]
    shown = [part for part in parts if any(part[0])]
    for values, colour, word in shown:
        figure.add_bar(
            x=values, y=y, orientation="h", marker_color=colour, width=THICK, customdata=labels,
            hovertemplate="%{customdata}　" + brush.t(word) + " %{x}<extra></extra>",
        )  # fmt: skip
    label_rows(figure, labels, texts, y, brush)
    figure.update_layout(barmode="stack")
    keys = tuple((brush.t(word), colour) for _, colour, word in shown)
    title, source, of = said
    columns = (brush.t(f"glance.column.{of}"), *(word for word, _ in keys))
    table = [(label, *(str(values[n]) for values, _, _ in shown)) for n, label in enumerate(labels)]
    return Chart(title, source, figure, keys, height=tall(labels), columns=columns, rows=table)


def slowest(board: Board, brush: Brush) -> Chart:
    """Median handling days by category, with the middle half as a span."""
    p = brush.palette
    found = [one for one in board.spreads if one.category and one.n >= FEWEST_OF_KIND][:ROWS]
    if not found:
        return Chart(brush.t("chart.slowest.name"), as_of(board.facts.as_of, brush), None)
    labels = [brush.names.of("category", one.category or "") for one in found]
    y = list(range(len(found)))[::-1]
    figure = go.Figure()
    figure.add_bar(
        x=[one.high - one.low for one in found], base=[one.low for one in found], y=y, orientation="h", width=THICK,
        marker_color=p.pale, hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=[one.median for one in found], y=y, mode="markers", marker={"color": p.blue, "size": 10},
        customdata=[f"{name}　{tidy(one.median, brush)}　n={one.n}" for name, one in zip(labels, found, strict=True)],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    texts = [brush.t("unit.day", x=tidy(one.median, brush), n=one.median) for one in found]
    label_rows(figure, labels, texts, y, brush)
    figure.update_xaxes(rangemode="tozero")
    title = brush.t("chart.slowest.title", name=labels[0], days=texts[0])
    keys = ((brush.t("chart.handling.median"), p.blue), (brush.t("chart.handling.spread"), p.pale))
    source = brush.t("chart.slowest.source") + as_of(board.facts.as_of, brush)
    table = [(label, *_spread(one, brush)) for label, one in zip(labels, found, strict=True)]
    columns = _spread_columns("category", brush)
    return Chart(title, source, figure, keys, height=tall(labels), columns=columns, rows=table)


def forums(board: Board, brush: Brush) -> Chart:
    """What the last forums brought: issues by the kind of answer on the spot, with the share settled by now."""
    rows, p = board.forums[-FORUMS:], brush.palette
    if not any(one.came.issues for one in rows):
        return Chart(brush.t("chart.forums.name"), as_of(board.facts.as_of, brush), None)
    last, figure, x = rows[-1], go.Figure(), list(range(len(rows)))
    colours = (p.blue, p.promise, p.pale)
    hover = [_forum_hover(one, brush) for one in rows]
    for kind, colour in zip(ON_SPOT, colours, strict=True):
        figure.add_bar(x=x, y=[getattr(one.came, kind) for one in rows], marker_color=colour, customdata=hover,
                       hovertemplate="%{customdata}<extra></extra>")  # fmt: skip
    rest = [one.came.issues - sum(getattr(one.came, kind) for kind in ON_SPOT) for one in rows]
    figure.add_bar(x=x, y=rest, marker_color=p.line, customdata=hover, hovertemplate="%{customdata}<extra></extra>")
    shares = [
        {"x": place, "y": one.came.issues, "text": brush.number(100 * one.came.settled / one.came.issues), "yshift": 9,
         "showarrow": False, "font": {"size": 11}}
        for place, one in zip(x, rows, strict=True)
        if one.came.issues
    ]  # fmt: skip
    figure.update_layout(barmode="stack", annotations=shares)
    figure.update_xaxes(tickvals=x, ticktext=[str(one.number) for one in rows], tickangle=0)
    title = brush.t("chart.forums.title", number=last.number, n=last.came.issues, settled=last.came.settled)
    keys = tuple((brush.t(f"chart.on_spot.{k}"), c) for k, c in zip(ON_SPOT, colours, strict=True))
    keys = (*keys, (brush.t("chart.on_spot.none"), p.line)) if sum(rest) else keys
    columns = (brush.t("glance.column.forum"), brush.t("glance.column.raised"), brush.t("glance.column.now"),
               *(brush.t(f"chart.on_spot.{kind}") for kind in ON_SPOT))  # fmt: skip
    table = [
        (str(one.number), str(one.came.issues), f"{one.came.settled}/{one.came.issues}",
         *(str(getattr(one.came, kind)) for kind in ON_SPOT))
        for one in reversed(rows)
    ]  # fmt: skip
    source = brush.t("chart.forums.source") + as_of(board.facts.as_of, brush)
    return Chart(title, source, figure, keys, columns=columns, rows=table)


def _prompt_title(board: Board, brush: Brush) -> str:
    """A change is a finding only where chance alone would hardly bring it."""
    quick, of = board.facts.counts["prompt_share"]
    if not of:
        return brush.t("chart.handling.name")
    share = brush.number(100 * quick / of)
    moved = shares(quick, of, *board.prompt_before)
    said = way(moved)
    if moved is None or said in ("same", "unknown"):
        return brush.t("chart.handling.title", share=share)
    by = brush.number(abs(moved.by))
    return brush.t(f"chart.handling.title_{said}", share=share, moved=by, n=abs(moved.by))


def _forum_hover(one: Forum, brush: Brush) -> str:
    came = {name: getattr(one.came, name) for name in ("issues", "settled", *ON_SPOT)}
    theme = escaped(one.theme(brush.language))
    head = brush.t("chart.forums.hover", theme=theme, number=one.number)
    return f"{head}<br>{brush.t('chart.forums.hover_below', present=one.present, **came)}"


def waiting(board: Board, brush: Brush) -> Chart:
    """How many enterprises wait, by what they wait for: the first few."""
    found, source = topics(board)[:TOPICS], as_of(board.facts.as_of, brush)
    title = brush.t("place.issues")
    if not found:
        return Chart(title, source, None)
    rows = [(brush.names.of("category", one.code), one.enterprises) for one in found]
    columns = (brush.t("glance.column.category"), brush.t("glance.column.enterprises"))
    return Chart(title, source, _rows(rows, [brush.palette.blue] * len(rows), brush), height=tall(rows, WIDE_PITCH),
                 columns=columns, rows=[(name, str(n)) for name, n in rows])  # fmt: skip


def _rows(rows: Sequence[tuple[str, int]], colours: list[str], brush: Brush) -> go.Figure:
    figure, y = go.Figure(), list(range(len(rows)))[::-1]
    labels, values = [row[0] for row in rows], [row[1] for row in rows]
    figure.add_bar(x=values, y=y, orientation="h", marker_color=colours, width=THICK, hoverinfo="skip")
    label_rows(figure, labels, [brush.number(v) for v in values], y, brush, pitch=WIDE_PITCH)
    return figure
