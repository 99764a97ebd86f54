"""What this district is called and where it lies, what its site is set to, and whether demo data is loaded."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from db import events, sql
from db.events import Event
from db.regions import Region
from db.sql import Connection
from i18n.names import Named

LONGEST_TOLD = 500  # characters of a setting that its event repeats
PROBE_SIZE = 64 * 1024  # bytes
FORM_PAGES = ("auto", "plain", "full")
NEUTRAL = "本区"  # the district's name where nobody has set one
# town code → its rings of longitude and latitude
TownMap = Mapping[str, Sequence[Sequence[Sequence[float]]]]


@dataclass(frozen=True)
class District(Named):
    """`code` is the administrative one, empty where nobody said it; `called` what files and comments call it besides;
    `regions` those around it that the nation's list lacks."""

    name_zh: str
    name_en: str
    demo: bool
    code: str = ""
    called: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every word that means it; none where nobody has named it."""
        return () if self.name_zh == NEUTRAL else (self.name_zh, self.name_en, *self.called)

    @property
    def places(self) -> tuple[str, ...]:
        """Its names and those of its own regions."""
        return (*self.names, *(name for one in self.regions for name in (one.name_zh, one.name_en)))


def district(con: Connection) -> District:
    """The names set by the operator; a neutral one where nothing is set."""
    statement = "SELECT name, value FROM setting WHERE name IN ('district_zh', 'district_en', 'district', 'demo')"
    found = sql.pairs(con, statement)
    about = json.loads(found.get("district", "{}"))
    return District(
        found.get("district_zh", NEUTRAL),
        found.get("district_en", "Our district"),
        found.get("demo") == "true",
        about.get("code", ""),
        tuple(about.get("called", ())),
        tuple(Region(*one) for one in about.get("regions", ())),
    )


def describe_district(con: Connection, said: Mapping[str, str], *, actor_id: str, role: str, at: datetime) -> None:
    """The rows that a district's folder is kept in. The event keeps a digest of what may be large."""
    known = sql.pairs(con, "SELECT name, value FROM setting WHERE name = ANY($names)", {"names": list(said)})
    changed = {name: value for name, value in said.items() if known.get(name) != value}
    for name, value in changed.items():
        put(con, name, value)
    if changed:
        told = {name: value if len(value) < LONGEST_TOLD else _digest(value) for name, value in changed.items()}
        _note(con, "district", "district", actor_id, role, at, **told)


def spoken(con: Connection) -> tuple[tuple[str, ...], Mapping[str, Mapping[str, str]]]:
    """The languages that the district offers (none named: all), and by language what its records are called."""
    statement = "SELECT name, value FROM setting WHERE name IN ('district', 'names')"
    found = {name: json.loads(value) for name, value in sql.pairs(con, statement).items()}
    return tuple(found.get("district", {}).get("languages", ())), found.get("names", {})


def logo(con: Connection) -> str:
    """The district's own, as an address with its data in it; empty: it has none."""
    return sql.scalar(con, "SELECT value FROM setting WHERE name = 'logo'") or ""


def put(con: Connection, name: str, value: str) -> None:
    sql.upsert(con, "setting", {"name": name, "value": value}, key=["name"])


def rename_district(con: Connection, *, name_zh: str, name_en: str, actor_id: str, role: str, at: datetime) -> District:
    """The last to rename wins: two names in two boxes need no version."""
    put(con, "district_zh", name_zh)
    put(con, "district_en", name_en)
    _note(con, "district", "rename_district", actor_id, role, at, name_zh=name_zh, name_en=name_en)
    return district(con)


def public_url(con: Connection) -> str:
    """Where people reach this site, without a slash at the end, for links that leave the browser; empty: unknown."""
    return sql.scalar(con, "SELECT value FROM setting WHERE name = 'public_url'") or ""


def set_public_url(con: Connection, url: str, *, actor_id: str, role: str, at: datetime) -> None:
    put(con, "public_url", url)
    _note(con, "public_url", "set_public_url", actor_id, role, at, public_url=url)


def form_page(con: Connection) -> str:
    """Which page a link opens: auto, plain or full."""
    return sql.scalar(con, "SELECT value FROM setting WHERE name = 'form_page'") or FORM_PAGES[0]


def set_form_page(con: Connection, chosen: str, *, actor_id: str, role: str, at: datetime) -> None:
    put(con, "form_page", chosen)
    _note(con, "form_page", "set_form_page", actor_id, role, at, form_page=chosen)


def second_factor(con: Connection) -> bool:
    """Whether a code is asked beside the password."""
    return sql.scalar(con, "SELECT value FROM setting WHERE name = 'second_factor'") == "true"


def ask_second_factor(con: Connection, wanted: bool, *, actor_id: str, role: str, at: datetime) -> None:
    put(con, "second_factor", str(wanted).lower())
    _note(con, "second_factor", "ask_second_factor", actor_id, role, at, wanted=wanted)


def town_map(con: Connection) -> TownMap:
    """The district's own map; empty: the tiles are drawn."""
    return json.loads(sql.scalar(con, "SELECT value FROM setting WHERE name = 'town_map'") or "{}")


def set_town_map(con: Connection, found: TownMap, *, actor_id: str, role: str, at: datetime) -> None:
    """The event keeps a digest of the map, which may be large."""
    text = json.dumps(found, separators=(",", ":"))
    put(con, "town_map", text)
    _note(con, "town_map", "set_town_map", actor_id, role, at, towns=len(found), sha256=_digest(text))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _note(con: Connection, name: str, kind: str, actor_id: str, role: str, at: datetime, **detail: object) -> None:
    subject = f"setting:{name}"
    seq = len(events.of_subject(con, subject)) + 1
    events.append(con, Event(at, "reference", kind, subject, seq, actor_id, role, detail=detail))


def calendar_version(con: Connection) -> str:
    """The calendar that the standing deadlines were made with; empty: before it was written down."""
    return sql.scalar(con, "SELECT value FROM setting WHERE name = 'calendar_version'") or ""


def probe(con: Connection) -> None:
    """A write that readiness makes, too large for what is left of the log's last page on a full disk. It is never
    what stands there already: DuckDB writes no value that does not change."""
    put(con, "probe", secrets.token_hex(PROBE_SIZE // 2))
