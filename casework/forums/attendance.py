"""Who came to a forum. The same person at two forums keeps one id: it is offered, and a clerk decides."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

import i18n
from access.actor import Actor
from access.typed import one_line, proper_name
from access.verbs import reads, writes
from casework.forums.rota import HOSTS
from db import events, references
from db.events import Event
from db.forums import forums
from db.forums.forums import Attendance, Forum, KnownGuest
from db.people import choices, enterprises
from db.refused import Refused, Wrong
from db.sql import Connection
from db.store import Store
from i18n import folding

KINDS = ("entrepreneur", "district_leader", "department_head", "town_head", "financial", "staff")
LONGEST = 80
MOST_LINES = 300


@dataclass(frozen=True)
class NewPerson:
    """Somebody who came, as a clerk says it. `place` is a body's or town's code, or an enterprise of the register.

    `organisation` is an enterprise or institution outside the register. `person_id` None: nobody known.
    """

    name: str
    kind: str
    body_code: str | None = None
    enterprise_id: str | None = None
    organisation: str | None = None
    office: str | None = None
    country: str = "CN"
    person_id: str | None = None


@dataclass(frozen=True)
class PastedLine:
    """One line of a pasted list: whom it names, or why it is refused. `number` counts from 1."""

    number: int
    words: str
    person: NewPerson | None = None
    known: KnownGuest | None = None
    refusal: Refused | None = None


@dataclass(frozen=True)
class NamedPlaces:
    """What the words of a pasted list may name, each in both languages."""

    bodies: Mapping[str, str] = field(default_factory=dict)
    towns: Mapping[str, str] = field(default_factory=dict)
    enterprises: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)


@writes("plan_forum")
def add_attendance(
    con: Connection, *, actor: Actor, forum_id: str, attendance_id: str, person: NewPerson, at: datetime
) -> Attendance:
    """Put one person on the list. A second try with the same id returns the first's.

    Raises Refused('forum_unknown' | 'person_name' | 'person_kind' | 'person_place' | 'person_country' |
    'person_unknown' | 'person_there').
    """
    if kept := forums.attendance(con, attendance_id):
        return kept
    forum = _open_forum(con, forum_id)
    row = _as_attendance(con, actor, forum, attendance_id, person)
    if row.person_id in forums.people_at(con, forum.id):
        raise Refused("person_there", name=row.person_name)
    forums.add_attendance(con, [row])
    events.append(con, _event("attend", attendance_id, forum, actor, at, 1, {row.kind: 1}))
    return row


@writes("plan_forum")
def remove_attendance(con: Connection, *, actor: Actor, attendance_id: str, at: datetime) -> None:
    """Take somebody off the list; gone already is done. The history keeps no name."""
    row = forums.attendance(con, attendance_id)
    if row is None:
        return
    forum = _open_forum(con, row.forum_id)
    forums.remove_attendance(con, attendance_id)
    events.append(con, _event("leave", attendance_id, forum, actor, at, 2, {row.kind: 1}))


def offered_people(store: Store, *, actor: Actor, name: str) -> list[KnownGuest]:
    """Those of this name who came before: one of them may be the same person."""
    actor.must("plan_forum")
    tidy = one_line(name)
    return store.read(lambda con: forums.known_as(con, [tidy])) if tidy else []


@reads("plan_forum")
def read_list(con: Connection, *, actor: Actor, forum_id: str, text: str) -> list[PastedLine]:
    """What a pasted list says, a line a person: kind, name, place, country, office; tabs or commas between.

    Whoever came before from the same place is taken for the same person. Nothing is written.
    """
    return _read_lines(con, actor, forum_id, text)


@writes("plan_forum")
def import_attendance(con: Connection, *, actor: Actor, forum_id: str, import_id: str, text: str, at: datetime) -> int:
    """Put a whole pasted list on, or nothing of it. Returns how many; a second try adds nobody.

    Raises Refused('list_refused') where a line is refused.
    """
    if events.of_subject(con, import_id):
        return 0
    forum = _open_forum(con, forum_id)
    lines = _read_lines(con, actor, forum_id, text)
    refused = [line for line in lines if line.refusal]
    if refused or not lines:
        raise Refused("list_refused", n=len(refused))
    return enter_list(con, actor, forum.id, import_id, lines, at)


def enter_list(
    con: Connection, actor: Actor, forum_id: str, import_id: str, lines: Sequence[PastedLine], at: datetime
) -> int:
    """Put lines that were read on the list, within the caller's transaction. Returns how many."""
    forum = _open_forum(con, forum_id)
    rows = [_of_line(con, actor, forum, import_id, line) for line in lines]
    forums.add_attendance(con, rows)
    counts = {kind: sum(row.kind == kind for row in rows) for kind in KINDS}
    events.append(con, _event("attend", import_id, forum, actor, at, 1, {k: n for k, n in counts.items() if n}))
    return len(rows)


def _of_line(con: Connection, actor: Actor, forum: Forum, import_id: str, line: PastedLine) -> Attendance:
    if line.person is None:
        raise Refused("list_refused", n=1)
    return _as_attendance(con, actor, forum, str(uuid5(NAMESPACE_OID, f"{import_id}:{line.number}")), line.person)


def _open_forum(con: Connection, forum_id: str) -> Forum:
    forum = forums.get(con, forum_id)
    if forum is None:
        raise Refused("forum_unknown")
    if forum.state == "cancelled":
        raise Refused("forum_step")
    return forum


def _as_attendance(con: Connection, actor: Actor, forum: Forum, attendance_id: str, person: NewPerson) -> Attendance:
    """The row, everything that it names asked of the store again."""
    tidy = _checked(con, actor, person)
    if tidy.person_id and not any(k.person_id == tidy.person_id for k in forums.known_as(con, [tidy.name])):
        raise Refused("person_unknown", name=tidy.name)
    same = ("kind", "office", "body_code", "enterprise_id", "organisation", "country")
    named = {"person_id": tidy.person_id or attendance_id, "person_name": tidy.name}
    return Attendance(id=attendance_id, forum_id=forum.id, **named, **{name: getattr(tidy, name) for name in same})


def _checked(con: Connection, actor: Actor, person: NewPerson) -> NewPerson:
    """Tidied, with only the place that this kind of person comes from."""
    wrong = Wrong()
    name = wrong.tried(lambda: _name(person.name), "")
    wrong.unless(person.kind in KINDS, "person_kind")
    office = wrong.tried(lambda: proper_name(person.office)[:LONGEST], "") or None
    place = wrong.tried(lambda: _place(con, actor, person), {}) if person.kind in KINDS else {}
    wrong.unless(person.country in i18n.countries("en"), "person_country")
    wrong.refuse()
    return replace(person, name=name, office=office, **place)


def _name(typed: str) -> str:
    name = proper_name(typed)
    if not name or len(name) > LONGEST:
        raise Refused("person_name", longest=LONGEST)
    return name


def _place(con: Connection, actor: Actor, person: NewPerson) -> dict[str, str | None]:
    """Where they come from, of the three the one that their kind has. Raises Refused('person_place')."""
    nowhere: dict[str, str | None] = {"body_code": None, "enterprise_id": None, "organisation": None}
    outside = proper_name(person.organisation)[:LONGEST] or None
    code = person.body_code
    if person.kind == "entrepreneur":
        if person.enterprise_id and enterprises.get(con, actor.scope, person.enterprise_id):
            return nowhere | {"enterprise_id": person.enterprise_id}
        known = outside is not None and not person.enterprise_id
    elif person.kind == "financial":
        return nowhere | {"body_code": code if code and _is_body(con, code) else "bank", "organisation": outside}
    elif person.kind == "staff":
        return nowhere | {"body_code": code if code and _is_body(con, code) else None, "organisation": outside}
    else:
        known, outside = _belongs(con, person.kind, code), None
    if not known:
        raise Refused("person_place")
    return nowhere | {"body_code": None if person.kind == "entrepreneur" else code, "organisation": outside}


def _belongs(con: Connection, kind: str, code: str | None) -> bool:
    """A district leader comes from one of the four bodies, a town's head from a town, a department's from a body."""
    if not code:
        return False
    if kind == "district_leader":
        return code in HOSTS
    return references.get(con, "town", code) is not None if kind == "town_head" else _is_body(con, code)


def _is_body(con: Connection, code: str) -> bool:
    return references.get(con, "body", code) is not None


def _read_lines(con: Connection, actor: Actor, forum_id: str, text: str) -> list[PastedLine]:
    typed = [words for words in (text or "").splitlines() if words.strip()][:MOST_LINES]
    return read_within(con, actor, register_of(con, actor), forum_id, typed)


def read_within(
    con: Connection, actor: Actor, register: NamedPlaces, forum_id: str, typed: Sequence[str]
) -> list[PastedLine]:
    """What these lines say; where one has tabs, its commas belong to its names."""
    lines = [_read_line(con, actor, register, number, words) for number, words in enumerate(typed, start=1)]
    known = forums.known_as(con, [line.person.name for line in lines if line.person])
    return _without_doubles([_recognised(line, known) for line in lines], forums.people_at(con, forum_id))


def _read_line(con: Connection, actor: Actor, register: NamedPlaces, number: int, words: str) -> PastedLine:
    parts = [one_line(part) for part in re.split(r"\t" if "\t" in words else ",|，|;|；", words)]
    kind, name, place, country, office = [*parts, "", "", "", "", ""][:5]
    person = NewPerson(
        name=name,
        kind=register.kinds.get(folding.folded(kind), ""),
        country=register.countries.get(folding.folded(country), "" if country else "CN"),
        office=office or None,
        **_named(register, register.kinds.get(folding.folded(kind), ""), place),
    )
    try:
        return PastedLine(number, one_line(words), _checked(con, actor, person))
    except Refused as refusal:
        return PastedLine(number, one_line(words), refusal=refusal)


def _named(register: NamedPlaces, kind: str, place: str) -> dict[str, str | None]:
    key = folding.folded(place)
    if kind == "entrepreneur":
        found = register.enterprises.get(key)
        return {"enterprise_id": found} if found else {"organisation": place or None}
    if kind == "town_head":
        return {"body_code": register.towns.get(key)}
    body = register.bodies.get(key)
    return {"body_code": body} if body else {"organisation": place or None}


def _recognised(line: PastedLine, known: Sequence[KnownGuest]) -> PastedLine:
    """The same name from the same place is the same person; two of them, and the clerk has to say which."""
    if line.person is None:
        return line
    same = [k for k in known if k.person_name == line.person.name and _place_of(k) == _place_of(line.person)]
    if len({k.person_id for k in same}) != 1:
        return line
    return replace(line, person=replace(line.person, person_id=same[0].person_id), known=same[0])


def _place_of(person: NewPerson | KnownGuest) -> tuple[str | None, str | None, str | None]:
    return person.enterprise_id, person.organisation, person.body_code


def _without_doubles(lines: Sequence[PastedLine], there: set[str]) -> list[PastedLine]:
    """Nobody twice: neither on the list already nor twice in what was pasted."""
    kept: list[PastedLine] = []
    seen: set[object] = set(there)
    for line in lines:
        person = line.person
        keys = {person.person_id or (person.name, *_place_of(person))} if person else set()
        double = bool(keys & seen) and person is not None
        kept.append(replace(line, refusal=Refused("person_there", name=person.name)) if double and person else line)
        seen |= keys
    return kept


def register_of(con: Connection, actor: Actor) -> NamedPlaces:
    bodies, towns = references.items(con, "body"), references.items(con, "town")
    firms = choices.enterprises(con, actor.scope)
    return NamedPlaces(
        bodies={folding.folded(word): b.code for b in bodies for word in (b.code, b.name_zh, b.name_en)},
        towns={folding.folded(word): b.code for b in towns for word in (b.code, b.name_zh, b.name_en)},
        enterprises={folding.folded(word): f.id for f in firms for word in (f.name_zh, f.name_en) if word},
        countries={
            folding.folded(word): code
            for language in i18n.LANGUAGES
            for code, name in i18n.countries(language).items()
            for word in (code, name)
        },
        kinds={
            folding.folded(word): kind
            for kind in KINDS
            for word in (kind, *(i18n.text(f"attendance.{kind}", language) for language in i18n.LANGUAGES))
        },
    )


def _event(
    kind: str, subject: str, forum: Forum, actor: Actor, at: datetime, seq: int, counts: Mapping[str, int]
) -> Event:
    """Counts and the forum, no names: those can be erased from the list without touching the chain."""
    detail = {"forum": forum.id, "number": forum.number, "counts": dict(counts)}
    return Event(at, "forum", kind, subject, seq, actor.id, actor.role, actor.body_code, forum.state, detail)
