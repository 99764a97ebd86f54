"""The economy indicators with their numbers, or what to do while there are none."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from insight.drawing.charts import Brush, Chart
from insight.economy.published import Indicator
from insight.economy.tables import numbers
from pages.shared.chart_table import chart_table
from pages.shared.charts import draw_chart
from pages.shared.here import t
from pages.shared.markup import Markup, show

COLUMNS = ("period", "value", "yoy", "status")


def economy_grid(found: Sequence[Indicator], charts: Sequence[Chart], brush: Brush) -> None:
    """A chart an indicator, in the same order."""
    if not charts:
        with st.container(border=True, key="card-economy-empty"):
            show(Markup('<p class="f2f-empty">{}</p>').format(t("economy.empty")))
        return
    names = [t(f"import.field.{name}") for name in COLUMNS]
    with st.grid(3, min_column_width=330, gap="small", key="f2f-economy"):
        for place, (indicator, chart) in enumerate(zip(found, charts, strict=True)):
            rows = [row[: len(COLUMNS)] for row in numbers(indicator, brush)]
            draw_chart(chart, f"economy-{place}", below=partial(chart_table, names, rows))
