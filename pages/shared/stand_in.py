"""For whom this person stands in today: said where their work is listed."""

import streamlit as st

from access.actor import Actor
from db.people import accounts
from pages.shared.here import actor, store, t
from pages.shared.plain import letters


def stood_for(who: Actor) -> dict[str, str]:
    """Id → name of those in whose place they are."""
    return (
        store().read(lambda con: {one: accounts.name_of(con, one) for one in who.stands_for}) if who.stands_for else {}
    )


def stands_for_line() -> None:
    """Nothing for whoever stands in for nobody."""
    if names := stood_for(actor()).values():
        st.info(t("stand_in.now", names=letters(t("desk.comma").join(names))), icon=":material/group:")
