"""The forum series: whose turn it is, all forums, and one of them with who came and what was raised."""

import streamlit as st

from db.forums import forums
from db.forums.forums import ForumFilter
from pages.forums.detail import forum_detail
from pages.forums.forms import ask_to_plan
from pages.forums.invited import STARTED
from pages.forums.rota_bars import rota_bars
from pages.forums.row import forum_row, forum_style
from pages.shared import filters
from pages.shared.filter_address import year_from
from pages.shared.here import actor, store, t
from pages.shared.names import names
from pages.shared.paging import page_of
from pages.shared.rows import records


def series() -> None:
    """Filters, then the planned ones and the series, 25 a page."""
    asked, called = st.query_params, names()
    wanted = ForumFilter(year_from(asked), asked.get("sector") or None, asked.get("host") or None)
    counts = store().read(lambda con: forums.counts(con, wanted))
    years = {year: t("forum.in_year", year=year) for year in counts.year}
    sectors = {code: called.sector.get(code, code) for code in sorted(counts.sector)}
    with st.container(horizontal=True, key="forum-filters"):
        filters.choice("year", t("forum.year"), t("forum.every_year"), years, counts.year)
        filters.choice("sector", t("forum.sector"), t("forum.every_sector"), sectors, counts.sector)
        hosts = {code: called.who(code) for code in counts.host}
        filters.choice("host", t("forum.host"), t("forum.every_host"), hosts, counts.host)
    part = page_of(store().read(lambda con: forums.count(con, wanted)))
    found = store().read(lambda con: forums.find(con, actor().scope, wanted, **part))
    records("forums", found, lambda line: forum_row(line, called), t("forum.none"), t("forum.none_hint"))


forum_style()
chosen = st.query_params.get("forum")
if chosen:
    forum_detail(chosen)
else:
    st.session_state.pop(STARTED, None)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(t("page.forums"))
        if actor().may("plan_forum") and st.button(
            t("forum.plan"), type="primary", icon=":material/add:", key="plan-forum"
        ):
            ask_to_plan()
    rota_bars()
    series()
