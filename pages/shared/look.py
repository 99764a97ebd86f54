"""The look of every chart on screen: a template of the theme's colours and type."""

from functools import cache

import plotly.graph_objects as go
import streamlit as st

from insight.drawing.colours import palette

NARROW_COOKIE = "f2f_narrow"


def is_dark() -> bool:
    """What the reader's browser shows just now."""
    return st.context.theme.type == "dark"


def room() -> str:
    """What the reader looks at, as the page said when it came (pages/web/first_head.html)."""
    return {"1": "tablet", "2": "phone"}.get(st.context.cookies.get(NARROW_COOKIE, ""), "desk")


@cache
def template(marks: str, *, dark: bool) -> go.layout.Template:
    """No inner title, no legend, no vertical grid, fixed ranges, transparent paper. `marks` are those in numbers."""
    p = palette(dark=dark)
    axis = {"fixedrange": True, "zeroline": False, "ticks": "", "color": p.quiet, "tickfont": {"size": 12}, "title": ""}
    return go.layout.Template(
        layout={
            "font": {"family": p.font, "size": 13, "color": p.text},
            "colorway": p.colorway,
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 0, "r": 4, "t": 12, "b": 4, "pad": 4},
            "showlegend": False,
            "dragmode": False,
            "bargap": 0.3,
            "bargroupgap": 0.05,
            "barcornerradius": 2,
            "separators": marks,
            "hoverlabel": {"bgcolor": p.card, "bordercolor": p.line, "font": {"size": 13, "color": p.text}},
            "xaxis": {**axis, "showgrid": False, "showline": False, "automargin": True},
            "yaxis": {**axis, "gridcolor": p.line, "nticks": 4, "automargin": True},
        }
    )
