"""One's own password."""

import streamlit as st

from access.own_password import change_own_password
from access.passwords import SHORTEST
from db.refused import Refused
from pages.shared.asking import attempt, by
from pages.shared.here import SESSION_COOKIE, store, t

st.title(t("page.password"))
st.caption(t("password.lead"))
with st.form("password", clear_on_submit=False, enter_to_submit=False, width=480):
    current = st.text_input(t("password.current"), type="password", autocomplete="current-password", max_chars=200)
    new = st.text_input(
        t("password.new", shortest=SHORTEST), type="password", autocomplete="new-password", max_chars=200
    )
    again = st.text_input(t("password.again"), type="password", autocomplete="new-password", max_chars=200)
    pressed = st.form_submit_button(t("password.save"), type="primary")


def change() -> bool:
    if new != again:
        raise Refused("password_differs")
    token, address = st.context.cookies.get(SESSION_COOKIE, ""), st.context.ip_address or "unknown"
    change_own_password(store(), current=current, new=new, token=token, address=address, **by())
    return True


if pressed and attempt(change):
    st.success(t("password.saved"), icon=":material/check:")
