"""All green channels: what waits for its decision first."""

from collections.abc import Sequence

import streamlit as st

import i18n
from db.plans.green_channel import GreenLine
from pages.plans.green_panel import decision_buttons, green_markup
from pages.shared.here import lang, t
from pages.shared.markup import show
from pages.shared.paging import part_of
from pages.shared.rows import empty, strong


def green_list(lines: Sequence[GreenLine]) -> None:
    st.caption(t("green.lead"))
    if not lines:
        empty(t("green.empty"), t("green.empty_hint"))
        return
    for line in part_of(lines):
        with st.container(key=f"card-green-{line.channel.id}", border=True, gap="xsmall"):
            show(strong(line.title, quiet=i18n.DOT.join((line.number, line.enterprise(lang())))))
            show(green_markup(line))
            decision_buttons(line.channel)
            label = t("plan.to_case", number=line.number)
            st.page_link("desk/desk.py", label=label, query_params={"case": line.channel.case_id})
