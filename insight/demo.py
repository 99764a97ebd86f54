"""What the demonstration's staff published: its records come from `db`, which knows nothing of estimates."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import uuid4

from access.entrance import actor_of
from db import clock
from db.figures import citations
from db.people import accounts
from db.refused import Refused
from db.sql import Connection
from db.store import Store
from db.survey import estimates as stored
from db.survey.estimates import Published
from db.survey.surveys import Wave
from db.system import settings
from insight.citing.citing import cite, show_everybody
from insight.survey.publishing import PARTS, publish_results

STAFF = "staff"  # whose account the demonstration has
WAVES = 2
FIGURES = (("cases", "issues"), ("cases", "settled_share"), ("economy", "exports"), ("economy", "gdp"))
MONTH = timedelta(days=30)


def publish_demo(store: Store, *, at: datetime) -> list[Published]:
    """The newest closed waves, the older first. Nothing where the store is no demonstration, or ever published any."""
    staff = store.read(lambda con: accounts.by_login(con, STAFF))
    if staff is None:
        return []
    return [
        publish_results(store, actor=actor_of(staff), form_id=str(uuid4()), wave_id=wave.id, parts=PARTS, at=at)
        for wave in store.read(lambda con: _waves(con, at))
    ]


def show_demo(store: Store, *, at: datetime) -> list[str]:
    """A few public figures, each cited today and, of cases, of a month ago. Nothing where any was ever cited."""
    staff = store.read(lambda con: accounts.by_login(con, STAFF))
    if staff is None or not store.read(lambda con: settings.district(con).demo) or store.read(citations.any_made):
        return []
    actor, made = actor_of(staff), list[str]()
    for kind, code in FIGURES:
        days = [clock.day_of(at) - MONTH, clock.day_of(at)] if kind == "cases" else [clock.day_of(at)]
        with suppress(Refused):  # a figure without numbers
            made += [cite(store, kind=kind, code=code, as_of=day, actor=actor, at=at).path for day in days]
            show_everybody(store, kind=kind, code=code, actor=actor, at=at)
    return made


def _waves(con: Connection, at: datetime) -> list[Wave]:
    closed = stored.closed_waves(con, at)
    if not settings.district(con).demo or any(stored.versions(con, wave.id) for wave in closed):
        return []
    return closed[:WAVES][::-1]
