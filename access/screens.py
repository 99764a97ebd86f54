"""Large screens: whoever runs the programme gives one a link, and takes it back."""

from datetime import datetime
from uuid import uuid4

from access.actor import Actor
from access.tokens import hashed, new_token
from access.typed import one_line
from access.verbs import writes
from db.people import screens
from db.people.screens import ScreenLink
from db.refused import Refused
from db.sql import Connection
from db.store import Store

LONGEST = 60


def open_screen(store: Store, *, actor: Actor, place: str, at: datetime) -> str:
    """The link's token, shown this once. Raises Refused('screen_place')."""
    actor.must("edit_screen")
    place = one_line(place)
    if not 1 <= len(place) <= LONGEST:
        raise Refused("screen_place", most=LONGEST)
    token = new_token()
    link = ScreenLink(str(uuid4()), hashed(token), place, actor.id, at)
    store.write(lambda con: screens.add(con, link, role=actor.role))
    return token


@writes("edit_screen")
def revoke_screen(con: Connection, *, actor: Actor, link_id: str, at: datetime) -> None:
    """Its screen shows nothing more from its next look."""
    screens.revoke(con, link_id, actor_id=actor.id, role=actor.role, at=at)


def live_screens(store: Store, *, actor: Actor) -> list[ScreenLink]:
    actor.must("edit_screen")
    return store.read(screens.live)
