"""To cite a figure: what it says now is kept under an address of its own. And which figures everybody may see.

Records that `insight` writes about its own figures; they change no other.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from access.actor import Actor
from access.verbs import writes
from db import clock, events
from db.events import Event
from db.figures import citations
from db.figures.citations import AREA, Cited
from db.figures.figures import EVERYTHING, Filters
from db.refused import Refused
from db.sql import Connection
from db.store import Store
from insight.citing.said import asked_of, from_json, says
from insight.survey.protection import FEWEST

SEES = {"cases": "see_figures", "economy": "see_dashboard", "mood": "see_results"}
# What enterprises said of us is no day's figure: two days that differ by one case would tell how it was rated. It is
# published wave by wave, under its own protection (insight/survey/publishing.py).
RATED = ("satisfaction_top2", "satisfaction_top3", "closed_with_satisfaction")
PUBLIC = ("cases", "economy")


def cite(
    store: Store, *, actor: Actor, kind: str, code: str, as_of: date, at: datetime, filters: Filters = EVERYTHING
) -> Cited:
    """What the figure says is kept. Where it says what it said when it was last cited of this day, that one is given.

    Raises Refused('forbidden' | 'figure_unknown').
    """
    actor.must(SEES.get(kind, "see_figures"))
    made = _made(store, kind, [code], asked_of(filters), min(as_of, clock.day_of(at)), at, actor.id).get(code)
    if made is None:
        raise Refused("figure_unknown")
    return store.write(lambda con: _kept(con, made, actor.role))


@writes("publish_results")
def show_everybody(con: Connection, *, actor: Actor, kind: str, code: str, at: datetime) -> None:
    """From now on everybody may see what is cited of this figure; what moves of it is cited by itself.

    Raises Refused('figure_unknown' | 'figure_rated' | 'figure_too_few').
    """
    newest = citations.newest(con, kind, code)
    if kind not in PUBLIC or code in RATED:
        raise Refused("figure_rated")
    if newest is None:
        raise Refused("figure_unknown")
    if from_json(newest.content).last.value is None:
        raise Refused("figure_too_few", least=FEWEST)
    if not citations.is_public(con, kind, code):
        citations.set_public(con, kind, code, until=None, event=_event(con, "publish_figure", actor, kind, code, at))


@writes("publish_results")
def show_nobody(con: Connection, *, actor: Actor, kind: str, code: str, at: datetime) -> None:
    """What was cited stays, for those who may see the figure."""
    if citations.is_public(con, kind, code):
        citations.set_public(con, kind, code, until=at, event=_event(con, "unpublish_figure", actor, kind, code, at))


def cite_public(store: Store, at: datetime) -> int:
    """Cite anew what moved of the public figures: of cases as yesterday ended, of the economy after an import."""
    yesterday = clock.day_of(at) - timedelta(days=1)
    due = store.kept(citations.to_look_at, yesterday)
    days = {"cases": yesterday, "economy": clock.day_of(at)}
    codes = {kind: [one.code for one in due if one.kind == kind] for kind in PUBLIC}
    return sum(_look(store, kind, codes[kind], days[kind], at) for kind in PUBLIC if codes[kind])


def _look(store: Store, kind: str, codes: Sequence[str], day: date, at: datetime) -> int:
    made = _made(store, kind, codes, "", day, at, None)

    def write(con: Connection) -> int:
        moved = [one for code, one in made.items() if _moved(citations.newest(con, kind, code), one)]
        for one in moved:
            _kept(con, one, None)
        for code in codes:
            citations.looked(con, kind, code, day)
        return len(moved)

    return store.write(write)


def _moved(newest: Cited | None, made: Cited) -> bool:
    if newest is None:
        return True
    before, now = from_json(newest.content), from_json(made.content)
    if made.kind == "cases":
        return before.last.value != now.last.value
    return [point.known for point in before.points] != [point.known for point in now.points]


def _made(
    store: Store, kind: str, codes: Sequence[str], asked: str, as_of: date, at: datetime, by: str | None
) -> dict[str, Cited]:
    """Read, which takes its time, before anybody waits for the pen."""
    n, said = store.read(lambda con: (events.revision(con), says(con, kind, codes, asked, as_of)))
    return {code: Cited(kind, code, asked, as_of, n, one.as_json(), at, by) for code, one in said.items()}


def _kept(con: Connection, made: Cited, role: str | None) -> Cited:
    stands = citations.versions(con, made.kind, made.code, made.asked, most=1, as_of=made.as_of)
    if stands and (stands[0].content == made.content or stands[0].n == made.n):
        return stands[0]
    citations.add(con, made, role=role)
    return made


def _event(con: Connection, what: str, actor: Actor, kind: str, code: str, at: datetime) -> Event:
    subject = f"{kind}:{code}"
    return Event(at, AREA, what, subject, len(events.of_subject(con, subject)) + 1, actor.id, actor.role)
