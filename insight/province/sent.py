"""What a district shows everybody, sent to where a province reads it: one file of JSON for each district, with the
cited figures as they were published, under their own protection, and nothing of a case.

`FIGURES_TO` names the place of a district, `FIGURES_FROM` that of a province: a folder or `s3://BUCKET/PREFIX`
(db/files.py). Of two releases the file's `format` says whether they understand each other.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import isfinite
from typing import Any

from db import clock
from db.events import canonical
from db.figures import citations
from db.figures.citations import Cited
from db.files import FilePlace, Laid, place_of
from db.sql import Connection
from db.store import Store
from db.system import settings
from db.system.settings import District
from i18n.writing import MAIN
from insight.citing.said import CitedPoint, Statement, Texts, from_said, say
from insight.survey.protection import FEWEST

log = logging.getLogger(__name__)

FORMAT = 1
FILE = "figures.json"
LARGEST = 4 * 1024 * 1024  # bytes of one file
UNTOLD = "—"


@dataclass(frozen=True)
class SentFigure:
    """`as_of` is the day that it is of, `n` the revision of the district's records and `hash` their event's."""

    kind: str
    code: str
    as_of: date
    n: int
    hash: str
    said: Statement

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.code}"


@dataclass(frozen=True)
class DistrictFigures:
    """A district's file. `at` in UTC; `fault` says what it is where it cannot be read: `newer`, `broken` or
    `foreign`, which is called by another district's code."""

    code: str
    names: Texts
    at: datetime
    figures: Mapping[str, SentFigure]
    fault: str = ""

    def say(self, language: str) -> str:
        return say(self.names, language)


def sending(to: str) -> Callable[[Store, datetime], int]:
    """A chore: write the file where a figure was cited anew or taken back, and once a day, so that who reads it knows
    that it stands. Raises ValueError for what is no place. Without a place nothing is ever sent."""
    place, last = place_of(to) if to else None, list[object]()

    def send(store: Store, at: datetime) -> int:
        if place is None:
            return 0
        found = store.kept(_public)
        if last == [found, clock.day_of(at)]:
            return 0
        district, cited = found
        _put(place, district, cited, at)
        last[:] = [found, clock.day_of(at)]
        return 1

    return send


def _public(con: Connection) -> tuple[District, tuple[Cited, ...]]:
    newest = (citations.newest(con, one.kind, one.code) for one in citations.public(con))
    return settings.district(con), tuple(one for one in newest if one)


def _put(place: FilePlace, district: District, cited: tuple[Cited, ...], at: datetime) -> None:
    if not district.code:
        log.warning("no figures are sent: the district has no code (docs/districts.md)")
        return
    figures = [
        {"kind": one.kind, "code": one.code, "as_of": one.as_of.isoformat(), "n": one.n, "hash": one.hash,
         "said": json.loads(one.content)} for one in cited
    ]  # fmt: skip
    names = {"zh": district.name_zh, "en": district.name_en}
    told = {"format": FORMAT, "code": district.code, "names": names, "at": at.isoformat(), "figures": figures}
    place.put(f"{district.code}/{FILE}", canonical(told).encode())


def received(place: str) -> list[DistrictFigures]:
    """Every district that has sent, by its code. Raises db.files.Away where the place does not answer."""
    files = place_of(place)
    return [_read(place, one, files) for one in files.laid() if one.name.endswith(f"/{FILE}")]


def _read(place: str, laid: Laid, files: FilePlace) -> DistrictFigures:
    return _known(place, laid, lambda: files.get(laid.name)) if laid.size <= LARGEST else _fault(laid, "broken")


_KNOWN: dict[str, tuple[Laid, DistrictFigures]] = {}


def _known(place: str, laid: Laid, get: Callable[[], bytes]) -> DistrictFigures:
    """Read once for as long as it lies there unchanged."""
    key = f"{place} {laid.name}"
    if key not in _KNOWN or _KNOWN[key][0] != laid:
        _KNOWN[key] = (laid, read(laid, get()))
    return _KNOWN[key][1]


def read(laid: Laid, content: bytes) -> DistrictFigures:
    """What somebody else's process wrote: every part is held against what a district sends."""
    try:
        found = json.loads(content)
        if found["format"] != FORMAT:
            return _fault(laid, "newer")
        if not isinstance(found["code"], str) or laid.name != f"{found['code']}/{FILE}":
            return _fault(laid, "foreign")
        figures = [_figure(one) for one in found["figures"]]
        at = datetime.fromisoformat(found["at"]).replace(tzinfo=None)
        return DistrictFigures(found["code"], _texts(found["names"]), at, {one.key: one for one in figures})
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return _fault(laid, "broken")


def _fault(laid: Laid, why: str) -> DistrictFigures:
    code = laid.name.partition("/")[0]
    return DistrictFigures(code, {MAIN: code}, laid.at, {}, why)


def _figure(found: Mapping[str, Any]) -> SentFigure:
    said = from_said(found["said"])
    for texts in (said.name, said.title, said.definition, said.unit, said.source):
        _texts(texts)
    if said.drawn not in ("value", "growth") or not said.points:
        raise ValueError(said.drawn)
    points = tuple(_point(one, share=said.most is not None) for one in said.points)
    return SentFigure(str(found["kind"]), str(found["code"]), date.fromisoformat(found["as_of"]), int(found["n"]),
                      str(found["hash"]), replace(said, points=points))  # fmt: skip


def _point(one: CitedPoint, *, share: bool) -> CitedPoint:
    """A share of fewer than ten is not told here either, whoever sent it."""
    _texts(one.period)
    _texts(one.shown)
    for number in (one.value, one.growth, one.n, one.low, one.high):
        if number is not None and (isinstance(number, bool) or not isfinite(number)):
            raise ValueError(number)
    few = share and one.n is not None and one.n < FEWEST
    return replace(one, value=None, low=None, high=None, shown=dict.fromkeys(one.shown, UNTOLD)) if few else one


def _texts(found: object) -> Texts:
    if not isinstance(found, dict) or MAIN not in found or not all(isinstance(one, str) for one in found.values()):
        raise ValueError(found)
    return found
