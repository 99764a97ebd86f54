"""What figures and charts are made of: counts of cases as they stood at a date. No row of a case leaves the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from db import sql
from db.cases import past
from db.clock import day_in_sql, end_of_day
from db.figures.figures import Filters, bound, in_sector
from db.scope import Scope, cases_within
from db.sql import Connection, Row
from db.states import SETTLED, UNSETTLED, listed, where

PROMPT = 7  # days within which an answer counts as prompt
RECENT = 90  # days that the share of prompt answers looks back
LONG_OPEN = 30  # days after which a case with a leader in charge waits for that leader
_MERGED = listed(where(lambda s: s.over and not s.settled))
_CLOSED = listed(where(lambda s: s.over and s.settled))
_AWAITING = listed(where(lambda s: s.settled and not s.over))
_TOP2 = "rating IN ('very_satisfied', 'satisfied')"
_TOP3 = "rating IN ('very_satisfied', 'satisfied', 'fairly_satisfied')"
_BAD = "rating IN ('dissatisfied', 'very_dissatisfied')"


@dataclass(frozen=True)
class Asked:
    """Which cases, as they stood at the end of which day."""

    scope: Scope
    filters: Filters
    as_of: date

    @property
    def params(self) -> Row:
        return bound(self.filters, self.as_of) | {"scope_key": self.scope.key}


# figure → the condition on `stood`
COUNTS: Mapping[str, str] = MappingProxyType(
    {
        "issues": "true",
        "problems": "kind = 'problem'",
        "suggestions": "kind = 'suggestion'",
        "accepted": "accepted",
        "settled": "settled",
        "unsettled": "unsettled",
        "received_lately": "submitted_on > $lately",
        "settled_lately": "settled AND settled_on > $lately",
    }
)
# Shares: of which cases, those that count. What was said by telephone is no rating; an answer that was sent back does
# not stand; who was late to answer stays in the denominator, answered or not.
SHARES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "settled_share": ("accepted", "settled"),
        "settled_when_due": ("accepted AND deadline <= $as_of", "settled AND settled_on <= deadline"),
        "closed_with_satisfaction": ("accepted", f"state IN {_CLOSED} AND {_TOP3}"),
        "awaiting_enterprise": ("accepted", f"settled AND state IN {_AWAITING}"),
        "response_share": ("dispatched_on IS NOT NULL", "responded_on IS NOT NULL"),
        "response_in_time": ("dispatched_on IS NOT NULL AND answer_due <= $as_of", "responded_on <= answer_due"),
        "solution_share": ("answered_as IS NOT NULL", "answered_as IN ('solved', 'fulfilled')"),
        "explained_share": ("answered_as IS NOT NULL", "answered_as = 'explained'"),
        "committed_share": ("answered_as IS NOT NULL", "answered_as = 'committed'"),
        "promises_kept": ("promised_on <= $as_of", "settled AND settled_on <= promised_on"),
        "satisfaction_top2": ("rating IS NOT NULL", _TOP2),
        "satisfaction_top3": ("rating IS NOT NULL", _TOP3),
        "prompt_share": (f"$as_of - dispatched_on BETWEEN {PROMPT} AND {PROMPT + RECENT - 1}", "prompt"),
    }
)  # fmt: skip
# What waits for a decision → (the condition, since when it is counted in days)
QUEUES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "overdue": ("late", "due_on"),
        "unsatisfied": (f"unsettled AND ({past.opposed()} > 0 OR {_BAD})", "submitted_on"),
        "leader": (
            f"unsettled AND ((state = 'committed' AND promised_on < $as_of) OR {past.opposed()} >= {past.OFTEN}"
            f" OR (leader_id IS NOT NULL AND $as_of - submitted_on > {LONG_OPEN}))",
            "submitted_on",
        ),
    }
)


def stood(asked: Asked) -> str:
    """WITH … `stood`: a row a case that counts, as it stood at the end of the day. Merged ones live on in another.

    Beside the columns of `cases`: the days of its instants (`…_on`), `accepted`, `settled`, `unsettled`, `late` (past
    what is due next), `days` from dispatch to the answer that stands (else so far), `prompt`, `answered_as` where an
    answer stands.
    """
    condition = f"""
        submitted_at >= $start AND submitted_at < $stop AND {in_sector("sector_code")}
        AND ($town = '' OR town_code = $town) AND state NOT IN {_MERGED}{_within(asked.scope)}
        """
    until = f"CASE WHEN state IN {listed(SETTLED)} THEN {day_in_sql('settled_at')} END"
    so_far = f"coalesce({until}, $as_of) - {day_in_sql('dispatched_at')}"
    return f"""
        WITH stood AS (
            SELECT *, accepted_at IS NOT NULL AS accepted, state IN {listed(SETTLED)} AS settled,
                   state IN {listed(UNSETTLED)} AS unsettled,
                   state IN {listed(UNSETTLED)} AND due_on < $as_of AS late,
                   {day_in_sql("submitted_at")} AS submitted_on, {day_in_sql("dispatched_at")} AS dispatched_on,
                   {day_in_sql("responded_at")} AS responded_on, {until} AS settled_on,
                   {so_far} AS days, state IN {listed(SETTLED)} AND {so_far} <= {PROMPT} AS prompt,
                   CASE WHEN state IN {listed(SETTLED)} OR state = 'committed' THEN answer_kind END AS answered_as
            FROM ({past.stood(condition)}) AS spell
        )
        """


def counts(con: Connection, asked: Asked, *, lately: int = 30) -> Row:
    """A code of COUNTS or QUEUES → how many; a code of SHARES → (how many count, of how many)."""
    wanted = {**COUNTS} | {queue: condition for queue, (condition, _) in QUEUES.items()}
    columns = [f"count(*) FILTER (WHERE {condition}) AS {code}" for code, condition in wanted.items()]
    for code, (of, those) in SHARES.items():
        columns.append(f"count(*) FILTER (WHERE ({of}) AND ({those})) AS {code}_part")
        columns.append(f"count(*) FILTER (WHERE {of}) AS {code}_whole")
    params = asked.params | {"lately": asked.as_of - timedelta(days=lately)}
    found = sql.one(con, f"{stood(asked)} SELECT {', '.join(columns)} FROM stood", params) or {}
    pairs = {code: (found[f"{code}_part"], found[f"{code}_whole"]) for code in SHARES}
    return {code: found[code] for code in wanted} | pairs


@dataclass(frozen=True)
class Lasted:
    """So many dispatched cases took, or have taken so far, so many calendar and working days."""

    settled: bool
    days: int
    working: int
    n: int


def durations(con: Connection, asked: Asked) -> list[Lasted]:
    """By days and whether an answer stands. The day of dispatch is day 0; a working day counts from the next one on."""
    return sql.fetch(
        con,
        Lasted,
        f"""
        {stood(asked)}
        SELECT s.settled, s.days, u.so_far - d.so_far AS working, count(*) AS n
        FROM stood s JOIN workday d ON d.day = s.dispatched_on
        JOIN workday u ON u.day = coalesce(s.settled_on, $as_of)
        WHERE s.dispatched_on IS NOT NULL
        GROUP BY s.settled, s.days, u.so_far - d.so_far ORDER BY s.days, working
        """,
        asked.params,
    )


@dataclass(frozen=True)
class Group:
    """The cases of one value of a column. `waiting`: the distinct enterprises of the unsettled ones."""

    of_column: str
    code: str
    n: int
    settled: int
    unsettled: int
    late: int
    waiting: int


GROUPED = ("category", "sector_code", "town_code", "state", "lead_body")


def groups(con: Connection, asked: Asked) -> list[Group]:
    """A row a value of each column of GROUPED, by column, then by how many; a lead body of none is ''."""
    sets = ", ".join(f"({column})" for column in GROUPED)
    which = " ".join(f"WHEN grouping({column}) = 0 THEN '{column}'" for column in GROUPED)
    value = " ".join(f"WHEN grouping({column}) = 0 THEN coalesce({column}, '')" for column in GROUPED)
    return sql.fetch(
        con,
        Group,
        f"""
        {stood(asked)}
        SELECT CASE {which} END AS of_column, CASE {value} END AS code, count(*) AS n,
               count(*) FILTER (WHERE settled) AS settled, count(*) FILTER (WHERE unsettled) AS unsettled,
               count(*) FILTER (WHERE late) AS late,
               count(DISTINCT CASE WHEN unsettled THEN enterprise_id END) AS waiting
        FROM stood GROUP BY GROUPING SETS ({sets}) ORDER BY of_column, n DESC, code
        """,
        asked.params,
    )


@dataclass(frozen=True)
class Month:
    """`month` is its first day. `prompt` of the `dispatched` that had seven full days were settled within them."""

    month: date
    received: int
    settled: int
    dispatched: int
    prompt: int


def months(con: Connection, asked: Asked, since: date) -> list[Month]:
    """A row a month from that of `since` on in which anything came in, was settled or dispatched."""
    ripe = f"$as_of - dispatched_on >= {PROMPT}"
    return sql.fetch(
        con,
        Month,
        f"""
        {stood(asked)}
        SELECT month, CAST(sum(received) AS INTEGER) AS received, CAST(sum(settled) AS INTEGER) AS settled,
               CAST(sum(dispatched) AS INTEGER) AS dispatched, CAST(sum(prompt) AS INTEGER) AS prompt
        FROM (SELECT CAST(date_trunc('month', submitted_on) AS DATE) AS month, count(*) AS received, 0 AS settled,
                     0 AS dispatched, 0 AS prompt FROM stood WHERE submitted_on >= $from_day GROUP BY 1
              UNION ALL
              SELECT CAST(date_trunc('month', settled_on) AS DATE), 0, count(*), 0, 0
              FROM stood WHERE settled AND settled_on >= $from_day GROUP BY 1
              UNION ALL
              SELECT CAST(date_trunc('month', dispatched_on) AS DATE), 0, 0, count(*), count(*) FILTER (WHERE prompt)
              FROM stood WHERE dispatched_on >= $from_day AND {ripe} GROUP BY 1) AS parts
        GROUP BY month ORDER BY month
        """,
        asked.params | {"from_day": since.replace(day=1)},
    )


@dataclass(frozen=True)
class Spread:
    """The middle half of handling days of the settled cases of one month (of settlement) or one category."""

    month: date | None
    category: str | None
    n: int
    median: float
    low: float
    high: float


def spreads(con: Connection, asked: Asked) -> list[Spread]:
    """By month, oldest first, then by category, the slowest first."""
    quarter = "percentile_cont({}) WITHIN GROUP (ORDER BY days)"
    return sql.fetch(
        con,
        Spread,
        f"""
        {stood(asked)}
        SELECT month, category, count(*) AS n, {quarter.format(0.5)} AS median, {quarter.format(0.25)} AS low,
               {quarter.format(0.75)} AS high
        FROM (SELECT category, days, CAST(date_trunc('month', settled_on) AS DATE) AS month
              FROM stood WHERE settled AND dispatched_on IS NOT NULL) AS done
        GROUP BY GROUPING SETS ((month), (category))
        ORDER BY month NULLS LAST, median DESC, high DESC, category
        """,
        asked.params,
    )


@dataclass(frozen=True)
class PlaceShare:
    """Of `n` cases dispatched in the year before the last seven days, those settled within seven days."""

    code: str
    prompt: int
    n: int


def prompt_by(con: Connection, asked: Asked, column: str, *, days: int) -> list[PlaceShare]:
    """By town_code or sector_code. Raises KeyError for another column."""
    name = {"town_code": "town_code", "sector_code": "sector_code"}[column]
    return sql.fetch(
        con,
        PlaceShare,
        f"""
        {stood(asked)}
        SELECT {name} AS code, count(*) FILTER (WHERE prompt) AS prompt, count(*) AS n FROM stood
        WHERE $as_of - dispatched_on >= {PROMPT} AND $as_of - dispatched_on < {PROMPT} + $days
        GROUP BY {name} ORDER BY code
        """,
        asked.params | {"days": days},
    )


def prompt_before(con: Connection, asked: Asked) -> tuple[int, int]:
    """The share of prompt answers of the 90 days before those of SHARES['prompt_share'], as it stands now."""
    found = sql.one(
        con,
        f"""
        {stood(asked)}
        SELECT count(*) FILTER (WHERE prompt) AS prompt, count(*) AS n FROM stood
        WHERE $as_of - dispatched_on >= {PROMPT + RECENT} AND $as_of - dispatched_on < {PROMPT + 2 * RECENT}
        """,
        asked.params,
    )
    return (found["prompt"], found["n"]) if found else (0, 0)


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
    each = [
        f"""(SELECT '{name}' AS queue, s.*, c.number, c.title, $as_of - s.{since} AS waited
             FROM (SELECT * FROM stood WHERE {condition}) AS s JOIN cases c ON c.id = s.id
             ORDER BY s.{since}, c.number LIMIT $most)"""
        for name, (condition, since) in QUEUES.items()
    ]
    return sql.fetch(
        con,
        Waits,
        f"""
        {stood(asked)}
        SELECT queue, id, number, title, town_code, sector_code, lead_body, category, CAST(waited AS INTEGER) AS late
        FROM ({" UNION ALL ".join(each)}) AS waiting ORDER BY queue, waited DESC, number
        """,
        asked.params | {"most": most},
    )


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
    found = sql.fetch(
        con,
        ForumCases,
        f"""
        {stood(asked)},
        held AS (SELECT unnest($forums) AS forum_id, unnest($ends) AS ends),
        then_stood AS (
            SELECT p.forum_id, p.state FROM
                (SELECT forum_id, state, since, NULL AS until, id FROM cases
                 UNION ALL SELECT forum_id, state, since, until, case_id FROM case_past) AS p
            JOIN held h ON h.forum_id = p.forum_id
            WHERE p.since < h.ends AND (p.until IS NULL OR p.until >= h.ends) AND p.state NOT IN {_MERGED}
              AND p.id IN (SELECT id FROM stood WHERE forum_id = ANY($forums))
        )
        SELECT s.forum_id, s.issues, s.solved, s.committed, s.explained, s.settled,
               coalesce(t.issues, 0) AS at_age_issues, coalesce(t.settled, 0) AS at_age_settled
        FROM (SELECT forum_id, count(*) AS issues, count(*) FILTER (WHERE on_spot = 'solved') AS solved,
                     count(*) FILTER (WHERE on_spot = 'committed') AS committed,
                     count(*) FILTER (WHERE on_spot = 'explained') AS explained,
                     count(*) FILTER (WHERE settled) AS settled
              FROM stood WHERE forum_id = ANY($forums) GROUP BY forum_id) AS s
        LEFT JOIN (SELECT forum_id, count(*) AS issues, count(*) FILTER (WHERE state IN {listed(SETTLED)}) AS settled
                   FROM then_stood GROUP BY forum_id) AS t ON t.forum_id = s.forum_id
        """,
        asked.params
        | {
            "forums": list(held),
            "ends": [end_of_day(day + timedelta(days=age)) for day in held.values()],
        },
    )
    return {one.forum_id: one for one in found}


def _within(scope: Scope) -> str:
    """Whose cases they are is asked of the present row: a past stretch grants nothing."""
    if scope.kind == "all":
        return ""
    return f" AND id IN (SELECT c.id FROM cases c WHERE {cases_within(scope)})"


# What a row of a figure can show, by the name of its column.
_SHOWN = {
    "number": "c.number", "title": "c.title", "state": "s.state", "town_code": "s.town_code", "rating": "s.rating",
    "answered_as": "s.answered_as", "submitted": "s.submitted_on", "dispatched": "s.dispatched_on",
    "settled": "s.settled_on", "responded": "s.responded_on", "answer_due": "s.answer_due",
    "promised_on": "s.promised_on", "calendar": "s.days", "working": "u.so_far - d.so_far",
}  # fmt: skip


def rows(con: Connection, asked: Asked, of: str, columns: Sequence[str], *, counts: str, limit: int) -> list[Row]:
    """The latest cases for which the condition `of` holds, with `columns` of _SHOWN and whether each `counts`."""
    shown = ", ".join(f"{_SHOWN[name]} AS {name}" for name in columns)
    return sql.rows(
        con,
        f"""
        {stood(asked)}
        SELECT {shown}, s.counts FROM (SELECT *, {counts} AS counts FROM stood WHERE {of}) AS s
        JOIN cases c ON c.id = s.id LEFT JOIN workday d ON d.day = s.dispatched_on
        LEFT JOIN workday u ON u.day = coalesce(s.settled_on, $as_of)
        ORDER BY s.submitted_at DESC, c.number DESC LIMIT $limit
        """,
        asked.params | {"limit": limit},
    )
