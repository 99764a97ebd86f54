"""Officers' visits of the last months, asked for or not, and what enterprises said of most of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from db.conduct import FELT, OfficerVisit
from db.demo.common import add_months, months, office_hours, stream, uid
from db.demo.people import id_of
from db.events import Event
from db.people.enterprises import Enterprise

MONTHS = 11  # that a demonstration has visits of
A_MONTH = 20
WORDS = (
    "来得很及时，帮我们约到了供电公司。",
    "有事叫得到，没事不来，挺好。",
    "一个月来了三次，都在问同样的表。",
    "电话里说清楚就可以，不用专门跑一趟。",
    "The officer came within a day and brought the right person.",
)


def imagine(today: date, register: Sequence[Enterprise]) -> list[OfficerVisit]:
    """The same each time for a month: its enterprises, and those of the demonstration's officer."""
    looked_after = [one for one in register if one.officer_id]
    own = [one for one in looked_after if one.officer_id == id_of("officer")]
    found = []
    for month in months(add_months(today.replace(day=1), 1 - MONTHS), today):
        rng = stream(f"visits:{month}")
        visited = [*rng.sample(looked_after, A_MONTH), *rng.sample(own, min(3, len(own)))]
        made = [_visit(rng, month, n, one) for n, one in enumerate(visited)]
        found += [_spoken_of(rng, one, today) for one in made if one.day < today]
    return found


def events(visits: Sequence[OfficerVisit]) -> list[Event]:
    told = []
    for one in visits:
        detail = {"day": one.day, "place": one.place, "asked": one.asked, "enterprise_id": one.enterprise_id}
        told.append(Event(one.recorded_at, "visit", "record", one.id, 1, one.officer_id, "officer", detail=detail))
        if one.said_at:
            told.append(Event(one.said_at, "visit", "say", one.id, 2, None, "enterprise"))
    return told


def _visit(rng: Random, month: date, n: int, firm: Enterprise) -> OfficerVisit:
    day = month + timedelta(days=rng.randrange(28))
    place = rng.choices(("theirs", "elsewhere", "phone"), (6, 1, 3))[0]
    asked = rng.random() < 0.6
    about = rng.choice(("", "了解用工情况", "送政策上门", "协调供电", "回访诉求"))
    return OfficerVisit(
        uid("visit", month, n), firm.id, firm.officer_id or "", day, place, asked, about, office_hours(rng, day)
    )


def _spoken_of(rng: Random, visit: OfficerVisit, today: date) -> OfficerVisit:
    """Most of them are, some days later."""
    speaks, later = rng.random() < 0.6, visit.day + timedelta(days=rng.randrange(1, 6))
    felt = rng.choices(FELT, (60, 28, 10, 2) if visit.asked else (30, 40, 28, 2))[0]
    agrees, words, named = rng.random() < 0.9, rng.random() < 0.2, rng.random() < 0.5
    said, at = rng.choice(WORDS) if words else "", office_hours(rng, later)
    if not speaks or later >= today:
        return visit
    return replace(
        visit, said_at=at, said_asked=visit.asked == agrees, felt=felt, said=said, named=named and words, seq=2
    )
