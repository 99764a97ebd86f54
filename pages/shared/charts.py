"""One frame for every chart on screen: the finding as its title, what the colours mean, the chart, its source."""

from collections.abc import Callable
from itertools import starmap

import streamlit as st

import i18n
from insight.drawing.charts import Chart
from pages.shared.here import t
from pages.shared.look import template
from pages.shared.markup import Markup, show

CONFIG = {"displayModeBar": False, "scrollZoom": False, "showAxisDragHandles": False, "doubleClick": False}


def framed(chart: Chart, language: i18n.Language, *, dark: bool) -> Chart:
    """Give the chart's figure the common look, once, before it is shared: nobody changes it afterwards."""
    if chart.figure is not None:
        chart.figure.update_layout(template=template(i18n.marks(language), dark=dark), height=chart.height)
    return chart


def draw_chart(chart: Chart, key: str, *, below: Callable[[], None] | None = None) -> None:
    """Draw it as a card. Where there is nothing to draw, the card says so. `below` draws what stands under it."""
    with st.container(border=True, height="stretch", key=f"card-chart-{key}"):
        show(_head(chart))
        if chart.figure is None:
            show(Markup('<p class="f2f-empty">{}</p>').format(t("chart.empty")))
        else:
            st.plotly_chart(
                chart.figure, theme=None, config=CONFIG, key=f"chart-{key}", alt=f"{chart.title} {chart.source}"
            )
            if below:
                below()
        show(Markup('<p class="f2f-source">{}</p>').format(pieces(chart.source)))


def pieces(words: str) -> Markup:
    """Facts joined by dots, as markup whose lines break between two facts rather than within one."""
    return Markup(" ").join(map(Markup("<span>{}</span>").format, words.split(i18n.DOT)))


def _head(chart: Chart) -> Markup:
    keys = starmap(Markup('<span><i style="background:{1}"></i>{0}</span>').format, chart.keys)
    below = Markup('<p class="f2f-keys">{}</p>').format(Markup().join(keys)) if chart.keys else ""
    return Markup('<h3 class="f2f-finding">{}</h3>{}').format(chart.title, below)
