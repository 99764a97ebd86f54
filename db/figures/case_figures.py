"""What figures and charts are made of: counts of cases as they stood at a date. No row of a case leaves the store."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from db import sql
from db.clock import end_of_day
from db.figures.stood import PROMPT, TOP2, Asked, by_day, profiles, seen, stood
from db.scope import shown_to
from db.sql import Connection, Row
from db.states import APART, CLOSED, CODES, OPEN, RUNNING, SETTLED, UNCOUNTED, UNSETTLED, listed, waiting_for

_TOP3 = "rating IN ('very_satisfied', 'satisfied', 'fairly_satisfied')"
_BAD = "rating IN ('dissatisfied', 'very_dissatisfied')"


# figure → the condition on `stood`
COUNTS: Mapping[str, str] = MappingProxyType(
    {
        "issues": "true",
        "problems": "kind = 'problem'",
        "suggestions": "kind = 'suggestion'",
        "accepted": "accepted",
        "settled": "settled",
        "unsettled": "unsettled",
        "received_lately": "received_lately",
        "settled_lately": "settled_lately",
    }
)
# Shares: of which cases, those that count. What was said by telephone is no rating; an answer that was sent back does
# not stand; who was late to answer stays in the denominator, answered or not.
SHARES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "settled_share": ("accepted", "settled"),
        "settled_when_due": ("accepted AND deadline_came", "in_time"),
        "closed_with_satisfaction": ("accepted", f"state IN {listed(CLOSED)} AND {_TOP3}"),
        "awaiting_enterprise": ("accepted", f"settled AND state IN {listed(OPEN)}"),
        "response_share": ("dispatched", "responded"),
        "response_in_time": ("dispatched AND answer_came_due", "responded_in_time"),
        "solution_share": ("answered_as IS NOT NULL", "answered_as IN ('solved', 'fulfilled')"),
        "explained_share": ("answered_as IS NOT NULL", "answered_as = 'explained'"),
        "committed_share": ("answered_as IS NOT NULL", "answered_as = 'committed'"),
        "promises_kept": ("promise_came_due", "promise_kept"),
        "satisfaction_top2": ("rating IS NOT NULL", TOP2),
        "satisfaction_top3": ("rating IS NOT NULL", _TOP3),
        "prompt_share": ("dispatched_lately", "prompt"),
    }
)  # fmt: skip
_LEADS = f"promise_broken OR opposed_often OR leader_waits OR state IN {listed(waiting_for('ruling'))}"
# What waits for a decision → (the condition, since when it is counted in days)
QUEUES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "overdue": ("late", "due_on"),
        "unsatisfied": (f"unsettled AND (opposed OR {_BAD})", "submitted_on"),
        "leader": (f"unsettled AND ({_LEADS})", "submitted_on"),
    }
)


# No case in them is in any queue, unsettled or late. NOT IN is asked while a table is read, IN only of what was read.
_AT_REST = tuple(code for code in CODES if code not in (*RUNNING, *UNSETTLED))
# The share of prompt answers of the 90 days before those of SHARES['prompt_share'], as it stands now.
PROMPT_BEFORE = ("dispatched_before", "prompt")


def counts(con: Connection, asked: Asked) -> dict[date, Row]:
    """For each day asked for: a code of COUNTS, QUEUES or APART → how many; a code of SHARES, and
    `prompt_before`, → (how many count, of how many)."""
    shares = {**SHARES, "prompt_before": PROMPT_BEFORE}
    wanted = {**COUNTS} | {queue: condition for queue, (condition, _) in QUEUES.items()}
    pairs = {code: (f"({of}) AND ({those})", of) for code, (of, those) in shares.items()}
    every = list(dict.fromkeys([*wanted.values(), *(condition for pair in pairs.values() for condition in pair)]))
    columns = ", ".join(f"sum(CASE WHEN {condition} THEN counted ELSE 0 END)" for condition in every)
    states = tuple(state for those in APART.values() for state in those)
    counted = f"CASE WHEN state IN {listed(states)} THEN 0 ELSE n END AS counted"
    apart = ", ".join(f"sum(CASE WHEN state IN {listed(those)} THEN n ELSE 0 END)" for those in APART.values())
    statement = f"SELECT as_of, {apart}, {columns} FROM (SELECT *, {counted} FROM stood) AS n GROUP BY as_of"
    asked = replace(asked, states=(*asked.states, *states))
    none = (0,) * (len(APART) + len(every))
    on_day = {day: sums for day, *sums in sql.run(con, profiles(asked, statement), asked.params).fetchall()}
    return {
        day: {code: n[condition] for code, condition in wanted.items()}
        | {code: (n[part], n[whole]) for code, (part, whole) in pairs.items()}
        | dict(zip(APART, sums, strict=False))
        for day in asked.days
        for sums in (on_day.get(day, none),)
        for n in (dict(zip(every, sums[len(APART) :], strict=True)),)
    }


@dataclass(frozen=True)
class Lasted:
    """So many dispatched cases took, or have taken so far, so many calendar and working days."""

    settled: bool
    days: int
    working: int
    n: int


def durations(con: Connection, asked: Asked) -> dict[date, list[Lasted]]:
    """For each day asked for, by days and whether an answer stands. The day of dispatch is day 0; a working day counts
    from the next one on."""
    statement = f"""
        , course AS (SELECT saw, dispatched_on, settled_on, count(*) AS n FROM seen WHERE dispatched_on IS NOT NULL
                   GROUP BY saw, dispatched_on, settled_on)
        SELECT as_of, settled_on IS NOT NULL AS settled, coalesce(settled_on, as_of) - dispatched_on AS days,
               u.so_far - d.so_far AS working, CAST(sum(n) AS BIGINT) AS n
        FROM ({by_day("course", asked.named)}) AS s JOIN workday d ON d.day = dispatched_on
        JOIN workday u ON u.day = coalesce(settled_on, as_of)
        GROUP BY as_of, settled, days, working ORDER BY days, working, settled
        """
    lasted: dict[date, list[Lasted]] = {day: [] for day in asked.days}
    for day, *row in sql.run(con, seen(asked, statement), asked.params).fetchall():
        lasted[day].append(Lasted(*row))
    return lasted


@dataclass(frozen=True)
class Group:
    """The cases of one value of a column. `at_work`: unsettled, or late before they are accepted. `waiting`: the
    distinct enterprises of the unsettled ones."""

    of_column: str
    code: str
    n: int
    settled: int
    unsettled: int
    late: int
    at_work: int
    waiting: int


GROUPED = ("category", "sector_code", "town_code", "state", "lead_body")


def groups(con: Connection, asked: Asked) -> list[Group]:
    """A row a value of each column of GROUPED, by column, then by how many; a lead body of none is ''."""
    sets = ", ".join(f"({column}, waits)" for column in GROUPED)
    which = " ".join(f"WHEN grouping({column}) = 0 THEN '{column}'" for column in GROUPED)
    value = " ".join(f"WHEN grouping({column}) = 0 THEN coalesce({column}, '')" for column in GROUPED)
    statement = f"""
        , each AS (
            SELECT CASE {which} END AS of_column, CASE {value} END AS code, waits, count(*) AS n,
                   count(*) FILTER (WHERE settled) AS settled, count(*) FILTER (WHERE unsettled) AS unsettled,
                   count(*) FILTER (WHERE late) AS late, count(*) FILTER (WHERE unsettled OR late) AS at_work
            FROM (SELECT *, CASE WHEN unsettled THEN enterprise_id END AS waits FROM stood) AS waiting
            GROUP BY GROUPING SETS ({sets})
        )
        SELECT of_column, code, sum(n) AS n, sum(settled) AS settled, sum(unsettled) AS unsettled, sum(late) AS late,
               sum(at_work) AS at_work, count(waits) AS waiting
        FROM each GROUP BY of_column, code ORDER BY of_column, n DESC, code
        """
    return sql.fetch(con, Group, stood(asked, statement), asked.params)


@dataclass(frozen=True)
class Month:
    """`month` is its first day. `prompt` of the `dispatched` that had seven full days were settled within them."""

    month: date
    received: int
    settled: int
    dispatched: int
    prompt: int


@dataclass(frozen=True)
class Spread:
    """The middle half of handling days of the settled cases of one month (of settlement) or one category."""

    month: date | None
    category: str | None
    n: int
    median: float
    low: float
    high: float


def courses(con: Connection, asked: Asked) -> tuple[list[Month], list[Spread]]:
    """In one reading: a row a month in which anything came in, was settled or dispatched; and the spreads by month,
    oldest first, then by category, the slowest first."""
    first = "CAST(date_trunc('month', {}) AS DATE)".format  # of days: there are fewer than cases
    statement = f"""
        , course AS (
            SELECT submitted_on, settled_on, category, days, dispatched_on, prompt, count(*) AS n
            FROM (SELECT submitted_on, settled_on, prompt, CASE WHEN settled THEN days END AS days,
                         CASE WHEN as_of - dispatched_on >= {PROMPT} THEN dispatched_on END AS dispatched_on,
                         CASE WHEN settled AND dispatched_on IS NOT NULL THEN category END AS category
                  FROM stood) AS each
            GROUP BY GROUPING SETS ((submitted_on), (settled_on, days), (category, days), (dispatched_on, prompt))
        )
        SELECT received, settled_in, dispatched_in, category, days, prompt, CAST(sum(n) AS BIGINT) AS n FROM (
            SELECT {first("submitted_on")} AS received, {first("settled_on")} AS settled_in, category, days,
                   {first("dispatched_on")} AS dispatched_in, prompt, n FROM course) AS by_month
        GROUP BY received, settled_in, category, days, dispatched_in, prompt
        """
    found = sql.run(con, stood(asked, statement), asked.params).fetchall()
    return _months(found), _spreads(found)


def _months(found: Sequence[tuple[Any, ...]]) -> list[Month]:
    """What is no part of a row's set is None there."""
    counted: dict[date, list[int]] = {}
    for *months, _, _, prompt, n in found:
        for place, month in enumerate(months):
            if month:
                counts = counted.setdefault(month, [0, 0, 0, 0])
                counts[place] += n
                counts[3] += n if prompt else 0
    return [Month(month, *counts) for month, counts in sorted(counted.items())]


def _spreads(found: Sequence[tuple[Any, ...]]) -> list[Spread]:
    took: dict[tuple[date | None, str | None], dict[int, int]] = {}
    for _, settled_in, _, category, days, _, n in found:
        if days is not None and (settled_in or category):
            took.setdefault((settled_in, category), {})[days] = n
    made = [Spread(*of, sum(n.values()), *_within(n, 0.5, 0.25, 0.75)) for of, n in took.items()]
    by_month = sorted((one for one in made if one.month), key=lambda one: str(one.month))
    by_category = [one for one in made if one.category]
    return by_month + sorted(by_category, key=lambda one: (-one.median, -one.high, one.category))


def _within(counts: Mapping[int, int], *parts: float) -> Iterator[float]:
    """The number of days within which each part of the cases was settled, between two of them where it falls there."""
    days = sorted(counts)
    ends = list(accumulate(counts[day] for day in days))
    for part in parts:
        place = part * (ends[-1] - 1)
        low, high = (days[bisect_right(ends, whole)] for whole in (int(place), -int(-place // 1)))
        yield low + (high - low) * (place - int(place))


@dataclass(frozen=True)
class PlaceShare:
    """Of `n` cases dispatched in the year before the last seven days, those settled within seven days."""

    code: str
    prompt: int
    n: int


def prompt_by(con: Connection, asked: Asked, column: str, *, days: int) -> list[PlaceShare]:
    """By town_code or sector_code. Raises KeyError for another column."""
    name = {"town_code": "town_code", "sector_code": "sector_code"}[column]
    statement = f"""
        SELECT {name} AS code, count(*) FILTER (WHERE prompt) AS prompt, count(*) AS n FROM stood
        WHERE as_of - dispatched_on >= {PROMPT} AND as_of - dispatched_on < {PROMPT} + $days
        GROUP BY {name} ORDER BY code
        """
    return sql.fetch(con, PlaceShare, stood(asked, statement), asked.params | {"days": days})


@dataclass(frozen=True)
class Waits:
    """A case in a queue. `late`: its days past due, or open."""

    queue: str
    id: str
    number: str
    title: str
    town_code: str
    sector_code: str
    lead_body: str | None
    category: str
    late: int


def queues(con: Connection, asked: Asked, *, most: int) -> list[Waits]:
    """The first `most` of each queue, those first that have waited longest."""
    parts = " UNION ALL ".join(
        f"(SELECT '{queue}' AS queue, {since} AS since, id, lead_body FROM there WHERE {condition}"
        f" ORDER BY {since}, submitted_at, id LIMIT $most)"
        for queue, (condition, since) in QUEUES.items()
    )
    statement = f"""
        , there AS MATERIALIZED (SELECT * FROM stood
                                 WHERE state NOT IN {listed(_AT_REST)} AND {shown_to(asked.scope)}),
        waiting AS ({parts})
        SELECT w.queue, c.id, c.number, c.title, c.town_code, c.sector_code, w.lead_body, c.category,
               CAST(CAST($as_of AS DATE) - w.since AS INTEGER) AS late
        FROM waiting w JOIN cases c ON c.id = w.id ORDER BY w.queue, late DESC, c.number
        """
    return sql.fetch(con, Waits, stood(asked, statement), asked.params | {"most": most})


@dataclass(frozen=True)
class ForumCases:
    """What came of a forum's cases. `at_age_…`: of those raised by then, as they stood so many days after the forum."""

    forum_id: str
    issues: int
    solved: int
    committed: int
    explained: int
    settled: int
    at_age_issues: int
    at_age_settled: int


def of_forums(con: Connection, asked: Asked, held: Mapping[str, date], *, age: int) -> dict[str, ForumCases]:
    """forum → its cases now and, to compare like with like, `age` days after each was held (see `held`)."""
    if not held:
        return {}
    ends = [end_of_day(day + timedelta(days=age)) for day in held.values()]
    statement = f"""
        , raised AS MATERIALIZED (SELECT id, forum_id, on_spot, settled FROM stood WHERE forum_id = ANY($forums)),
        held AS (SELECT unnest($forums) AS forum_id, unnest($ends) AS ends),
        then_stood AS (
            SELECT p.id, p.forum_id, p.state FROM
                (SELECT id, forum_id, state, since, NULL AS until FROM cases WHERE forum_id = ANY($forums)
                 UNION ALL
                 SELECT case_id, forum_id, state, since, until FROM case_past
                 WHERE until >= $first_end AND since < $last_end AND forum_id = ANY($forums)) AS p
            JOIN held h ON h.forum_id = p.forum_id
            WHERE p.since < h.ends AND (p.until IS NULL OR p.until >= h.ends) AND p.state NOT IN {listed(UNCOUNTED)}
        )
        SELECT s.forum_id, count(*) AS issues, count(*) FILTER (WHERE s.on_spot = 'solved') AS solved,
               count(*) FILTER (WHERE s.on_spot = 'committed') AS committed,
               count(*) FILTER (WHERE s.on_spot = 'explained') AS explained,
               count(*) FILTER (WHERE s.settled) AS settled, count(t.id) AS at_age_issues,
               count(*) FILTER (WHERE t.state IN {listed(SETTLED)}) AS at_age_settled
        FROM raised s LEFT JOIN then_stood t ON t.id = s.id AND t.forum_id = s.forum_id GROUP BY s.forum_id
        """
    found = sql.fetch(
        con,
        ForumCases,
        stood(asked, statement),
        asked.params | {"forums": list(held), "ends": ends, "first_end": min(ends), "last_end": max(ends)},
    )
    return {one.forum_id: one for one in found}


# What a row of a figure can show, by the name of its column.
_SHOWN = {
    "id": "s.id", "number": "c.number", "title": "c.title", "state": "s.state", "town_code": "s.town_code",
    "rating": "s.rating",
    "answered_as": "s.answered_as", "submitted": "s.submitted_on", "dispatched": "s.dispatched_on",
    "settled": "s.settled_on", "responded": "s.responded_on", "answer_due": "s.answer_due",
    "promised_on": "s.promised_on", "calendar": "s.days", "working": "u.so_far - d.so_far",
    "body": "s.lead_body", "late": "CASE WHEN s.late THEN s.as_of - s.due_on END",
}  # fmt: skip


def rows(con: Connection, asked: Asked, of: str, columns: Sequence[str], *, counts: str, limit: int) -> list[Row]:
    """The cases for which the condition `of` holds, with `columns` of _SHOWN and whether each `counts`: those that are
    late the longest, then the latest."""
    shown = ", ".join(f"{_SHOWN[name]} AS {name}" for name in columns)
    statement = f"""
        SELECT {shown}, s.counts FROM (SELECT *, {counts} AS counts FROM stood
                                     WHERE {of} AND {shown_to(asked.scope)}) AS s
        JOIN cases c ON c.id = s.id LEFT JOIN workday d ON d.day = s.dispatched_on
        LEFT JOIN workday u ON u.day = coalesce(s.settled_on, s.as_of)
        ORDER BY CASE WHEN s.late THEN s.due_on END NULLS LAST, s.submitted_at DESC, c.number DESC LIMIT $limit
        """
    return sql.rows(con, stood(asked, statement), asked.params | {"limit": limit})
