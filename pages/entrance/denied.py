"""What somebody sees at the address of a page that is not theirs, or was another's until now."""

from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from access.actor import Actor
from pages.shared.here import t
from pages.shared.links import here_link
from pages.shared.names import person
from pages.shared.plain import letters


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


def changed_hands(actor: Actor | None, path: str) -> None:
    """After somebody else came in from the same browser: nothing of either, and the way on."""
    with st.container(key="changed-hands"):
        st.title(t("changed_hands.title"), anchor=False)
        st.markdown(_who_is_here(actor))
        st.markdown(t("changed_hands.kept"))
        here_link(t("changed_hands.open"), f"/{path}", primary=True)


def _who_is_here(actor: Actor | None) -> str:
    if actor is None:
        return t("changed_hands.nobody")
    return t("changed_hands.somebody", name=letters(person(actor.name))) if actor.name else t("changed_hands.another")
