"""Accounts: who may come in, as what, and for which body, town or enterprise."""

from dataclasses import replace

import streamlit as st

from access import admin
from access.roles import ROLES
from db.people.accounts import AccountFilter
from pages.accounts.adding import ask_for_account
from pages.accounts.row import account_row
from pages.shared import filters
from pages.shared.here import actor, store, t
from pages.shared.names import names
from pages.shared.paging import page_of
from pages.shared.rows import records, row_style

row_style()
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.title(t("page.accounts"))
    if st.button(t("accounts.add"), type="primary", icon=":material/person_add:", key="add-account"):
        ask_for_account()

states, asked = {"on": True, "off": False}, st.query_params
role = asked.get("role") if asked.get("role") in ROLES else None
wanted = AccountFilter(role, states.get(asked.get("state", "")), asked.get("text", "").strip())


def counted(active: bool | None) -> dict[str, int]:
    """How many there are of each role, the other filters applied."""
    return admin.find_accounts(store(), actor=actor(), wanted=replace(wanted, active=active), limit=0, offset=0)[1]


of_state = {code: counted(active) for code, active in states.items()}
in_role = {code: counts.get(role, 0) if role else sum(counts.values()) for code, counts in of_state.items()}
filters.search("text", t("accounts.search"), t("accounts.search_hint"))
with st.container(horizontal=True):
    filters.quick("role", t("accounts.role"), {role: t(f"role.{role}") for role in ROLES}, counted(wanted.active))
    filters.quick("state", t("accounts.state"), {state: t(f"accounts.{state}") for state in states}, in_role)
part, called = page_of(sum(in_role.values()) if wanted.active is None else in_role[asked["state"]]), names()
found, _ = admin.find_accounts(store(), actor=actor(), wanted=wanted, **part)
records("accounts", found, lambda one: account_row(one, called), t("accounts.none"), t("accounts.none_hint"))
