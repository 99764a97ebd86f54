"""The economy indicators: charts of those that have a series, counters for the others."""

from collections.abc import Sequence
from html import escape

import streamlit as st

import i18n
from insight import wording
from insight.charts import Chart
from insight.economy import Indicator
from pages.parts.charts import draw_chart
from pages.parts.here import lang, t


def economy_grid(indicators: Sequence[Indicator], charts: Sequence[Chart]) -> None:
    if not indicators:
        with st.container(border=True, key="card-economy-empty"):
            st.html(f'<p class="f2f-empty">{escape(t("economy.empty"))}</p>')
        return
    with st.grid(3, min_column_width=330, gap="small", key="f2f-economy"):
        for place, chart in enumerate(charts):
            draw_chart(chart, f"economy-{place}")
        for indicator in indicators:
            if indicator.chart == "counter":
                _counter(indicator)


def _counter(indicator: Indicator) -> None:
    """A number with the day that it was counted up to."""
    point = indicator.latest
    value = "—" if point.value is None else wording.amount(point.value, indicator.unit, point.decimals, lang())
    period = wording.dated_period(indicator, point, lang())
    until = t("economy.until", day=i18n.day(point.end, lang()))
    source = t("economy.source", source=point.source, day=i18n.day(point.vintage, lang()))
    with st.container(border=True, height="stretch", key=f"card-counter-{indicator.code}"):
        st.html(
            f'<h3 class="f2f-finding">{escape(indicator.name(lang()))}</h3>'
            f'<p class="f2f-number">{escape(value)}</p>'
            f'<p class="f2f-source">{escape(period)} · {escape(until)}</p><p class="f2f-source">{escape(source)}</p>'
        )
