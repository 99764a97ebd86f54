"""What the demonstration's staff published: its records come from `db`, which knows nothing of estimates."""

from datetime import datetime
from uuid import uuid4

from access.entrance import actor_of
from db.people import accounts
from db.sql import Connection
from db.store import Store
from db.survey import estimates as stored
from db.survey.estimates import Published
from db.survey.surveys import Wave
from db.system import settings
from insight.survey.publishing import PARTS, publish_results

STAFF = "staff"  # whose account the demonstration has
WAVES = 2


def publish_demo(store: Store, *, at: datetime) -> list[Published]:
    """The newest closed waves, the older first. Nothing where the store is no demonstration, or ever published any."""
    staff = store.read(lambda con: accounts.by_login(con, STAFF))
    if staff is None:
        return []
    return [
        publish_results(store, actor=actor_of(staff), form_id=str(uuid4()), wave_id=wave.id, parts=PARTS, at=at)
        for wave in store.read(lambda con: _waves(con, at))
    ]


def _waves(con: Connection, at: datetime) -> list[Wave]:
    closed = stored.closed_waves(con, at)
    if not settings.district(con).demo or any(stored.versions(con, wave.id) for wave in closed):
        return []
    return closed[:WAVES][::-1]
