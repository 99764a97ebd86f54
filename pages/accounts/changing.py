"""The dialog that changes an account: what it is, whether it lets in, where it is signed in."""

from functools import partial

import streamlit as st

import i18n
from access import admin, second_factor, sessions
from access.entrance import code_asked
from db import clock
from db.people.accounts import Account
from pages.accounts import shown_once
from pages.accounts.fields import account_fields
from pages.shared.asking import ask, attempt, by, save
from pages.shared.here import lang, store, t


def ask_to_change(account: Account) -> None:
    shown_once.forget()
    ask(t("accounts.change_title"), partial(_change, account))


def _change(account: Account) -> None:
    if shown_once.told():
        return
    st.text(t("accounts.login_is", login=account.login))
    name, role, where = account_fields(f"account-{account.id}", account)
    with st.container(horizontal=True):
        pressed = st.button(t("accounts.save"), type="primary", key="edit-save")
        reset = st.button(t("accounts.reset"), key="edit-reset", icon=":material/key:")
        turn = st.button(t("accounts.disable" if account.active else "accounts.enable"), key="edit-turn")
    if account.active:
        st.caption(t("accounts.disable_hint"))
    known = {"account_id": account.id, "seen": account.seq}
    if pressed:
        save(lambda: admin.change_account(store(), name=name, role=role, place=where, **by(), **known))
    if turn:
        turned = admin.disable_account if account.active else admin.enable_account
        save(lambda: turned(store(), **by(), **known))
    if reset:
        shown_once.tell(attempt(lambda: admin.reset_password(store(), **by(), **known)))
    _signed_in(account)
    _authenticator(account)


def _signed_in(account: Account) -> None:
    """Where, and the way to end it all."""
    held = sessions.sessions_of(store(), account_id=account.id, **by())
    if not held:
        return
    st.text(t("sessions.of", n=len(held), seen=i18n.moment(clock.local(held[0].seen), lang())))
    if st.button(t("sessions.end_all"), key="edit-end-sessions"):
        save(lambda: sessions.end_sessions(store(), account_id=account.id, **by()))


def _authenticator(account: Account) -> None:
    """Of whom a code is asked: the way to forget a lost device."""
    if not store().read(lambda con: code_asked(con, account)):
        return
    st.caption(t("second.forget_hint"))
    if st.button(t("second.forget"), key="edit-forget-factor"):
        save(lambda: second_factor.forget_factor(store(), account_id=account.id, **by()))
