"""The roster of service officers: whom each looks after, and who has not been heard or visited for long."""

import streamlit as st

from casework.cases.supervision import officers
from db import clock
from pages.shared import filters
from pages.shared.filter_address import view_from
from pages.shared.here import actor, now, store, t
from pages.shared.names import names
from pages.shared.rows import PAGE, empty, page_of, row_style
from pages.shared.style import style
from pages.today.officer_rows import officer_row

row_style()
style("today/supervision")
me, today, called = actor(), clock.day_of(now()), names()
words, page = st.query_params.get("text", "")[:100], view_from(st.query_params)[1]
found, total = officers(store(), actor=me, words=words, page=page, size=PAGE, today=today)

st.title(t("officers.title"), anchor=False)
st.caption(t("officers.order"))
filters.search("text", t("officers.find"), t("officers.find_hint"))
page_of(total)
if not found:
    empty(t("officers.none"), t("officers.none_hint"))
else:
    with st.container(key="list-officers", gap=None):
        for one in found:
            officer_row(one, called, today)
