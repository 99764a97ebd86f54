"""For whom this person stands in today: said where their work is listed."""

import streamlit as st

from access.actor import Actor
from db.people import accounts
from db.sql import Connection
from pages.shared.here import actor, kept, t
from pages.shared.names import people
from pages.shared.plain import letters


def stood_for(who: Actor) -> dict[str, str]:
    """Id → name of those in whose place they are."""
    return people(kept(_names, who.stands_for))


def _names(con: Connection, ids: tuple[str, ...]) -> dict[str, str]:
    return {one: accounts.name_of(con, one) for one in ids}


def stands_for_line() -> None:
    """Nothing for whoever stands in for nobody."""
    if names := stood_for(actor()).values():
        st.info(t("stand_in.now", names=letters(t("desk.comma").join(names))), icon=":material/group:")
