"""The charts about cases and forums: each adds its traces and its finding."""

import pandas as pd
import plotly.graph_objects as go

import i18n
from insight.cases import views
from insight.cases.facts import OPEN, Facts
from insight.drawing.charts import THICK, WIDE_PITCH, Brush, Chart, as_of, escaped, label_rows, month_axis, tall, tidy

ROWS = 8  # bars of a ranking; the rest is said below


def case_charts(facts: Facts, brush: Brush) -> dict[str, Chart]:
    return {
        "flow": flow(facts, brush),
        "handling": handling(facts, brush),
        "states": states(facts, brush),
        "categories": ranking(facts, brush, column="category", list_name="category", key="categories"),
        "sectors": ranking(facts, brush, column="sector_code", list_name="sector", key="sectors"),
        "slowest": slowest(facts, brush),
        "forums": forums(facts, brush),
    }


def flow(facts: Facts, brush: Brush) -> Chart:
    """Received and settled, a pair of bars a month."""
    rows = views.by_month(facts)
    received, settled = int(rows["received"].sum()), int(rows["settled"].sum())
    title = brush.t("chart.flow.title", months=views.MONTHS, received=received, settled=settled)
    if not received + settled:
        return Chart(brush.t("chart.flow.name"), as_of(facts.as_of, brush), None)
    p, months = brush.palette, [i18n.month(m, brush.language) for m in rows["month"]]
    figure = go.Figure()
    for column, colour in (("received", p.pale), ("settled", p.blue)):
        word = brush.t(f"chart.flow.{column}")
        figure.add_bar(
            x=list(range(len(rows))), y=rows[column].tolist(), marker_color=colour, name=word, customdata=months,
            hovertemplate="%{customdata}　" + word + " %{y}<extra></extra>",
        )  # fmt: skip
    month_axis(figure, rows["month"], brush)
    keys = ((brush.t("chart.flow.received"), p.pale), (brush.t("chart.flow.settled"), p.blue))
    return Chart(title, as_of(facts.as_of, brush), figure, keys)


def handling(facts: Facts, brush: Brush) -> Chart:
    """The median a month as a dot on the span of its middle half."""
    rows, recent, p = views.days_by_month(facts), views.prompt(facts), brush.palette
    if rows.empty:
        return Chart(brush.t("chart.handling.name"), as_of(facts.as_of, brush), None)
    figure, window = go.Figure(), pd.period_range(end=pd.Period(facts.as_of, "M"), periods=views.MONTHS, freq="M")
    places = [list(window).index(month.to_period("M")) for month in rows["month"]]
    hover = [
        brush.t("chart.handling.hover", month=i18n.month(r.month, brush.language), median=tidy(r.median, brush),
                low=tidy(r.low, brush), high=tidy(r.high, brush), n=int(r.n))
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
    month_axis(figure, window.to_timestamp().to_series(), brush)
    keys = ((brush.t("chart.handling.median"), p.blue), (brush.t("chart.handling.spread"), p.pale))
    source = brush.t("chart.handling.source", n=recent.n) + as_of(facts.as_of, brush)
    return Chart(_prompt_title(recent, brush), source, figure, keys)


def states(facts: Facts, brush: Brush) -> Chart:
    """Where the unfinished cases stand; what is closed is said, not drawn."""
    counts, p = views.by_state(facts), brush.palette
    order = ("submitted", "accepted", "dispatched", "in_progress", "committed", "reopened", "awaiting", "returned")
    rows = [(brush.t(f"case.state.{s}"), counts.get(s, 0), s) for s in order if counts.get(s)]
    at_work = sum(counts.get(s, 0) for s in OPEN)
    title = brush.t("chart.states.title", n=at_work, again=counts.get("reopened", 0))
    source = brush.t("chart.states.source", n=brush.number(counts.get("closed", 0))) + as_of(facts.as_of, brush)
    if not rows:
        return Chart(title if counts else brush.t("chart.states.name"), source, None)
    colours = [p.red if s == "reopened" else p.pale if s in ("awaiting", "returned") else p.blue for *_, s in rows]
    return Chart(title, source, _rows(rows, colours, brush), height=tall(rows, WIDE_PITCH))


def ranking(facts: Facts, brush: Brush, *, column: str, list_name: str, key: str) -> Chart:
    """The most frequent, each split into settled and still open."""
    found, p = views.by(facts, column), brush.palette
    if found.empty:
        return Chart(brush.t(f"chart.{key}.name"), as_of(facts.as_of, brush), None)
    top, below = found.head(ROWS), found.iloc[ROWS:]
    first = top.iloc[0]
    share = brush.number(100 * first["received"] / len(facts.cases))
    title = brush.t(f"chart.{key}.title", name=brush.names.of(list_name, first["code"]), share=share)
    labels = [brush.names.of(list_name, code) for code in top["code"]]
    figure = go.Figure()
    y = list(range(len(top)))[::-1]
    for values, colour, word in (
        (top["settled"], p.pale, "chart.ranking.settled"),
        (top["open"], p.blue, "chart.ranking.open"),
    ):
        figure.add_bar(
            x=values.tolist(), y=y, orientation="h", marker_color=colour, width=THICK, customdata=labels,
            hovertemplate="%{customdata}　" + brush.t(word) + " %{x}<extra></extra>",
        )  # fmt: skip
    texts = [
        brush.t("chart.ranking.value", n=brush.number(r.received), open=int(r.open))
        if r.open
        else brush.number(r.received)
        for r in top.itertuples()
    ]
    label_rows(figure, labels, texts, y, brush)
    figure.update_layout(barmode="stack")
    keys = ((brush.t("chart.ranking.settled"), p.pale), (brush.t("chart.ranking.open"), p.blue))
    rest = brush.t("chart.ranking.rest", kinds=len(below), n=int(below["received"].sum())) if len(below) else ""
    return Chart(title, rest + as_of(facts.as_of, brush), figure, keys, height=tall(labels))


def slowest(facts: Facts, brush: Brush) -> Chart:
    """Median handling days by category, with the middle half as a span."""
    found, p = views.days_by_category(facts), brush.palette
    found = found[found["n"] >= 3].head(ROWS)
    if found.empty:
        return Chart(brush.t("chart.slowest.name"), as_of(facts.as_of, brush), None)
    labels = [brush.names.of("category", code) for code in found["code"]]
    y = list(range(len(found)))[::-1]
    figure = go.Figure()
    figure.add_bar(
        x=(found["high"] - found["low"]).tolist(), base=found["low"].tolist(), y=y, orientation="h", width=THICK,
        marker_color=p.pale, hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=found["median"].tolist(), y=y, mode="markers", marker={"color": p.blue, "size": 10},
        customdata=[f"{name}　n={n}" for name, n in zip(labels, found["n"], strict=True)],
        hovertemplate="%{customdata}　%{x:.1f}<extra></extra>",
    )  # fmt: skip
    texts = [brush.t("unit.day", x=tidy(m, brush), n=m) for m in found["median"]]
    label_rows(figure, labels, texts, y, brush)
    figure.update_xaxes(rangemode="tozero")
    title = brush.t("chart.slowest.title", name=labels[0], days=texts[0])
    keys = ((brush.t("chart.handling.median"), p.blue), (brush.t("chart.handling.spread"), p.pale))
    source = brush.t("chart.slowest.source") + as_of(facts.as_of, brush)
    return Chart(title, source, figure, keys, height=tall(labels))


def forums(facts: Facts, brush: Brush) -> Chart:
    """What the last forums brought: issues by the kind of answer on the spot, with the share settled by now."""
    rows, p = views.forum_outcomes(facts), brush.palette
    if rows.empty or not rows["issues"].sum():
        return Chart(brush.t("chart.forums.name"), as_of(facts.as_of, brush), None)
    last = rows.iloc[-1]
    figure = go.Figure()
    x = list(range(len(rows)))
    colours = (p.blue, p.amber, p.pale)
    hover = [_forum_hover(row, brush) for row in rows.itertuples()]
    for kind, colour in zip(views.ON_SPOT, colours, strict=True):
        figure.add_bar(x=x, y=rows[kind].tolist(), marker_color=colour, customdata=hover,
                       hovertemplate="%{customdata}<extra></extra>")  # fmt: skip
    rest = (rows["issues"] - rows[list(views.ON_SPOT)].sum(axis=1)).tolist()
    figure.add_bar(x=x, y=rest, marker_color=p.line, customdata=hover, hovertemplate="%{customdata}<extra></extra>")
    shares = [
        {"x": place, "y": row.issues, "text": f"{100 * row.settled / row.issues:.0f}", "yshift": 9, "showarrow": False,
         "font": {"size": 11}}
        for place, row in zip(x, rows.itertuples(), strict=True)
        if row.issues
    ]  # fmt: skip
    figure.update_layout(barmode="stack", annotations=shares)
    figure.update_xaxes(tickvals=x, ticktext=[str(n) for n in rows["number"]], tickangle=0)
    counted = {"number": int(last["number"]), "n": int(last["issues"]), "settled": int(last["settled"])}
    title = brush.t("chart.forums.title", **counted)
    keys = tuple((brush.t(f"chart.on_spot.{k}"), c) for k, c in zip(views.ON_SPOT, colours, strict=True))
    keys = (*keys, (brush.t("chart.on_spot.none"), p.line)) if sum(rest) else keys
    return Chart(title, brush.t("chart.forums.source") + as_of(facts.as_of, brush), figure, keys)


def _prompt_title(recent: views.Prompt, brush: Brush) -> str:
    if recent.share is None:
        return brush.t("chart.handling.name")
    share = brush.number(recent.share)
    if recent.before is None:
        return brush.t("chart.handling.title", share=share)
    moved = round(recent.share) - round(recent.before)
    way = "same" if moved == 0 else "up" if moved > 0 else "down"
    return brush.t(f"chart.handling.title_{way}", share=share, moved=abs(moved), n=abs(moved))


def _forum_hover(row: object, brush: Brush) -> str:
    theme = row.theme_zh if brush.language == "zh" else row.theme_en  # type: ignore[attr-defined]
    facts = {name: int(getattr(row, name)) for name in ("number", "issues", "settled", "present", *views.ON_SPOT)}
    return brush.t("chart.forums.hover", theme=escaped(theme), **facts)


def _rows(rows: list[tuple[str, int, str]], colours: list[str], brush: Brush) -> go.Figure:
    figure, y = go.Figure(), list(range(len(rows)))[::-1]
    labels, values = [row[0] for row in rows], [row[1] for row in rows]
    figure.add_bar(x=values, y=y, orientation="h", marker_color=colours, width=THICK, hoverinfo="skip")
    label_rows(figure, labels, [brush.number(v) for v in values], y, brush, pitch=WIDE_PITCH)
    return figure
