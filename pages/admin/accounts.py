"""Accounts: who may come in, as what, and for which body, town or enterprise."""

import streamlit as st

from access import admin
from access.roles import ROLES
from db.accounts import AccountFilter
from pages.parts.account_forms import account_row, ask_for_account
from pages.parts.here import actor, store, t
from pages.parts.rows import PAGE, empty, page_of, row_style

row_style()
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.title(t("page.accounts"))
    if st.button(t("accounts.add"), type="primary", icon=":material/person_add:", key="add-account"):
        ask_for_account()

with st.container(horizontal=True, vertical_alignment="bottom"):
    text = st.text_input(
        t("accounts.search"), key="account_text", placeholder=t("accounts.search_hint"), bind="query-params", width=320
    )
    shown = st.segmented_control(
        t("accounts.state"),
        ["on", "off"],
        format_func=lambda state: t(f"accounts.{state}"),
        key="account_state",
        bind="query-params",
    )
active = {"on": True, "off": False}.get(shown or "")
anybody = AccountFilter(active=active, text=(text or "").strip())
_, counts = admin.find_accounts(store(), actor=actor(), wanted=anybody, limit=0, offset=0)
role = st.pills(
    t("accounts.role"),
    ROLES,
    format_func=lambda role: f"{t(f'role.{role}')} {counts.get(role, 0)}",
    key="account_role",
    bind="query-params",
    label_visibility="collapsed",
)
wanted = AccountFilter(role=role, active=active, text=anybody.text)
page = page_of(counts.get(role, 0) if role else sum(counts.values()), key="account_page")
found, _ = admin.find_accounts(store(), actor=actor(), wanted=wanted, limit=PAGE, offset=(page - 1) * PAGE)

if not found:
    empty(t("accounts.none"), t("accounts.none_hint"))
else:
    with st.container(key="list-accounts", gap=None):
        for account in found:
            account_row(account)
