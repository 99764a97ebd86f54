"""One frame for every chart on screen: the finding as its title, what the colours mean, the chart, its source."""

from collections.abc import Callable
from html import escape

import streamlit as st

import i18n
from insight.drawing.charts import Chart
from pages.shared.here import t
from pages.shared.look import template
from pages.shared.markup import markup

CONFIG = {"displayModeBar": False, "scrollZoom": False, "showAxisDragHandles": False, "doubleClick": False}


def framed(chart: Chart, *, dark: bool) -> Chart:
    """Give the chart's figure the common look, once, before it is shared: nobody changes it afterwards."""
    if chart.figure is not None:
        chart.figure.update_layout(template=template(dark=dark), height=chart.height)
    return chart


def draw_chart(chart: Chart, key: str, *, below: Callable[[], None] | None = None) -> None:
    """Draw it as a card. Where there is nothing to draw, the card says so. `below` draws what stands under it."""
    with st.container(border=True, height="stretch", key=f"card-chart-{key}"):
        markup(_head(chart))
        if chart.figure is None:
            st.html(f'<p class="f2f-empty">{escape(t("chart.empty"))}</p>')
        else:
            st.plotly_chart(
                chart.figure, theme=None, config=CONFIG, key=f"chart-{key}", alt=f"{chart.title} {chart.source}"
            )
            if below:
                below()
        st.html(f'<p class="f2f-source">{pieces(chart.source)}</p>')


def pieces(words: str) -> str:
    """Facts joined by dots, as markup whose lines break between two facts rather than within one."""
    return " ".join(f"<span>{escape(part)}</span>" for part in words.split(i18n.DOT))


def _head(chart: Chart) -> str:
    keys = "".join(
        f'<span><i style="background:{escape(colour)}"></i>{escape(word)}</span>' for word, colour in chart.keys
    )
    return f'<h3 class="f2f-finding">{escape(chart.title)}</h3>' + (f'<p class="f2f-keys">{keys}</p>' if keys else "")
