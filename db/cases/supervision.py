"""What supervision reads of cases, answers and officers, and the calls, checks and visits that it writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db import lookup, sql
from db.cases import past
from db.cases.holders import HELD, NOBODY
from db.clock import day_in_sql
from db.lookup import WordPlaces
from db.people.care import heard
from db.scope import Scope, cases_within
from db.sql import Connection, Row
from db.states import CLOSED, COUNTED, OPEN, listed


@dataclass(frozen=True)
class FollowUp:
    """A reminder call, a monthly check or a return visit. `body_code` None: the enterprise itself was spoken to."""

    id: str
    case_id: str
    kind: str
    done_at: datetime
    account_id: str
    body_code: str | None
    outcome: str
    note: str | None


@dataclass(frozen=True)
class Standing:
    """How a case stands for supervision, and the days that its rules ask for, each None where nothing asks for it.

    `opposed_at` is the last rejection, bad rating or reopening; `asked_at` the request for more time that waits, by
    the account `asked_by`. `step_on` and `decision_on`: the open step of its plan and the open decision of a meeting
    that are due first, and whose they are.
    """

    id: str
    number: str
    state: str
    sector_code: str
    town_code: str
    lead_body: str | None
    due_on: date | None
    due_rule: str | None
    promised_on: date | None
    settled_at: datetime | None
    opposed_at: datetime | None = None
    asked_at: datetime | None = None
    asked_by: str | None = None
    oppositions: int = 0
    call_on: date | None = None
    check_on: date | None = None
    visit_on: date | None = None
    decide_on: date | None = None
    silent_on: date | None = None
    step_on: date | None = None
    step_body: str | None = None
    decision_on: date | None = None
    decision_body: str | None = None
    instructed_until: date | None = None


@dataclass(frozen=True)
class Terms:
    """How long supervision waits: `call`, `check` and `silent` in days, `visit` and `decide` in working days."""

    call: int
    check: int
    silent: int
    visit: int
    decide: int


@dataclass(frozen=True)
class DutyRule:
    """In these states the day `due` of the standing (while it goes by `due_rule`, if one is named) says when; listed
    from `ahead` before it on, or (None) as soon as there is a day."""

    kind: str
    party: str
    states: tuple[str, ...]
    due: str
    due_rule: str | None = None
    ahead: timedelta | None = timedelta(0)


@dataclass(frozen=True)
class DutyDue:
    """Something that somebody has to do about a case by a day."""

    kind: str
    standing: Standing
    due_on: date


@dataclass(frozen=True)
class DutyTally:
    """Of `n` that are due, those that are late and those that are due today."""

    n: int = 0
    late: int = 0
    today: int = 0


@dataclass(frozen=True)
class Watch:
    """The day, the terms and rules that hold, and what is looked at ('': all): the sector, the town, in whose hand it
    is at the desk, an account's, of several with commas, or NOBODY's, and the body whose it is to do."""

    today: date
    terms: Terms
    rules: Sequence[DutyRule]
    sector: str = ""
    town: str = ""
    desk: str = ""
    holder: str = ""
    body: str = ""


@dataclass(frozen=True)
class DutySums:
    """By kind, what is due of what is looked at; by sector, by town and by hand, what is due anywhere."""

    kinds: dict[str, DutyTally]
    sectors: dict[str, int]
    towns: dict[str, int]
    holders: dict[str, int]


@dataclass(frozen=True)
class LastAnswer:
    """The answer that a case was given last; `open` while nobody has closed the case."""

    case_id: str
    number: str
    sector_code: str
    town_code: str
    text: str
    open: bool
    oppositions: int


@dataclass(frozen=True)
class OfficerCare:
    """A service officer: the enterprises in their care, how many are silent, and when one was last heard or seen."""

    id: str
    name: str
    town_code: str | None
    enterprises: int
    silent: int
    open_cases: int
    heard_on: date | None


def add(con: Connection, done: FollowUp) -> None:
    """Insert it; the caller has appended its event."""
    sql.insert(con, "follow_up", done)


def is_known(con: Connection, follow_up_id: str) -> bool:
    """Whether the form of this id was received: a double click sends it twice."""
    return sql.scalar(con, "SELECT count(*) FROM follow_up WHERE id = $id", {"id": follow_up_id}) > 0


def handled(con: Connection, account_id: str, case_ids: Sequence[str]) -> set[str]:
    """Those of the cases that this account dispatched, worked on or answered: it may not visit for them."""
    statement = """
        SELECT DISTINCT subject FROM event
        WHERE area = 'case' AND kind IN ('dispatch', 'start', 'answer', 'fulfil') AND actor_id = $me
              AND subject = ANY($ids)
        """
    return set(sql.column(con, statement, {"me": account_id, "ids": list(case_ids)}))


def tallies(con: Connection, scope: Scope, watch: Watch) -> DutySums:
    statement = f"""
        {_due(scope, watch)}
        SELECT kind, sector_code, town_code, holder, count(*) AS every, count(*) FILTER (WHERE here) AS n,
               count(*) FILTER (WHERE here AND day < $today) AS late,
               count(*) FILTER (WHERE here AND day = $today) AS today
        FROM due GROUP BY GROUPING SETS ((kind), (sector_code), (town_code), (holder))
        """
    found = sql.rows(con, statement, _params(scope, watch))
    of_kind = {row["kind"]: DutyTally(row["n"], row["late"], row["today"]) for row in found if row["kind"] and row["n"]}
    by = ({row[name]: row["every"] for row in found if row[name]} for name in ("sector_code", "town_code", "holder"))
    return DutySums(of_kind, *by)


def due(con: Connection, scope: Scope, watch: Watch, *, start: int, size: int) -> list[DutyDue]:
    """So many of each kind, from the one at `start` on: what has been due for longest first."""
    kinds = {rule.kind: place for place, rule in enumerate(watch.rules)}
    statement = f"""
        {_due(scope, watch)}
        SELECT d.kind, d.day AS of_day, s.* FROM (
            SELECT kind, id, day, row_number() OVER (PARTITION BY kind ORDER BY day, number) AS place
            FROM due WHERE here) AS d
        JOIN standing s ON s.id = d.id WHERE d.place > $start AND d.place <= $start + $size ORDER BY of_day, number
        """
    found = sql.rows(con, statement, _params(scope, watch) | {"start": start, "size": size})
    made = [DutyDue(row.pop("kind"), due_on=row.pop("of_day"), standing=Standing(**row)) for row in found]
    return sorted(made, key=lambda one: (one.due_on, kinds[one.kind], one.standing.number))


def _params(scope: Scope, watch: Watch) -> Row:
    looked_at = {name: getattr(watch, name) for name in ("today", "sector", "town", "desk", "holder", "body")}
    return looked_at | {"scope_key": scope.key, "holders": watch.holder.split(",")} | vars(watch.terms)


def _due(scope: Scope, watch: Watch) -> str:
    """WITH … `standing`: a row a case that may ask for something; `due`: a row for each thing that is due about one."""
    of_each = " UNION ALL ".join(
        f"SELECT '{rule.kind}' AS kind, id, number, sector_code, town_code, holder, here, {rule.due} AS day "
        f"FROM placed WHERE state IN {listed(rule.states)} AND $body IN ('', {_WHOSE.get(rule.party, 'NULL')})"
        f" AND {_listed_when(rule)}"
        for rule in watch.rules
    )
    return f"""
        WITH standing AS MATERIALIZED ({_standing(scope)}),
        in_hand AS (SELECT s.*, coalesce(h.account_id, '{NOBODY}') AS holder
                    FROM standing s LEFT JOIN {HELD} AS h ON h.case_id = s.id),
        placed AS (SELECT *, starts_with(sector_code, $sector) AND $town IN ('', town_code)
                             AND ($holder = '' OR holder = ANY($holders)) AS here FROM in_hand),
        due AS ({of_each})
        """


# The column of the body that has to do it, or waits for who has; what the office or a leader does is no body's.
_WHOSE = {"lead": "lead_body", "enterprise": "lead_body", "step": "step_body", "decision": "decision_body"}


def _listed_when(rule: DutyRule) -> str:
    ahead = f"{rule.due} IS NOT NULL" if rule.ahead is None else f"{rule.due} <= $today + {rule.ahead.days}"
    return f"{ahead} AND due_rule = '{rule.due_rule}'" if rule.due_rule else ahead


def _standing(scope: Scope) -> str:
    """A call is due some days after the last dispatch or the last call that reached somebody; a check after the first
    dispatch or the last check: dispatching anew does not put it off. Neither before the day that the case was reopened.
    A visit is due from the last opposition on which nobody has visited since, a decision never after the day that
    stands until it is made. After a try that reached nobody the next day is soon enough. Where a body is looked at, its
    own first step and decision count, whoever's come before."""
    sent, opposed, tried = (day_in_sql(at) for at in ("c.sent_at", "c.opposed_at", "f.call_tried_at"))
    return f"""
        SELECT c.id, c.number, c.state, c.sector_code, c.town_code, c.lead_body, c.due_on, c.due_rule, c.promised_on,
               c.settled_at, c.opposed_at, {past.opposed("c.")} AS oppositions,
               CASE WHEN c.asked_until IS NOT NULL THEN c.since END AS asked_at, c.asked_by,
               CASE WHEN coalesce(c.sent_at, f.call_at) IS NOT NULL THEN greatest(
                    greatest({sent}, {day_in_sql("f.call_at")}) + $call, {opposed}, {tried} + 1) END AS call_on,
               CASE WHEN coalesce(c.dispatched_at, f.check_at) IS NOT NULL THEN greatest(
                    greatest({day_in_sql("c.dispatched_at")}, {day_in_sql("f.check_at")}) + $check, {opposed})
               END AS check_on,
               CASE WHEN c.opposed_at > coalesce(f.visit_at, TIMESTAMP '-infinity') THEN greatest(visit.day,
                    CASE WHEN f.visit_tried_at > c.opposed_at THEN {day_in_sql("f.visit_tried_at")} + 1 END)
               END AS visit_on,
               CASE WHEN c.asked_until IS NOT NULL THEN least(decide.day, c.due_on) END AS decide_on,
               {day_in_sql("c.settled_at")} + $silent + 1 AS silent_on,
               s.due_on AS step_on, s.body_code AS step_body, d.due_on AS decision_on, d.body_code AS decision_body,
               c.instructed_until
        FROM cases c
        LEFT JOIN (SELECT case_id,
                          max(done_at) FILTER (WHERE kind = 'reminder_call' AND outcome <> 'not_reached') AS call_at,
                          max(done_at) FILTER (WHERE kind = 'reminder_call') AS call_tried_at,
                          max(done_at) FILTER (WHERE kind = 'monthly_check') AS check_at,
                          max(done_at) FILTER (WHERE kind = 'return_visit' AND outcome <> 'not_reached') AS visit_at,
                          max(done_at) FILTER (WHERE kind = 'return_visit') AS visit_tried_at
                   FROM follow_up GROUP BY case_id) AS f ON f.case_id = c.id
        LEFT JOIN ({_workdays_after("$visit")}) AS visit ON visit.since = {opposed}
        LEFT JOIN ({_workdays_after("$decide")}) AS decide ON decide.since = {day_in_sql("c.since")}
        LEFT JOIN (SELECT p.case_id, o.due_on, o.body_code,
                          row_number() OVER (PARTITION BY p.case_id ORDER BY o.due_on, o.position) AS place
                   FROM plan_step o JOIN case_plan p ON p.id = o.plan_id
                   WHERE o.state = 'open' AND p.state = 'active' AND $body IN ('', o.body_code)) AS s
               ON s.case_id = c.id AND s.place = 1
        LEFT JOIN (SELECT case_id, due_on, body_code,
                          row_number() OVER (PARTITION BY case_id ORDER BY due_on, position) AS place
                   FROM meeting_decision WHERE state = 'open' AND $body IN ('', body_code)) AS d
               ON d.case_id = c.id AND d.place = 1
        WHERE (c.state IN {listed(OPEN)}
               OR (c.state IN {listed(CLOSED)} AND (s.due_on IS NOT NULL OR d.due_on IS NOT NULL))
               OR (c.state IN {listed(COUNTED)} AND c.instructed_until IS NOT NULL))
              AND {cases_within(scope)}
        """


def _workdays_after(n: str) -> str:
    """For each day `since` the `day` that is so many working days after it: `due_date` of db.calendar, of a whole
    table."""
    return f"""
        SELECT w.day AS since, t.day FROM workday w
        JOIN (SELECT so_far, min(day) AS day FROM workday GROUP BY so_far) AS t ON t.so_far = w.so_far + {n}
        """


def answers(con: Connection, scope: Scope, *, limit: int) -> list[LastAnswer]:
    """The latest `limit` answers within the scope, the open cases' first."""
    statement = f"""
        SELECT c.id AS case_id, c.number, c.sector_code, c.town_code, c.answer_text AS text,
               c.state IN {listed(OPEN)} AS open, {past.opposed("c.")} AS oppositions
        FROM cases c
        WHERE c.answer_text IS NOT NULL AND {cases_within(scope)}
        ORDER BY CASE WHEN c.state IN {listed(OPEN)} THEN 0 ELSE 1 END, c.submitted_at DESC, c.number DESC
        LIMIT $limit
        """
    return sql.fetch(con, LastAnswer, statement, {"scope_key": scope.key, "limit": limit})


_NAMED = WordPlaces("o.words", lists={"town": "o.town_code = ANY({codes})"})


def officers(
    con: Connection, scope: Scope, *, words: str, silent_since: date, page: int, size: int
) -> tuple[list[OfficerCare], int]:
    """A page of the officers whose name, login or town has every one of the `words`, and how many there are in all.

    First those with enterprises whom nobody has heard from for longest; those without any enterprise come last.
    """
    named, asked = lookup.sought(con, words, _NAMED)
    where = f"o.role = 'officer' AND o.active AND {named}"
    params = {**asked, "until": silent_since, "scope_key": scope.key}
    total = sql.scalar(con, f"SELECT count(*) FROM account o WHERE {where}", params)
    last = max(1, -(-total // size))
    window = {"limit": size, "offset": (min(max(page, 1), last) - 1) * size}
    statement = f"""
        SELECT o.id, o.name, o.town_code, count(h.id) AS enterprises,
               count(h.id) FILTER (WHERE h.heard_on IS NULL OR h.heard_on <= $until) AS silent,
               CAST(coalesce(sum(h.open_cases), 0) AS INTEGER) AS open_cases, max(h.heard_on) AS heard_on
        FROM account o LEFT JOIN ({heard(scope)}) AS h ON h.officer_id = o.id
        WHERE {where}
        GROUP BY o.id, o.name, o.town_code
        ORDER BY CASE WHEN count(h.id) = 0 THEN 1 ELSE 0 END, max(h.heard_on) NULLS FIRST, count(h.id) DESC, o.name
        LIMIT $limit OFFSET $offset
        """
    found = sql.fetch(con, OfficerCare, statement, params | window)
    return found, total
