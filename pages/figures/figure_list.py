"""All figures with their values and what they mean, to choose one of."""

from collections.abc import Mapping, Sequence

import streamlit as st

from insight.measures import Measure
from pages.figures.card import foot_of, number_of
from pages.shared.here import t
from pages.shared.markup import Markup, show


def figure_list(found: Mapping[str, Measure], codes: Sequence[str]) -> str:
    """Every figure with its value; the code of the one whose rows are wanted."""
    line = Markup('<div><dt>{}</dt><dd>{}<span class="f2f-small">{}</span></dd><dd class="f2f-means">{}</dd></div>')
    shown = ((t(f"figure.{code}.name"), found[code], t(f"figure.{code}.definition")) for code in codes)
    lines = Markup().join(line.format(name, number_of(one), foot_of(one), means) for name, one, means in shown)
    show(Markup('<dl class="f2f-list">{}</dl>').format(lines))
    return st.selectbox(
        t("figures.choose"), list(found), key="figure-code", format_func=lambda code: t(f"figure.{code}.name")
    )
