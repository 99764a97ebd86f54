"""The leader's charts: each adds its traces and its finding; the frame on screen gives them one look.

Bars begin at zero, what is missing is a gap, growth is a label and never a second axis.
"""

from dataclasses import dataclass, field

import pandas as pd
import plotly.graph_objects as go

import i18n
from insight import views, wording
from insight.board import Board
from insight.economy import Indicator, Point
from insight.facts import OPEN, Facts
from insight.frames import Frame
from insight.mood import Mood

ROWS = 8  # bars of a ranking; the rest is one bar


@dataclass(frozen=True)
class Palette:
    """The theme's colours for one scheme. `pale` is the quiet partner of `blue`: last year, what is done."""

    text: str
    quiet: str
    line: str
    card: str
    blue: str
    teal: str
    amber: str
    red: str
    pale: str
    colorway: tuple[str, ...]
    font: str


@dataclass(frozen=True)
class Names:
    """The names of towns, sectors, categories and bodies in one language, by list and code."""

    lists: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, list_name: str, code: str | None) -> str:
        return self.lists.get(list_name, {}).get(code or "", code or "")


@dataclass(frozen=True)
class Chart:
    """`title` says the finding; `keys` name the colours; `figure` None draws `empty` in words instead."""

    title: str
    source: str
    figure: go.Figure | None
    keys: tuple[tuple[str, str], ...] = ()
    height: int = 240
    lead: str = ""


@dataclass(frozen=True)
class Brush:
    """What every chart is drawn with."""

    palette: Palette
    names: Names
    language: str

    def t(self, key: str, **facts: object) -> str:
        return i18n.text(key, self.language, **facts)

    def number(self, value: float, decimals: int = 0) -> str:
        return i18n.number(value, self.language, decimals)


def case_charts(board: Board, brush: Brush) -> dict[str, Chart]:
    facts = board.facts
    return {
        "flow": flow(facts, brush),
        "handling": handling(facts, brush),
        "states": states(facts, brush),
        "categories": ranking(facts, brush, column="category", list_name="category", key="categories"),
        "sectors": ranking(facts, brush, column="sector_code", list_name="sector", key="sectors"),
        "slowest": slowest(facts, brush),
        "mood": mood(board.mood, facts, brush),
        "forums": forums(facts, brush),
    }


def flow(facts: Facts, brush: Brush) -> Chart:
    """Received and settled, a pair of bars a month."""
    rows = views.by_month(facts)
    received, settled = int(rows["received"].sum()), int(rows["settled"].sum())
    title = brush.t("chart.flow.title", months=views.MONTHS, received=received, settled=settled)
    if not received + settled:
        return Chart(brush.t("chart.flow.name"), _as_of(facts, brush), None)
    p, months = brush.palette, [i18n.month(m, brush.language) for m in rows["month"]]
    figure = go.Figure()
    for column, colour in (("received", p.pale), ("settled", p.blue)):
        word = brush.t(f"chart.flow.{column}")
        figure.add_bar(
            x=list(range(len(rows))), y=rows[column].tolist(), marker_color=colour, name=word, customdata=months,
            hovertemplate="%{customdata}　" + word + " %{y}<extra></extra>",
        )  # fmt: skip
    _month_axis(figure, rows["month"], brush)
    keys = ((brush.t("chart.flow.received"), p.pale), (brush.t("chart.flow.settled"), p.blue))
    return Chart(title, _as_of(facts, brush), figure, keys)


def handling(facts: Facts, brush: Brush) -> Chart:
    """The median a month as a dot on the span of its middle half."""
    rows, recent, p = views.days_by_month(facts), views.prompt(facts), brush.palette
    if rows.empty:
        return Chart(brush.t("chart.handling.name"), _as_of(facts, brush), None)
    figure, window = go.Figure(), pd.period_range(end=pd.Period(facts.as_of, "M"), periods=views.MONTHS, freq="M")
    places = [list(window).index(month.to_period("M")) for month in rows["month"]]
    hover = [
        brush.t("chart.handling.hover", month=i18n.month(r.month, brush.language), median=_tidy(r.median, brush),
                low=_tidy(r.low, brush), high=_tidy(r.high, brush), n=int(r.n))
        for r in rows.itertuples()
    ]  # fmt: skip
    figure.add_bar(
        x=places, y=(rows["high"] - rows["low"]).tolist(), base=rows["low"].tolist(), marker_color=p.pale, width=0.3,
        hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=places, y=rows["median"].tolist(), mode="markers", marker={"color": p.blue, "size": 9}, customdata=hover,
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    _month_axis(figure, window.to_timestamp().to_series(), brush)
    keys = ((brush.t("chart.handling.median"), p.blue), (brush.t("chart.handling.spread"), p.pale))
    source = brush.t("chart.handling.source", n=recent.n) + _as_of(facts, brush)
    return Chart(_prompt_title(recent, brush), source, figure, keys)


def states(facts: Facts, brush: Brush) -> Chart:
    """Where the unfinished cases stand; what is closed is said, not drawn."""
    counts, p = views.by_state(facts), brush.palette
    order = ("submitted", "accepted", "dispatched", "in_progress", "committed", "reopened", "awaiting", "returned")
    rows = [(brush.t(f"case.state.{s}"), counts.get(s, 0), s) for s in order if counts.get(s)]
    at_work = sum(counts.get(s, 0) for s in OPEN)
    title = brush.t("chart.states.title", n=at_work, again=counts.get("reopened", 0))
    source = brush.t("chart.states.source", n=brush.number(counts.get("closed", 0))) + _as_of(facts, brush)
    if not rows:
        return Chart(title if counts else brush.t("chart.states.name"), source, None)
    colours = [p.red if s == "reopened" else p.pale if s in ("awaiting", "returned") else p.blue for *_, s in rows]
    return Chart(title, source, _rows(rows, colours, brush), height=_tall(rows))


def ranking(facts: Facts, brush: Brush, *, column: str, list_name: str, key: str) -> Chart:
    """The most frequent, each split into settled and still open."""
    found, p = views.by(facts, column), brush.palette
    if found.empty:
        return Chart(brush.t(f"chart.{key}.name"), _as_of(facts, brush), None)
    top = _with_rest(found, brush)
    first = top.iloc[0]
    share = brush.number(100 * first["received"] / len(facts.cases))
    title = brush.t(f"chart.{key}.title", name=brush.names.of(list_name, first["code"]), share=share)
    labels = [r.rest or brush.names.of(list_name, r.code) for r in top.itertuples()]
    figure = go.Figure()
    y = list(range(len(top)))[::-1]
    for values, colour, word in (
        (top["settled"], p.pale, "chart.ranking.settled"),
        (top["open"], p.blue, "chart.ranking.open"),
    ):
        figure.add_bar(
            x=values.tolist(), y=y, orientation="h", marker_color=colour, width=0.34, customdata=labels,
            hovertemplate="%{customdata}　" + brush.t(word) + " %{x}<extra></extra>",
        )  # fmt: skip
    texts = [
        brush.t("chart.ranking.value", n=brush.number(r.received), open=int(r.open))
        if r.open
        else brush.number(r.received)
        for r in top.itertuples()
    ]
    _label_rows(figure, labels, texts, y, brush)
    figure.update_layout(barmode="stack")
    keys = ((brush.t("chart.ranking.settled"), p.pale), (brush.t("chart.ranking.open"), p.blue))
    return Chart(title, _as_of(facts, brush), figure, keys, height=_tall(labels))


def slowest(facts: Facts, brush: Brush) -> Chart:
    """Median handling days by category, with the middle half as a span."""
    found, p = views.days_by_category(facts), brush.palette
    found = found[found["n"] >= 3].head(ROWS)
    if found.empty:
        return Chart(brush.t("chart.slowest.name"), _as_of(facts, brush), None)
    labels = [brush.names.of("category", code) for code in found["code"]]
    y = list(range(len(found)))[::-1]
    figure = go.Figure()
    figure.add_bar(
        x=(found["high"] - found["low"]).tolist(), base=found["low"].tolist(), y=y, orientation="h", width=0.34,
        marker_color=p.pale, hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=found["median"].tolist(), y=y, mode="markers", marker={"color": p.blue, "size": 10},
        customdata=[f"{name}　n={n}" for name, n in zip(labels, found["n"], strict=True)],
        hovertemplate="%{customdata}　%{x:.1f}<extra></extra>",
    )  # fmt: skip
    texts = [brush.t("unit.day", x=_tidy(m, brush), n=m) for m in found["median"]]
    _label_rows(figure, labels, texts, y, brush)
    figure.update_xaxes(rangemode="tozero")
    title = brush.t("chart.slowest.title", name=labels[0], days=texts[0])
    keys = ((brush.t("chart.handling.median"), p.blue), (brush.t("chart.handling.spread"), p.pale))
    source = brush.t("chart.slowest.source") + _as_of(facts, brush)
    return Chart(title, source, figure, keys, height=_tall(labels))


def mood(found: Mood, facts: Facts, brush: Brush) -> Chart:
    """Dimensions from 0 to 100 with interval and change; a hidden one stays, in words."""
    p = brush.palette
    if not found.scores or found.wave is None:
        return Chart(brush.t("chart.mood.name"), _as_of(facts, brush), None)
    ordered = sorted(found.scores, key=lambda s: (s.dimension != "overall", -(s.measure.value or -1)))
    labels = [brush.t(f"mood.dimension.{s.dimension}") for s in ordered]
    y = list(range(len(ordered)))[::-1]
    values = [s.measure.value for s in ordered]
    low = [(s.measure.value or 0) - (s.measure.low or 0) for s in ordered]
    high = [(s.measure.high or 0) - (s.measure.value or 0) for s in ordered]
    figure = go.Figure()
    figure.add_bar(
        x=values, y=y, orientation="h", width=0.34, hoverinfo="skip",
        marker_color=[p.blue if s.dimension == "overall" else p.teal for s in ordered],
        error_x={"type": "data", "array": high, "arrayminus": low, "color": p.quiet, "thickness": 1.2, "width": 3},
    )  # fmt: skip
    texts = [_mood_text(s, brush) for s in ordered]
    _label_rows(figure, labels, texts, y, brush)
    figure.update_xaxes(range=[0, 100])
    title_of = found.wave["title_zh" if brush.language == "zh" else "title_en"]
    source = brush.t("chart.mood.source", wave=title_of, n=brush.number(max(s.measure.n for s in ordered)))
    return Chart(_mood_title(found, brush), source + _as_of(facts, brush), figure, height=_tall(labels))


def forums(facts: Facts, brush: Brush) -> Chart:
    """What the last forums brought: issues by the kind of answer on the spot, with the share settled by now."""
    rows, p = views.forum_outcomes(facts), brush.palette
    if rows.empty or not rows["issues"].sum():
        return Chart(brush.t("chart.forums.name"), _as_of(facts, brush), None)
    last = rows.iloc[-1]
    figure = go.Figure()
    x = [str(n) for n in rows["number"]]
    colours = (p.blue, p.amber, p.pale)
    hover = [_forum_hover(row, brush) for row in rows.itertuples()]
    for kind, colour in zip(views.ON_SPOT, colours, strict=True):
        figure.add_bar(x=x, y=rows[kind].tolist(), marker_color=colour, customdata=hover,
                       hovertemplate="%{customdata}<extra></extra>")  # fmt: skip
    rest = (rows["issues"] - rows[list(views.ON_SPOT)].sum(axis=1)).tolist()
    figure.add_bar(x=x, y=rest, marker_color=p.line, customdata=hover, hovertemplate="%{customdata}<extra></extra>")
    for place, row in zip(x, rows.itertuples(), strict=True):
        if row.issues:
            share = f"{100 * row.settled / row.issues:.0f}%"
            figure.add_annotation(x=place, y=row.issues, text=share, yshift=9, showarrow=False, font_size=11)
    figure.update_layout(barmode="stack")
    figure.update_xaxes(type="category")
    counted = {"number": int(last["number"]), "n": int(last["issues"]), "settled": int(last["settled"])}
    title = brush.t("chart.forums.title", **counted)
    keys = tuple((brush.t(f"chart.on_spot.{k}"), c) for k, c in zip(views.ON_SPOT, colours, strict=True))
    keys = (*keys, (brush.t("chart.on_spot.none"), p.line)) if sum(rest) else keys
    return Chart(title, brush.t("chart.forums.source") + _as_of(facts, brush), figure, keys)


def economy(indicator: Indicator, brush: Brush) -> Chart:
    """This year's published values beside last year's, the published growth as labels; growth alone as lines."""
    latest, language = indicator.latest, brush.language
    words = wording.dated_period(indicator, latest, language)
    title = f"{indicator.name(language)} {_headline(indicator, brush)}".strip()
    joined = "；" if language == "zh" else "; "
    stated = [words, wording.basis(indicator, language)]
    stated.append(brush.t("economy.source", source=latest.source, day=i18n.day(latest.vintage, language)))
    figure = _levels(indicator, brush) if indicator.has_level else _growth_lines(indicator, brush)
    p = brush.palette
    keys = ((str(latest.end.year), p.blue), (str(latest.end.year - 1), p.pale if indicator.has_level else p.quiet))
    return Chart(title, joined.join(s for s in stated if s), figure, keys, height=200)


def _headline(indicator: Indicator, brush: Brush) -> str:
    point, language = indicator.latest, brush.language
    parts = []
    if indicator.has_level and point.value is not None:
        parts.append(wording.amount(point.value, indicator.unit, point.decimals, language))
    if point.growth is not None:
        parts.append(brush.t("economy.growth", growth=wording.growth(point.growth, language)))
    return ("，" if language == "zh" else ", ").join(parts)


def _levels(indicator: Indicator, brush: Brush) -> go.Figure:
    p, figure, lines = brush.palette, go.Figure(), indicator.chart in ("season_lines", "cumulative_lines")
    months = indicator.months
    for year, colour in ((indicator.last_year, p.pale), (indicator.this_year, p.blue)):
        points = [year.get(month) for month in months]
        y = [_shown(point, indicator, brush) for point in points]
        hover = [_point_hover(indicator, point, brush) if point else "" for point in points]
        look = {"customdata": hover, "hovertemplate": "%{customdata}<extra></extra>"}
        if lines:
            figure.add_scatter(x=_ticks(indicator, brush), y=y, mode="lines+markers", connectgaps=False,
                               line={"color": colour, "width": 2.5}, marker={"size": 5}, **look)  # fmt: skip
        else:
            figure.add_bar(x=_ticks(indicator, brush), y=y, marker_color=colour, **look)
    _growth_labels(figure, indicator, brush)
    figure.update_xaxes(type="category")
    figure.update_yaxes(rangemode="tozero")
    return figure


def _growth_labels(figure: go.Figure, indicator: Indicator, brush: Brush) -> None:
    """The published growth over the newest bar; over each where the periods are few enough to read."""
    each = len(indicator.months) <= 4
    for month, tick in zip(indicator.months, _ticks(indicator, brush), strict=True):
        point = indicator.this_year.get(month)
        if point is None or point.growth is None or point.value is None or not (each or point == indicator.latest):
            continue
        figure.add_annotation(
            x=tick, y=_shown(point, indicator, brush), text=wording.growth(point.growth, brush.language),
            showarrow=False, yshift=11, xshift=8 if each else 0, font={"size": 12, "color": brush.palette.text},
        )  # fmt: skip


def _growth_lines(indicator: Indicator, brush: Brush) -> go.Figure:
    p, figure, ticks = brush.palette, go.Figure(), _ticks(indicator, brush)
    for year, colour, width in ((indicator.last_year, p.quiet, 1.5), (indicator.this_year, p.blue, 2.5)):
        points = [year.get(month) for month in indicator.months]
        figure.add_scatter(
            x=ticks, y=[point.growth if point else None for point in points], mode="lines+markers", connectgaps=False,
            line={"color": colour, "width": width}, marker={"size": 5},
            customdata=[_point_hover(indicator, point, brush) if point else "" for point in points],
            hovertemplate="%{customdata}<extra></extra>",
        )  # fmt: skip
    if indicator.latest.growth is not None:
        figure.add_annotation(
            x=ticks[indicator.months.index(indicator.latest.end.month)], y=indicator.latest.growth, showarrow=False,
            text=wording.growth(indicator.latest.growth, brush.language), yshift=12,
            font={"size": 12, "color": p.text},
        )  # fmt: skip
    figure.add_hline(y=0, line={"color": p.quiet, "width": 1})
    figure.update_xaxes(type="category")
    figure.update_yaxes(ticksuffix="%")
    return figure


def _point_hover(indicator: Indicator, point: Point, brush: Brush) -> str:
    language = brush.language
    parts = [wording.dated_period(indicator, point, language)]
    if indicator.has_level and point.value is not None:
        parts.append(wording.amount(point.value, indicator.unit, point.decimals, language))
    if point.growth is not None:
        parts.append(wording.growth(point.growth, language))
    return "　".join(parts)


def _shown(point: Point | None, indicator: Indicator, brush: Brush) -> float | None:
    """The value in the unit that the axis shows."""
    if point is None or point.value is None:
        return None
    return point.value * wording.axis_scale(indicator.unit, brush.language)


def _ticks(indicator: Indicator, brush: Brush) -> list[str]:
    return [wording.tick(indicator.period_kind, month, brush.language) for month in indicator.months]


def _prompt_title(recent: views.Prompt, brush: Brush) -> str:
    if recent.share is None:
        return brush.t("chart.handling.name")
    share = brush.number(recent.share)
    if recent.before is None:
        return brush.t("chart.handling.title", share=share)
    moved = round(recent.share) - round(recent.before)
    way = "same" if moved == 0 else "up" if moved > 0 else "down"
    return brush.t(f"chart.handling.title_{way}", share=share, moved=abs(moved), n=abs(moved))


def _mood_title(found: Mood, brush: Brush) -> str:
    overall = next((s for s in found.scores if s.dimension == "overall"), None)
    if overall is None or overall.measure.value is None:
        return brush.t("chart.mood.name")
    value = brush.number(overall.measure.value, 1)
    if overall.change is None:
        return brush.t("chart.mood.title", value=value)
    return brush.t("chart.mood.title_change", value=value, change=i18n.signed(overall.change, brush.language))


def _mood_text(score: object, brush: Brush) -> str:
    measure, moved = score.measure, score.change  # type: ignore[attr-defined]
    if measure.value is None:
        return wording.measured(measure, brush.language)
    value = brush.number(measure.value, 1)
    return f"{value}　{i18n.signed(moved, brush.language)}" if moved is not None else value


def _forum_hover(row: object, brush: Brush) -> str:
    theme = row.theme_zh if brush.language == "zh" else row.theme_en  # type: ignore[attr-defined]
    facts = {name: int(getattr(row, name)) for name in ("number", "issues", "settled", "present", *views.ON_SPOT)}
    return brush.t("chart.forums.hover", theme=_escaped(theme), **facts)


def _rows(rows: list[tuple[str, int, str]], colours: list[str], brush: Brush) -> go.Figure:
    figure, y = go.Figure(), list(range(len(rows)))[::-1]
    labels, values = [row[0] for row in rows], [row[1] for row in rows]
    figure.add_bar(x=values, y=y, orientation="h", marker_color=colours, width=0.34, hoverinfo="skip")
    _label_rows(figure, labels, [brush.number(v) for v in values], y, brush)
    return figure


def _label_rows(figure: go.Figure, labels: list[str], texts: list[str], y: list[int], brush: Brush) -> None:
    """The name over its bar on the left, the value on the right: room for any name on any width."""
    p = brush.palette
    for label, text, place in zip(labels, texts, y, strict=True):
        common = {"y": place, "yref": "y", "yshift": 15, "showarrow": False, "yanchor": "middle"}
        figure.add_annotation(x=0, xref="paper", xanchor="left", text=_escaped(_short(label)), **common)
        figure.add_annotation(x=1, xref="paper", xanchor="right", text=text, font={"color": p.quiet}, **common)
    figure.update_yaxes(visible=False, range=[-0.45, len(labels) - 0.1])
    figure.update_xaxes(visible=False, rangemode="tozero")


def _month_axis(figure: go.Figure, months: Frame, brush: Brush) -> None:
    """Every third month by name; the year below the first and each January."""
    days = list(months)
    places = [i for i in range(len(days)) if (len(days) - 1 - i) % 3 == 0]
    names, said = [], 0
    for i in places:
        month = wording.tick("month", days[i].month, brush.language)
        names.append(f"{month}<br>{days[i].year}" if days[i].year != said else month)
        said = days[i].year
    figure.update_xaxes(tickvals=places, ticktext=names, range=[-0.6, len(days) - 0.4])
    figure.update_yaxes(rangemode="tozero")


def _with_rest(found: Frame, brush: Brush) -> Frame:
    top = found.head(ROWS).assign(rest="")
    below = found.iloc[ROWS:]
    if below.empty:
        return top
    rest = {c: int(below[c].sum()) for c in ("received", "settled", "open")}
    rest |= {"code": "", "rest": brush.t("chart.ranking.rest", n=len(below))}
    return pd.concat([top, pd.DataFrame([rest])], ignore_index=True)


def _as_of(facts: Facts, brush: Brush) -> str:
    return brush.t("chart.as_of", day=i18n.day(facts.as_of, brush.language))


def _tall(rows: object) -> int:
    return 36 * len(rows) + 12  # type: ignore[arg-type]


def _tidy(value: float, brush: Brush) -> str:
    return brush.number(value, 0 if float(value).is_integer() else 1)


def _short(label: str) -> str:
    return label if len(label) <= 34 else label[:33].rstrip() + "…"


def _escaped(words: str) -> str:
    """Plotly reads a few tags in texts; names and themes are data."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
