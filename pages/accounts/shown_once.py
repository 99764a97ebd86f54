"""What an administrator hands on and never sees again: a new account's password, or the link that sets one."""

import streamlit as st

from access.admin import Issued
from pages.shared.address import full_address
from pages.shared.here import t
from pages.shared.plain import letters
from pages.shared.rows import secret

_ISSUED = "account-issued"  # a new account with its password, or the token of a link


def tell(issued: Issued | str | None) -> None:
    """Draw the dialog anew with this alone: what is drawn below a form that has gone keeps its buttons."""
    if issued:
        st.session_state[_ISSUED] = issued
        st.rerun(scope="fragment")


def told() -> bool:
    """Whether it stands there instead of the form: until it is closed, or another dialog opens."""
    issued = st.session_state.get(_ISSUED)
    if issued is None:
        return False
    if isinstance(issued, Issued):
        _password(issued)
    else:
        _link(issued)
    if st.button(t("asking.done"), type="primary", key="password-done"):
        forget()
        st.rerun()
    return True


def forget() -> None:
    st.session_state.pop(_ISSUED, None)


def _password(issued: Issued) -> None:
    st.success(t("accounts.is_there", login=letters(issued.account.login)), icon=":material/check:")
    if issued.password is None:
        st.text(t("accounts.already"))
    else:
        st.text(t("accounts.password_once"))
        secret(issued.password)


def _link(token: str) -> None:
    st.text(t("accounts.link_once"))
    secret(full_address(f"/reset/{token}"))
