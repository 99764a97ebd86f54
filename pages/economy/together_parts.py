"""The economy indicators with their numbers, or what to do while there are none."""

from collections.abc import Sequence

import streamlit as st

from pages.shared.charts import FramedChart, draw_chart
from pages.shared.here import t
from pages.shared.markup import Markup, show


def economy_grid(charts: Sequence[FramedChart]) -> None:
    """A chart an indicator, each with its numbers."""
    if not charts:
        with st.container(border=True, key="card-economy-empty"):
            show(Markup('<p class="f2f-empty">{}</p>').format(t("economy.empty")))
        return
    with st.grid(3, min_column_width=330, gap="small", key="f2f-economy"):
        for place, chart in enumerate(charts):
            draw_chart(chart, f"economy-{place}")
