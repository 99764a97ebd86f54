"""Cases: what an enterprise raised and what became of it. The rows say how it stands now, `event` how it came to it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from db import clock, events, lookup, numbers, sql
from db.cases import order, past
from db.cases.holders import HELD, IN_HAND, NOBODY
from db.cases.order import FIRST, ListPlace, Part
from db.cases.past import Stretch
from db.events import Event
from db.lookup import WordPlaces
from db.scope import Scope, cases_within
from db.shared_fields import OfEnterprise, WithTheme
from db.sql import Connection, Row
from db.states import GROUPS, RUNNING, listed, overdue

SOON = timedelta(days=3)
AT_ONCE = 2_000  # cases of a file in memory at once


@dataclass(frozen=True)
class NewCase:
    """What a person submits. `id` was made when the form opened: a second try meets the first."""

    id: str
    kind: str
    category: str
    enterprise_id: str
    sector_code: str
    town_code: str
    title: str
    text: str
    channel: str
    language: str
    notice_version: int
    forum_id: str | None = None
    on_spot: str | None = None
    leader_id: str | None = None


@dataclass(frozen=True)
class Case(OfEnterprise):
    """A case as it stands. `seq` is its version, `co` the bodies that help the lead."""

    id: str
    number: str
    kind: str
    category: str
    enterprise_id: str
    sector_code: str
    town_code: str
    title: str
    text: str
    channel: str
    forum_id: str | None
    on_spot: str | None
    language: str
    notice_version: int
    state: str
    lead_body: str | None
    leader_id: str | None
    answer_kind: str | None
    answer_text: str | None
    rating: str | None
    merged_into: str | None
    submitted_at: datetime
    accepted_at: datetime | None
    dispatched_at: datetime | None
    settled_at: datetime | None
    closed_at: datetime | None
    due_on: date | None
    due_rule: str | None
    due_provisional: bool
    promised_on: date | None
    seq: int
    since: datetime  # of the present stretch, see db.past
    since_seq: int
    asked_until: date | None = None  # what a request for more time asks for, while nobody has decided
    asked_by: str | None = None  # the account that asked
    sent_at: datetime | None = None
    responded_at: datetime | None = None
    answer_due: date | None = None
    deadline: date | None = None
    extensions: int = 0
    rejected: int = 0
    reopened: int = 0
    opposed_at: datetime | None = None
    co: tuple[str, ...] = ()
    answer_translated: str | None = None  # in the case's own language
    confidential: bool = False  # read by those alone who are named for it
    instructed_until: date | None = None  # by when a leader's instruction has to be answered, while one waits

    def late(self, today: date) -> bool:
        return overdue(self.state, self.due_on, today)


@dataclass(frozen=True)
class CaseEvent:
    """One line of a case's history: by which body or role, never by which person."""

    n: int
    happened_at: datetime
    kind: str
    seq: int
    actor_role: str | None
    body_code: str | None
    state: str
    detail: dict[str, Any]


@dataclass(frozen=True)
class CaseFilters:
    """Which cases. `today` is the day that decides what is late; days are days in Shanghai, both ends included.

    `sector` is a division (C17) or a section (C); `town` one or several with commas; `state` one
    state or a group of them; `overdue` late, today or soon.
    `holder` is an account in whose hand they are at the `desk`, several with commas, or NOBODY; `numbers` are those
    that somebody chose.
    """

    today: date
    sector: str | None = None
    town: str | None = None
    category: str | None = None
    state: str | None = None
    body: str | None = None
    forum: str | None = None
    channel: str | None = None
    overdue: str | None = None
    submitted_from: date | None = None
    submitted_to: date | None = None
    text: str | None = None
    holder: str | None = None
    desk: str = ""
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """Some of the rows in their order, how many there are in all, and how many come before the first one here."""

    rows: list[Case]
    total: int
    before: int


@dataclass(frozen=True)
class Counts:
    """For each facet, how many cases each choice would leave, the other filters applied."""

    sector: dict[str, int] = field(default_factory=dict)
    town: dict[str, int] = field(default_factory=dict)
    category: dict[str, int] = field(default_factory=dict)
    state: dict[str, int] = field(default_factory=dict)
    body: dict[str, int] = field(default_factory=dict)
    forum: dict[str, int] = field(default_factory=dict)
    channel: dict[str, int] = field(default_factory=dict)
    overdue: dict[str, int] = field(default_factory=dict)
    holder: dict[str, int] = field(default_factory=dict)  # of what is not over, by account or NOBODY


@dataclass(frozen=True)
class ForumName(WithTheme):
    """A forum as a filter offers it."""

    id: str
    number: int
    theme_zh: str
    theme_en: str


_OVERDUE = {
    "late": f"c.state IN {listed(RUNNING)} AND c.due_on < $today",
    "today": "c.due_on = $today",
    "soon": "c.due_on BETWEEN $today AND $soon",
}
_HOW_LATE = f"""
    WHEN {_OVERDUE["late"]} THEN 'late' WHEN {_OVERDUE["today"]} THEN 'today,soon'
    WHEN {_OVERDUE["soon"]} THEN 'soon' ELSE ''
    """
_CONDITIONS = {
    "sector": "position($sector in c.sector_code) = 1",
    "town": "c.town_code = $town",
    "category": "c.category = $category",
    "state": "c.state = $state",
    "body": "c.id IN (SELECT case_id FROM case_body WHERE body_code = $body)",
    "forum": "c.forum_id = $forum",
    "channel": "c.channel = $channel",
    "submitted_from": "c.submitted_at >= $submitted_from",
    "submitted_to": "c.submitted_at < $submitted_to",
    "numbers": "c.number = ANY($numbers)",
    "holder": f"{IN_HAND} AND c.id IN (SELECT case_id FROM {HELD} AS h WHERE account_id = ANY($holders))",
}
_NOBODYS = f"{IN_HAND} AND c.id NOT IN (SELECT case_id FROM {HELD} AS h)"
# In what the case says, in the names of its enterprise, its bodies and its town.
_NAMED = WordPlaces(
    "c.words",
    rows=["c.enterprise_id IN (SELECT e.id FROM enterprise e WHERE position({word} IN e.words) > 0)"],
    lists={
        "body": "c.id IN (SELECT b.case_id FROM case_body b WHERE b.body_code = ANY({codes}))",
        "town": "c.town_code = ANY({codes})",
    },
)
_FACETS = {
    "sector": ("c.sector_code",),
    "town": ("c.town_code",),
    "category": ("c.category",),
    "state": ("c.state",),
    "body": ("c.lead_body", "c.co"),
    "forum": ("c.forum_id",),
    "channel": ("c.channel",),
}


def get(con: Connection, scope: Scope, case_id: str) -> Case | None:
    """The case, where it is within the scope."""
    where, params = f"c.id = $id AND {cases_within(scope)}", {"id": case_id, "scope_key": scope.key}
    return next(iter(_cases(con, where, "", params)), None)


def by_number(con: Connection, scope: Scope, number: str) -> Case | None:
    """The case with this number, where it is within the scope."""
    where, params = f"c.number = $number AND {cases_within(scope)}", {"number": number, "scope_key": scope.key}
    return next(iter(_cases(con, where, "", params)), None)


def joined(con: Connection, scope: Scope, case_id: str) -> list[Case]:
    """What the case was merged into, and what was merged into it, by number."""
    into = "(SELECT o.merged_into FROM cases o WHERE o.id = $id)"
    where = f"(c.id = {into} OR c.merged_into = $id) AND {cases_within(scope)}"
    return _cases(con, where, order.in_order("number"), {"id": case_id, "scope_key": scope.key})


def these(con: Connection, scope: Scope, case_ids: Sequence[str]) -> dict[str, Case]:
    """id → case, for those of the ids that are within the scope."""
    where, params = f"c.id = ANY($ids) AND {cases_within(scope)}", {"ids": list(case_ids), "scope_key": scope.key}
    return {case.id: case for case in _cases(con, where, order.in_order("number"), params)}


def numbered(con: Connection, scope: Scope, numbers: Sequence[str]) -> list[Case]:
    """Those with these numbers that are within the scope."""
    where, params = f"c.number = ANY($numbers) AND {cases_within(scope)}", {"numbers": list(numbers)}
    return _cases(con, where, "", {**params, "scope_key": scope.key})


def find(
    con: Connection, scope: Scope, filters: CaseFilters, *, sort: str, place: ListPlace = FIRST, size: int = 25
) -> Page:
    """The cases within the scope from a place on, in an order of SORTS. Raises KeyError for another order."""
    searched, (where, params) = _searched(con, scope, filters, sort), _where(scope, filters)
    key = order.read_key(sort, place.key) or {}
    place = place if key else ListPlace(place.page)
    beyond = order.beyond(sort, back=place.back) if key else "false"
    params = searched.params | params | key

    def listed(part: Part) -> list[Row]:
        within = f"{where} AND {beyond}" if part.beyond else where
        statement = f"""
            {searched.first} SELECT w.total, w.there, p.number
            FROM (SELECT count(*) AS total, count(*) FILTER (WHERE {beyond}) AS there
                  FROM {searched.tables} WHERE {where}) AS w
            LEFT JOIN (SELECT c.number FROM {searched.tables} WHERE {within}
                       ORDER BY {order.in_order(sort, back=part.back)} LIMIT $limit OFFSET $offset) AS p ON true
            """
        return sql.rows(con, statement, params | {"limit": part.limit, "offset": part.offset})

    likely = order.likely(place, size=size)
    rows = listed(likely)
    part = order.part(place, total=rows[0]["total"], there=rows[0]["there"], size=size)
    rows = rows if order.same_rows(part, likely) else listed(part)
    numbers = [row["number"] for row in rows if row["number"]]
    return Page(
        _cases(con, "c.number = ANY($numbers)", order.in_order(sort), {"numbers": numbers}), part.total, part.before
    )


def every(con: Connection, scope: Scope, filters: CaseFilters, *, sort: str, most: int) -> Iterator[Case]:
    """The first `most` of them one by one: chosen by number, and read whole a few at once."""
    searched, (where, params) = _searched(con, scope, filters, sort), _where(scope, filters)
    statement = f"""
        {searched.first} SELECT c.number FROM {searched.tables} WHERE {where}
        ORDER BY {order.in_order(sort)} LIMIT $limit
        """
    numbers = sql.column(con, statement, searched.params | params | {"limit": most})
    for start in range(0, len(numbers), AT_ONCE):
        yield from _cases(con, "c.number = ANY($some)", order.in_order(sort), {"some": numbers[start:][:AT_ONCE]})


def versions(con: Connection, scope: Scope, filters: CaseFilters, *, most: int) -> dict[str, tuple[int, str]]:
    """Case → its version and number, of the first `most` by what is due."""
    return {case.id: (case.seq, case.number) for case in every(con, scope, filters, sort="due", most=most)}


def last_of_many(con: Connection, scope: Scope, account_id: str, since: datetime) -> tuple[str, dict[str, int]]:
    """What this account did last to many at once, and case → version of those that nobody acted on since."""
    statement = f"""
        WITH mine AS (
            SELECT n, kind, subject, seq, CAST(detail AS JSON) ->> 'many' AS many FROM event
            WHERE happened_at >= $since AND area = 'case' AND actor_id = $me AND position('"many"' in detail) > 0
        )
        SELECT m.kind, m.subject, m.seq FROM mine m JOIN cases c ON c.id = m.subject AND c.seq = m.seq
        WHERE m.many = (SELECT arg_max(many, n) FROM mine) AND {cases_within(scope)} ORDER BY m.n
        """
    found = sql.rows(con, statement, {"since": since, "me": account_id, "scope_key": scope.key})
    return (found[0]["kind"] if found else ""), {row["subject"]: row["seq"] for row in found}


def how_many(con: Connection, scope: Scope, filters: CaseFilters) -> int:
    searched, (where, params) = _searched(con, scope, filters), _where(scope, filters)
    statement = f"{searched.first} SELECT count(*) FROM {searched.tables} WHERE {where}"
    return sql.scalar(con, statement, searched.params | params)


def counts(con: Connection, scope: Scope, filters: CaseFilters) -> Counts:
    """How many cases each choice of each facet would leave, the other filters applied: one reading for the facets that
    nothing is chosen of, one for each other, all of what was found of a text once."""
    searched, (_, params) = _searched(con, scope, filters), _where(scope, filters)
    free = [name for name in _FACETS if not getattr(filters, name)]
    apart = [[name] for name in _FACETS if name not in free]
    parts = [_counted(searched, scope, filters, names) for names in ([free] if free else []) + apart]
    late = f"""
        SELECT 'overdue' AS facet, CASE {_HOW_LATE} END AS choices, count(*) AS n FROM {searched.tables}
        WHERE {_where(scope, filters, leave_out="overdue")[0]} GROUP BY choices
        """
    found = {name: Counter[str]() for name in (*_FACETS, "holder")}
    found["overdue"] = Counter[str](dict.fromkeys(_OVERDUE, 0))
    in_hand = [_in_hand(searched, scope, filters)] if filters.desk else []
    statement = f"{searched.first} {' UNION ALL '.join([*parts, late, *in_hand])}"
    for row in sql.rows(con, statement, searched.params | params):
        found[row["facet"]].update({choice: row["n"] for choice in row["choices"].split(",") if choice})
    return Counts(**{name: dict(counted) for name, counted in found.items()})


def histories(con: Connection, these_cases: Sequence[Case]) -> dict[str, list[CaseEvent]]:
    """case id → what happened to it, oldest first, for cases that were read within a scope."""
    found: dict[str, list[CaseEvent]] = {case.id: [] for case in these_cases}
    for row in events.of_subjects(con, "case", list(found)):
        found[row["subject"]].append(_as_happened(row))
    return found


def history(con: Connection, scope: Scope, case_id: str) -> list[CaseEvent]:
    """What happened to a case within the scope, oldest first."""
    if get(con, scope, case_id) is None:
        return []
    return [_as_happened(row) for row in events.of_subject(con, case_id) if row["area"] == "case"]


def _as_happened(row: Row) -> CaseEvent:
    return CaseEvent(**{name: row[name] for name in CaseEvent.__dataclass_fields__})


def standing(happened: Sequence[CaseEvent]) -> list[CaseEvent]:
    """Without what was taken back."""
    back = {event.detail["undone"] for event in happened if event.kind == "undo"}
    return [event for event in happened if event.seq not in back]


def as_events(case: Case, happened: Sequence[CaseEvent]) -> list[Event]:
    """What a case's history says, as `past` replays it."""
    return [Event(e.happened_at, "case", e.kind, case.id, e.seq, state=e.state, detail=e.detail) for e in happened]


def before_last(con: Connection, some: Sequence[Case], rows: Mapping[str, Sequence[Row]]) -> dict[str, Stretch]:
    """How the cases, which have several events each, stood before their last one; `rows` are those of their events."""
    statement = "SELECT * FROM case_past WHERE case_id = ANY($ids) ORDER BY until DESC"
    entered = {row["case_id"]: row for row in sql.rows(con, statement, {"ids": [case.id for case in some]})}
    before = dict[str, Stretch]()
    for case in some:
        told = as_events(case, [_as_happened(row) for row in rows[case.id]])
        born = past.as_entered(entered.get(case.id, vars(case)), (event.detail for event in told))
        before[case.id] = past.replayed(told[:-1], born) or past.of_case(case)
    return before


def usual_leads(con: Connection, scope: Scope, category: str) -> list[tuple[str, int]]:
    """(body, settled cases) for the three bodies that settled most cases of this category, most first."""
    statement = f"""
        SELECT c.lead_body AS body, count(*) AS n FROM cases c
        WHERE c.category = $category AND c.lead_body IS NOT NULL AND c.settled_at IS NOT NULL AND {cases_within(scope)}
        GROUP BY c.lead_body ORDER BY n DESC, body LIMIT 3
        """
    return sql.run(con, statement, {"category": category, "scope_key": scope.key}).fetchall()


def answered_in(con: Connection, scope: Scope, language: str) -> list[tuple[str, str]]:
    """The answers that stand in the house's language and in this one, the latest first: the last three hundred."""
    statement = f"""
        SELECT c.answer_text, c.answer_translated FROM cases c
        WHERE c.answer_translated IS NOT NULL AND c.language = $language AND {cases_within(scope)}
        ORDER BY c.since DESC, c.number DESC LIMIT 300
        """
    return sql.run(con, statement, {"language": language, "scope_key": scope.key}).fetchall()


def forum_names(con: Connection) -> list[ForumName]:
    """The forums that cases may name, the latest first."""
    return sql.fetch(con, ForumName, "SELECT id, number, theme_zh, theme_en FROM forum ORDER BY number DESC")


def add(con: Connection, new: Sequence[NewCase], first: Sequence[Event], *, year: int, provisional: bool) -> None:
    """Insert submitted cases under the next numbers of the year; the caller appends the first event of each.
    `provisional`: whether their due day is."""
    rows, number = list[Row](), numbers.following(con, "case", year=str(year))
    for n, (case, event) in enumerate(zip(new, first, strict=True), start=number):
        stands = vars(past.after(None, event, vars(case)))
        own = {"number": numbers.of_case(year, n), "submitted_at": event.happened_at, "seq": 1}
        row = {**vars(case), **stands, **own, "due_provisional": provisional}
        rows.append(row | {"words": lookup.of_row("cases", row, *lookup.said_in(event.detail))})
    sql.insert_many(con, "cases", rows)


def move(con: Connection, case: Case, event: Event, beside: Mapping[str, object]) -> Case:
    """`move_all` for one."""
    return move_all(con, [(case, event, beside)])[0]


def move_all(con: Connection, moves: Sequence[tuple[Case, Event, Mapping[str, object]]]) -> list[Case]:
    """Write what its event makes of the version of each case that was read, as the next one, and keep the stretches
    that ended: as many statements for thousands as for one.

    With each the columns that are no facts of a stretch (an answer's words). Returns the cases as the store now has
    them; the caller appends the events. Raises MovedOn.
    """
    kept, ended, changed = list[Case](), dict[datetime, list[str]](), dict[tuple[str, str], list[Row]]()
    for case, event, beside in moves:
        before = past.of_case(case)
        now = past.after(before, event, vars(case))
        changes = past.changed(before, now) | dict(beside)
        if now.since > before.since:
            ended.setdefault(now.since, []).append(case.id)
        bodies = {"co": tuple(now.co.split(",")) if now.co else ()}
        kept.append(replace(case, **changes | bodies, seq=case.seq + 1))
        was, stands = lookup.of_row("cases", case), lookup.of_row("cases", kept[-1])
        said = lookup.added_by(event.detail)
        words = "words = $stands || substr(words, $rest) || $said" if said or stands != was else ""
        row = {**changes, "id": case.id, "number": case.number, "seq": case.seq + 1}
        row |= {"stands": stands, "rest": len(was) + 1, "said": said} if words else {}
        changed.setdefault((" ".join(changes), words), []).append(row)
    for until, ids in ended.items():
        past.keep(con, ids, until=until)
    for (columns, words), rows in changed.items():
        sql.rewrite_many(con, "cases", rows, columns, computed=words)
    return kept


def assign(con: Connection, case_id: str, *, lead: str | None, co: Sequence[str]) -> None:
    """The bodies in charge from now on, if any; those before read what they had (`handed_over`)."""
    sql.run(con, "DELETE FROM case_body WHERE case_id = $id", {"id": case_id})
    parts = [*([(lead, "lead")] if lead else []), *((body, "co") for body in co)]
    sql.insert_many(con, "case_body", [{"case_id": case_id, "body_code": b, "part": part} for b, part in parts])


_OWN = ", ".join(f"c.{name}" for name in Case.__dataclass_fields__ if name not in OfEnterprise.__dataclass_fields__)


def _cases(con: Connection, where: str, order: str, params: Mapping[str, object]) -> list[Case]:
    """`order` may be empty for a single one: its plan is a third cheaper without. Every case has its enterprise, but an
    inner join reads all cases whole before it finds these few."""
    statement = f"""
        SELECT {_OWN}, e.name_zh AS enterprise_zh, e.name_en AS enterprise_en
        FROM cases c LEFT JOIN enterprise e ON e.id = c.enterprise_id
        WHERE {where} {"ORDER BY " + order if order else ""}
        """
    rows = sql.rows(con, statement, params)
    return [_case(row) for row in rows]


def _case(row: Row) -> Case:
    row["co"] = tuple(row["co"].split(",")) if row["co"] else ()
    return Case(**row)


@dataclass(frozen=True)
class _Searched:
    """`tables` to select from as `c`, after `first`: where a text was looked for, what it was found in."""

    tables: str
    first: str = ""
    params: Row = field(default_factory=dict)


_LIGHT = (
    "number sector_code town_code category state lead_body co forum_id channel submitted_at due_on enterprise_id id"
)


def _searched(con: Connection, scope: Scope, filters: CaseFilters, sort: str = "") -> _Searched:
    """A text is looked for once, whatever is asked of what it stands in: that alone costs more than all the rest."""
    named = " JOIN enterprise e ON e.id = c.enterprise_id" if sort == "enterprise" else ""
    if not filters.text:
        return _Searched(f"cases c{named}")
    condition, params = lookup.sought(con, filters.text, _NAMED)
    columns = ", ".join(f"c.{name}" for name in _LIGHT.split())
    where = f"{cases_within(scope)} AND {condition}"
    first = f"WITH found AS MATERIALIZED (SELECT {columns} FROM cases c WHERE {where})"
    return _Searched(f"found c{named}", first, params | {"scope_key": scope.key})


def _where(scope: Scope, filters: CaseFilters, leave_out: str = "") -> tuple[str, dict[str, object]]:
    """The condition on what was `_searched` and its parameters; `leave_out` names the facet being counted."""
    params: dict[str, object] = {**vars(filters), "scope_key": scope.key, "soon": filters.today + SOON}
    params |= {"numbers": list(filters.numbers), "towns": (filters.town or "").split(",")}
    params |= {"holders": (filters.holder or "").split(",")}
    conditions = _CONDITIONS | {"overdue": _OVERDUE.get(filters.overdue or "", "false")}
    if filters.state in GROUPS:
        conditions["state"] = f"c.state IN {listed(GROUPS[filters.state])}"
    if "," in (filters.town or ""):
        conditions["town"] = "c.town_code = ANY($towns)"
    if filters.holder == NOBODY:
        conditions["holder"] = _NOBODYS
    if filters.submitted_from:
        params["submitted_from"] = clock.start_of_day(filters.submitted_from)
    if filters.submitted_to:
        params["submitted_to"] = clock.end_of_day(filters.submitted_to)
    chosen = [text for name, text in conditions.items() if name != leave_out and params[name]]
    within = "true" if filters.text else cases_within(scope)
    return " AND ".join([within, *chosen]), params


def _in_hand(searched: _Searched, scope: Scope, filters: CaseFilters) -> str:
    return f"""
        SELECT 'holder' AS facet, coalesce(h.account_id, '{NOBODY}') AS choices, count(*) AS n
        FROM {searched.tables} LEFT JOIN {HELD} AS h ON h.case_id = c.id
        WHERE {_where(scope, filters, leave_out="holder")[0]} AND {IN_HAND} GROUP BY choices
        """


def _counted(searched: _Searched, scope: Scope, filters: CaseFilters, names: Sequence[str]) -> str:
    where, _ = _where(scope, filters, leave_out=names[0])
    sets = {name: ", ".join(_FACETS[name]) for name in names}
    which = " ".join(f"WHEN grouping({_FACETS[name][0]}) = 0 THEN '{name}'" for name in names)
    choices = " ".join(f"WHEN grouping({_FACETS[name][0]}) = 0 THEN concat_ws(',', {sets[name]})" for name in names)
    return f"""
        SELECT CASE {which} END AS facet, CASE {choices} END AS choices, count(*) AS n FROM {searched.tables}
        WHERE {where} GROUP BY GROUPING SETS ({", ".join(f"({columns})" for columns in sets.values())})
        """
