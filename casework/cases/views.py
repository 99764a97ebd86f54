"""The views of the desk: a filter with its order and columns under a name, for a person or for those of their desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from access.actor import Actor
from access.typed import one_line
from access.verbs import writes
from db.cases import saved_views
from db.cases.saved_views import SavedView
from db.refused import Refused
from db.sql import Connection
from db.states import waiting_for

LONGEST_NAME = 20
MOST = 12  # of one owner
OWN_TOWNS = "my_towns"  # what a person's own towns are saved under


@dataclass(frozen=True)
class FirstView:
    """One that everybody has from the beginning; `asked` None: whoever uses it has to say it once."""

    code: str
    asked: Mapping[str, str] | None


def first_views(actor: Actor, today: date) -> tuple[FirstView, ...]:
    """New today, late, waiting for the enterprise; and of my towns, which a town has no need to choose."""
    common = (
        FirstView("new_today", {"submitted_from": today.isoformat(), "sort": "newest"}),
        FirstView("late", {"overdue": "late"}),
        FirstView("waits", {"state": waiting_for("verdict")[0]}),
    )
    return common if actor.town_code else (*common, FirstView(OWN_TOWNS, None))


@writes("see_cases")
def save_view(
    con: Connection, *, actor: Actor, name: str, asked: Mapping[str, str], shared: bool, at: datetime
) -> SavedView:
    """Under a name of the person's own, or (`shared`) of their desk; one of the same name gives way. Raises
    Refused('view_name' | 'view_many' | 'forbidden')."""
    owner, name = _owner(actor, shared=shared), one_line(name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused("view_name", most=LONGEST_NAME)
    view = SavedView(saved_views.id_of(owner, name), owner, name, dict(asked), actor.id, at)
    known = {one.id for one in saved_views.of(con, [owner])}
    if len(known - {view.id}) >= MOST:
        raise Refused("view_many", most=MOST)
    saved_views.save(con, view)
    return view


@writes("see_cases")
def drop_view(con: Connection, *, actor: Actor, view_id: str) -> None:
    """One's own, or one of the desk. Raises Refused('view_unknown')."""
    if view_id not in {one.id for one in saved_views.of(con, actor.addresses)}:
        raise Refused("view_unknown")
    saved_views.drop(con, view_id)


def _owner(actor: Actor, *, shared: bool) -> str:
    if shared and not actor.desk:
        raise Refused("forbidden")
    return actor.desk if shared else actor.addresses[0]
