"""One frame for every chart on screen: the finding as its title, what the colours mean, the chart, its source."""

import re
from dataclasses import dataclass
from itertools import starmap
from typing import Literal

import streamlit as st

import i18n
from insight.drawing.charts import Chart
from pages.shared.here import t
from pages.shared.look import template
from pages.shared.markup import Markup, run_script, show
from pages.shared.prepared import Prepared
from pages.shared.tables import table_of

CONFIG = {"displayModeBar": False, "scrollZoom": False, "showAxisDragHandles": False, "doubleClick": False}


@dataclass(frozen=True)
class FramedChart:
    """A chart as it is drawn: `head` is its finding and what its colours mean, `figure` None where there is nothing,
    `foot` its numbers, folded, and its source."""

    head: Markup
    figure: Prepared | None
    alt: str
    foot: Markup


def framed(chart: Chart, language: i18n.Language, *, dark: bool) -> FramedChart:
    """Give the chart the common look and write it down for the browser, once, before it is shared."""
    figure = chart.figure
    if figure is not None:
        figure.update_layout(template=template(i18n.marks(language), dark=dark), height=chart.height)
    foot = Markup('{}<p class="f2f-source">{}</p>').format(_folded(chart, language), pieces(chart.source))
    return FramedChart(_head(chart), figure and Prepared(figure, chart.height), f"{chart.title} {chart.source}", foot)


def _folded(chart: Chart, language: i18n.Language) -> Markup:
    """The numbers of a chart, written once with it: a browser folds them without asking the server."""
    if chart.figure is None or not chart.rows:
        return Markup()
    table = Markup('<details class="f2f-fold"><summary>{}</summary>{}</details>')
    return table.format(i18n.text("economy.numbers", language), table_of(chart.columns, chart.rows))


def draw_chart(chart: FramedChart, key: str) -> None:
    """Draw it as a card. Where there is nothing to draw, the card says so."""
    with st.container(border=True, height="stretch", key=f"card-chart-{key}"):
        show(chart.head)
        if chart.figure is None:
            show(Markup('<p class="f2f-empty">{}</p>').format(t("chart.empty")))
        else:
            st.plotly_chart(chart.figure, theme=None, config=CONFIG, key=f"chart-{key}", alt=chart.alt)
        show(chart.foot)


def draw_picture(
    figure: Prepared, key: str, alt: str, *, height: Literal["stretch", "content"] = "stretch"
) -> list[str]:
    """A chart as high as its room or as its own, without a frame: the ids of the points that were pressed."""
    chosen = st.plotly_chart(
        figure, theme=None, config=CONFIG, height=height, alt=alt, key=f"chart-{key}", on_select="rerun",
        selection_mode="points",
    )  # fmt: skip
    return [point["id"] for point in chosen.selection.points if "id" in point]


def points_by_key() -> None:
    """Once on each page that draws charts to press: their points are read and pressed by the keyboard, and what is
    printed before they are drawn says so (chart_keys.js)."""
    run_script("chart_keys", {name: t(f"chart.{name}") for name in ("points", "undrawn")})


def pieces(words: str) -> Markup:
    """Facts joined by dots, as markup whose lines break between two facts rather than within one, least at `n = 92`."""
    return Markup(" ").join(
        map(Markup("<span>{}</span>").format, re.sub(" ([=≥]) ", "\xa0\\1\xa0", words).split(i18n.DOT))
    )


def _head(chart: Chart) -> Markup:
    keys = starmap(Markup('<span><i style="background:{1}"></i>{0}</span>').format, chart.keys)
    below = Markup('<p class="f2f-keys">{}</p>').format(Markup().join(keys)) if chart.keys else ""
    return Markup('<h3 class="f2f-finding">{}</h3>{}').format(chart.title, below)
