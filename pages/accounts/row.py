"""An account as a row: who it is, what for, whether it can sign in."""

import streamlit as st

from db.people import enterprises as register
from db.people.accounts import Account
from pages.accounts.changing import ask_to_change
from pages.shared.here import actor, lang, store, t
from pages.shared.markup import Markup
from pages.shared.names import Names, person
from pages.shared.rows import cell, row, strong


def account_row(account: Account, called: Names) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key=f"row-{account.id}"):
        who, role = strong(person(account.name), quiet=account.login), cell(t(f"role.{account.role}"))
        row("accounts", [who, role, *_standing(account, called)])
        if st.button(t("accounts.change"), key=f"change-{account.id}", type="tertiary", icon=":material/edit:"):
            ask_to_change(account)


def _standing(account: Account, called: Names) -> list[Markup]:
    if not account.active:
        state = cell(t("accounts.off"), style="f2f-dot")
    elif account.password_hash is None:
        state = cell(t("accounts.known_only"), style="f2f-dot f2f-late")
    else:
        state = cell(t("accounts.on"), style="f2f-dot f2f-on")
    return [cell(_place_name(account, called)), state]


def _place_name(account: Account, called: Names) -> str:
    if account.enterprise_id is None:
        return called.who(account.body_code or account.town_code)
    found = store().read(lambda con: register.get(con, actor().enterprise_scope, account.enterprise_id or ""))
    return found.say(lang()) if found else account.enterprise_id
