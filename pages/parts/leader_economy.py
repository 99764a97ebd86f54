"""The economy indicators, or what to do while there are none."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from insight.charts import Chart
from pages.parts.charts import draw_chart
from pages.parts.here import t


def economy_grid(charts: Sequence[Chart]) -> None:
    if not charts:
        with st.container(border=True, key="card-economy-empty"):
            st.html(f'<p class="f2f-empty">{escape(t("economy.empty"))}</p>')
        return
    with st.grid(3, min_column_width=330, gap="small", key="f2f-economy"):
        for place, chart in enumerate(charts):
            draw_chart(chart, f"economy-{place}")
