"""The special policies: all of them, or one with the cases it answers and the enterprises that benefited."""

import streamlit as st

import i18n
from db import policies
from db.policies import PolicyFilter
from pages.policies.detail import policy_detail
from pages.policies.forms import ask_to_add
from pages.policies.row import policy_row, policy_style
from pages.shared import filters
from pages.shared.filter_address import year_from
from pages.shared.here import actor, lang, store, t
from pages.shared.names import names
from pages.shared.paging import page_of
from pages.shared.rows import records


def series() -> None:
    """Filters, then the latest of the series first, 25 a page."""
    asked, called = st.query_params, names()
    wanted = PolicyFilter(year_from(asked), asked.get("body") or None)
    counts = store().read(lambda con: policies.counts(con, wanted))
    with st.container(horizontal=True, key="policy-filters"):
        years = {year: t("policy.in_year", year=year) for year in counts.year}
        filters.choice("year", t("policy.year"), t("policy.every_year"), years, counts.year)
        bodies = {code: called.who(code) for code in counts.body}
        filters.choice("body", t("policy.body"), t("policy.every_body"), bodies, counts.body)
    part = page_of(store().read(lambda con: policies.count(con, wanted)))
    found = store().read(lambda con: policies.find(con, actor().scope, wanted, **part))
    records("policies", found, lambda line: policy_row(line, called), t("policy.none"), t("policy.none_hint"))


policy_style()
chosen = st.query_params.get("policy")
if chosen:
    policy_detail(chosen)
else:
    reach = store().read(policies.reach)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(t("page.policies"))
        adds = actor().may("edit_policy")
        if adds and st.button(t("policy.add"), type="primary", icon=":material/add:", key="policy-add"):
            ask_to_add()
    st.caption(t("policy.lead", **{name: i18n.number(n, lang()) for name, n in vars(reach).items()}))
    series()
