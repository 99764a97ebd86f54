"""Results for the hotline: what came of its orders in some days."""

from datetime import timedelta

import streamlit as st

from casework.hotline.files import results_file, with_news
from db import clock
from db.hotline import RESULTS
from pages.hotline.files import files_made, make_button
from pages.hotline.handed import case_line
from pages.imports.findings import SHOWN, cut_short, lines
from pages.shared.asking import by
from pages.shared.choices import pick_day
from pages.shared.here import actor, now, store, t
from pages.shared.rows import empty

WEEK = timedelta(days=6)


def results() -> None:
    st.caption(t("hotline.results_lead"))
    today = clock.day_of(now())
    with st.container(horizontal=True, vertical_alignment="bottom", key="hotline-period"):
        since = pick_day(t("hotline.since"), value=today - WEEK, key="hotline-since")
        until = pick_day(t("hotline.until"), value=today, key="hotline-until")
    found = with_news(store(), actor=actor(), since=since, until=until)
    if found:
        lines("order", [case_line(case) for case in found[:SHOWN]])
        cut_short(len(found))
        days = {"since": since, "until": until}
        make_button(RESULTS, len(found), lambda file_id: results_file(store(), file_id=file_id, **days, **by()))
    else:
        empty(t("hotline.results_none"), t("hotline.results_none_hint"))
    files_made(RESULTS)
