"""The dialogs that add and change an account."""

from functools import partial
from uuid import uuid4

import streamlit as st

import i18n
from access import admin, second_factor, sessions
from access.admin import PLACES, Belonging, Issued
from access.roles import CODE_ROLES, ROLES
from db import clock
from db.people.accounts import Account
from db.system import settings
from pages.shared.asking import ask, attempt, by, save
from pages.shared.choices import choose, enterprises, names
from pages.shared.here import actor, lang, store, t
from pages.shared.plain import letters
from pages.shared.rows import secret

_ISSUED = "account-issued"  # a new account with its password, or the address that sets one


def ask_for_account() -> None:
    _forget()
    ask(t("accounts.add"), partial(_add, str(uuid4())))


def _add(account_id: str) -> None:
    """The form; once the account is there, its password in the form's place."""
    if _told():
        return
    login = st.text_input(t("accounts.login"), key="new-login", max_chars=40)
    st.caption(t("accounts.login_help"))  # a question mark would have the focus, and its words cover the title
    name, role, where = _asked("new", None)
    if st.button(t("accounts.add"), type="primary", key="new-save"):
        new = partial(admin.add_account, store(), account_id=account_id, login=login, name=name)
        _tell(attempt(lambda: new(role=role, place=where, **by())))


def ask_to_change(account: Account) -> None:
    _forget()
    ask(t("accounts.change_title"), partial(_change, account))


def _change(account: Account) -> None:
    if _told():
        return
    st.text(t("accounts.login_is", login=account.login))
    name, role, where = _asked(account.id, account)
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
        token = attempt(lambda: admin.reset_password(store(), **by(), **known))
        _tell(f"{store().read(settings.public_url)}/reset/{token}" if token else None)
    _signed_in(account)
    if account.role in CODE_ROLES and store().read(settings.second_factor):
        st.caption(t("second.forget_hint"))
        if st.button(t("second.forget"), key="edit-forget-factor"):
            save(lambda: second_factor.forget_factor(store(), account_id=account.id, **by()))


def _signed_in(account: Account) -> None:
    """Where, and the way to end it all."""
    held = sessions.sessions_of(store(), account_id=account.id, **by())
    if not held:
        return
    st.text(t("sessions.of", n=len(held), seen=i18n.moment(clock.local(held[0].seen), lang())))
    if st.button(t("sessions.end_all"), key="edit-end-sessions"):
        save(lambda: sessions.end_sessions(store(), account_id=account.id, **by()))


def _tell(issued: Issued | str | None) -> None:
    """Draw the dialog anew with the password alone: what is drawn below a form that has gone keeps its buttons."""
    if issued:
        st.session_state[_ISSUED] = issued
        st.rerun(scope="fragment")


def _told() -> bool:
    """Whether the password stands there instead of the form: until it is closed, or another dialog opens."""
    issued = st.session_state.get(_ISSUED)
    if issued:
        _show_link(issued) if isinstance(issued, str) else _show_password(issued)
    return issued is not None


def _forget() -> None:
    st.session_state.pop(_ISSUED, None)


def _asked(key: str, account: Account | None) -> tuple[str, str, Belonging]:
    """Name, role, and the place that this role asks for."""
    name = st.text_input(t("accounts.name"), value=account.name if account else "", key=f"{key}-name", max_chars=60)
    roles = {role: t(f"role.{role}") for role in ROLES}
    role = choose(t("accounts.role"), roles, key=f"{key}-role", value=account.role if account else None) or ""
    field, required = PLACES.get(role, ("", False))
    if not field:
        return name or "", role, Belonging()
    offered = {
        "body_code": lambda: names("body", active_only=True),
        "town_code": lambda: names("town", active_only=True),
        "enterprise_id": lambda: enterprises(actor()),
    }[field]()
    label = t(f"accounts.{field}") if required else t(f"accounts.{field}_optional")
    chosen = choose(label, offered, key=f"{key}-{field}", value=getattr(account, field) if account else None)
    return name or "", role, Belonging(**{field: chosen})


def _show_password(issued: Issued) -> None:
    st.success(t("accounts.is_there", login=letters(issued.account.login)), icon=":material/check:")
    if issued.password is None:
        st.text(t("accounts.already"))
    else:
        st.text(t("accounts.password_once"))
        secret(issued.password)
    _done()


def _show_link(link: str) -> None:
    st.text(t("accounts.link_once"))
    secret(link)
    _done()


def _done() -> None:
    if st.button(t("asking.done"), type="primary", key="password-done"):
        _forget()
        st.rerun()
