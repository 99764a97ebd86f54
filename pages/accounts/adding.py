"""The dialog that adds an account."""

from functools import partial
from uuid import uuid4

import streamlit as st

from access import admin
from pages.accounts import shown_once
from pages.accounts.fields import account_fields
from pages.shared.asking import ask, attempt, by
from pages.shared.here import store, t


def ask_for_account() -> None:
    shown_once.forget()
    ask(t("accounts.add"), partial(_add, str(uuid4())))


def _add(account_id: str) -> None:
    """The form; once the account is there, its password in the form's place."""
    if shown_once.told():
        return
    login = st.text_input(t("accounts.login"), key="new-login", max_chars=40)
    st.caption(t("accounts.login_help"))  # a question mark would have the focus, and its words cover the title
    name, role, where = account_fields("new", None)
    if st.button(t("accounts.add"), type="primary", key="new-save"):
        new = partial(admin.add_account, store(), account_id=account_id, login=login, name=name)
        shown_once.tell(attempt(lambda: new(role=role, place=where, **by())))
