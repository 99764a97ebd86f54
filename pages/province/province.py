"""Districts side by side: one figure in every district that shows it, its past, its definition; then all figures."""

import os

import streamlit as st

import i18n
from db.files import Away
from insight.citing.said import say
from insight.drawing.charts import Brush, CodeNames
from insight.drawing.colours import palette
from insight.glance.picture import ROOMS
from insight.province.charts import multiples
from insight.province.sent import DistrictFigures, received
from insight.province.side_by_side import keys, periods, side_by_side, usual_period
from pages.province.compared import definition, districts
from pages.province.tables import all_figures, senders
from pages.shared.charts import draw_chart, framed
from pages.shared.here import actor, lang, now, t
from pages.shared.leader_page import leader_style, section
from pages.shared.look import is_dark, room
from pages.shared.style import style


def sent_here() -> list[DistrictFigures]:
    place = os.environ.get("FIGURES_FROM", "")
    try:
        return received(place) if place else []
    except Away:
        st.error(t("province.away"))
        st.stop()


def chosen(found: list[DistrictFigures]) -> str:
    """The address carries it: `?i=cases:settled_share`."""
    known, asked = keys(found), st.query_params.get("i", "")
    names = {key: next(say(one.figures[key].said.name, lang()) for one in found if key in one.figures) for key in known}
    place = known.index(asked) if asked in known else 0
    key = st.selectbox(t("province.which"), known, index=place, format_func=names.__getitem__)
    if key != asked:
        st.query_params["i"] = key
    return key


actor().must("see_province")
leader_style()
style("province/province")
st.title(t("page.province"))
found = sent_here()
if not keys(found):
    st.info(t("province.none"))
    senders(found)
    st.stop()
st.markdown(t("province.lead", n=sum(not one.fault for one in found)))
with st.container(horizontal=True, vertical_alignment="bottom", key="province-choice"):
    key = chosen(found)
    usual, ends = usual_period(found, key), periods(found, key)
    offered = [usual, *(end for end in ends if end != usual)]
    words = {end: i18n.month(end, lang()) if end else t("province.newest") for end in offered}
    period = st.selectbox(t("province.period"), offered, format_func=words.__getitem__, key=f"province-period-{key}")
one = side_by_side(found, key, period, now())
brush = Brush(palette(dark=is_dark()), CodeNames(), lang())
districts(one)
view = ROOMS["sheet" if room() == "desk" else room()]
draw_chart(framed(multiples(one, brush, view), lang(), dark=is_dark()), f"province-{key}")
definition(one)
section(t("province.all"))
all_figures(found, key)
section(t("province.senders"))
senders(found)
