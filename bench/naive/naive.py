"""What the bench compares with: a dashboard as the tutorial writes it, six charts over 100,000 rows."""

import numpy as np
import pandas as pd
import plotly.express as px
import streamlit as st

ROWS = 100_000


@st.cache_data
def load() -> pd.DataFrame:
    chance = np.random.default_rng(7)
    return pd.DataFrame(
        {
            "day": pd.Timestamp("2020-01-01") + pd.to_timedelta(chance.integers(0, 1500, ROWS), unit="D"),
            "sector": chance.choice([f"C{i}" for i in range(13, 43)], ROWS),
            "town": chance.choice([f"Town {i}" for i in range(16)], ROWS),
            "state": chance.choice(["open", "settled", "closed"], ROWS),
            "days": chance.gamma(4, 3, ROWS),
            "score": chance.normal(70, 15, ROWS),
        }
    )


st.title("A naive dashboard")
rows = load()
town = st.selectbox("Town", ["All", *sorted(rows.town.unique())])
if town != "All":
    rows = rows[rows.town == town]

names = ("Cases", "Settled", "Days", "Score", "Sectors", "Towns", "Open", "Closed")
share = rows.state.value_counts(normalize=True)
values = (len(rows), share["settled"], rows.days.mean(), rows.score.mean(), rows.sector.nunique(), rows.town.nunique(),
          share["open"], share["closed"])  # fmt: skip
for column, name, value in zip(st.columns(8), names, values, strict=True):
    column.metric(name, f"{value:.1f}")

rows = rows.assign(month=rows.day.dt.to_period("M").dt.to_timestamp())
left, right = st.columns(2)
left.plotly_chart(
    px.bar(rows.groupby(["month", "state"]).agg(n=("days", "size")).reset_index(), x="month", y="n", color="state")
)
right.plotly_chart(
    px.line(rows.groupby(["month", "sector"]).days.mean().reset_index(), x="month", y="days", color="sector")
)
left.plotly_chart(
    px.bar(rows.groupby("sector").agg(n=("days", "size")).reset_index(), x="n", y="sector", orientation="h")
)
right.plotly_chart(px.box(rows.sample(5000, random_state=1), x="town", y="days"))
left.plotly_chart(
    px.density_heatmap(rows.groupby(["sector", "town"]).score.mean().reset_index(), x="sector", y="town", z="score")
)
right.plotly_chart(px.pie(rows.groupby("state").agg(n=("days", "size")).reset_index(), values="n", names="state"))
