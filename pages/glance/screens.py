"""Large screens that show the glance: give one a link, take it back."""

import streamlit as st

import i18n
from access.screens import live_screens, open_screen, revoke_screen
from db import clock
from pages.shared.address import full_address
from pages.shared.asking import attempt
from pages.shared.here import actor, lang, now, store, t
from pages.shared.links import here_link
from pages.shared.rows import cell, empty, row, row_style, secret, strong

viewer = actor()
row_style()
st.title(t("page.screens"))
st.markdown(t("screens.lead"))
here_link(t("screens.look"), "/screen")
with st.form("screen", enter_to_submit=False):
    place = st.text_input(t("screens.place"), max_chars=60, key="screen-place", placeholder=t("screens.example"))
    if st.form_submit_button(t("screens.open"), type="primary", key="screen-open"):
        token = attempt(lambda: open_screen(store(), actor=viewer, place=place, at=now()))
        if token:
            st.markdown(t("screens.once"))
            secret(full_address(f"/screen-link/{token}"))

found = live_screens(store(), actor=viewer)
if not found:
    empty(t("screens.none"), t("screens.none_hint"))
for link in found:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"card-screen-{link.id}"):
        since = t("screens.since", time=i18n.moment(clock.local(link.created_at), lang()))
        row("screen", [strong(link.place), cell(since)])
        if st.button(t("screens.revoke"), key=f"screen-revoke-{link.id}"):
            revoke_screen(store(), actor=viewer, link_id=link.id, at=now())
            st.rerun()
