"""What somebody sees at the address of a page that is not theirs."""

from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from pages.shared.here import t
from pages.shared.links import here_link


def denied(*, signed_in: bool) -> None:
    """Says so, and offers the way on: a link from a message leads to its case after signing in."""
    st.title(t("denied.title"))
    if signed_in:  # the way to another account is the header's: sign out
        st.markdown(t("denied.other_role"))
        here_link(t("header.home"), "/", primary=True)
    else:
        st.markdown(t("denied.sign_in_first"))
        here_link(t("header.sign_in"), f"/sign-in?next={quote(_wanted(), safe='')}", primary=True)


def _wanted() -> str:
    """The address that was asked for, on this site."""
    asked = urlencode(st.query_params.to_dict())
    return (urlsplit(st.context.url or "").path or "/") + (f"?{asked}" if asked else "")
