"""How many cases there were at the end of each month and on the day itself. A stretch adds one on the first day that
counts it and takes it away on the first that does not, so one reading of the stretches gives every day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from db import sql
from db.clock import day_in_sql, end_of_day
from db.figures.figures import LAST_DAY
from db.figures.stood import FACTS, LATELY, OF_STATE, PROMPT, RECENT, TOP2, Asked, within
from db.sql import Connection, Row
from db.states import RUNNING, listed

YEAR = 365  # days that the ratings of the last 12 months go back


@dataclass(frozen=True)
class _Counted:
    """The stretches for which `of` holds, from the day `began` to the day before `ended`: SQL on a stretch's days."""

    of: str
    began: str = "since_on"
    ended: str = "until_on"


_DISPATCHED = ("dispatched_on IS NOT NULL", f"greatest(since_on, dispatched_on + {PROMPT})",
               f"least(until_on, dispatched_on + {PROMPT + RECENT})")  # fmt: skip
SPANS: Mapping[str, _Counted] = MappingProxyType(
    {
        "unsettled": _Counted(OF_STATE["unsettled"]),
        "overdue": _Counted(f"state IN {listed(RUNNING)} AND due_on IS NOT NULL", "greatest(since_on, due_on + 1)"),
        "received_lately": _Counted("true", ended=f"least(until_on, submitted_on + {LATELY})"),
        "settled_lately": _Counted(OF_STATE["settled"], ended=f"least(until_on, settled_on + {LATELY})"),
        "dispatched": _Counted(*_DISPATCHED),
        "prompt": _Counted(f"{FACTS['prompt']} AND {_DISPATCHED[0]}", *_DISPATCHED[1:]),
        "rated": _Counted("rating IS NOT NULL", ended=f"least(until_on, submitted_on + {YEAR})"),
        "content": _Counted(TOP2, ended=f"least(until_on, submitted_on + {YEAR})"),
    }
)


@dataclass(frozen=True)
class Course:
    """`days` are the ends of the months before, oldest first, then the day itself; `counts` has a number for each by a
    code of SPANS, `before` the number of the day that the last one is compared with."""

    days: tuple[date, ...]
    counts: Mapping[str, tuple[int, ...]]
    before: Mapping[str, int]

    def now(self, code: str) -> int:
        return self.counts[code][-1]


def course(con: Connection, asked: Asked, *, months: int, back: int) -> Course:
    """`months` days, the last of them `as_of`, which is compared with the day `back` days before."""
    days = (*_month_ends(asked.as_of, months - 1), asked.as_of)
    given = {"first": days[0], "first_end": end_of_day(days[0]), "back": asked.as_of - timedelta(days=back),
             "never": LAST_DAY}  # fmt: skip
    found = sql.rows(con, _statement(asked), asked.params | given)
    return Course(
        days,
        {code: (*(_on(found, code, day) for day in days[:-1]), _sum(found, code, "now")) for code in SPANS},
        {code: _sum(found, code, "before") for code in SPANS},
    )


def _statement(asked: Asked) -> str:
    counted = " UNION ALL ".join(
        f"SELECT '{code}' AS code, {one.began} AS began, {one.ended} AS ended FROM spell WHERE {one.of}"
        for code, one in SPANS.items()
    )
    columns = """state, answer_kind, rating, due_on, submitted_at, dispatched_at, settled_at, since, sector_code,
        town_code"""
    return f"""
        WITH spell AS (
            SELECT state, answer_kind, rating, due_on, {day_in_sql("submitted_at")} AS submitted_on,
                   {day_in_sql("dispatched_at")} AS dispatched_on, {day_in_sql("settled_at")} AS settled_on,
                   {day_in_sql("since")} AS since_on, coalesce({day_in_sql("until")}, $never) AS until_on
            FROM (SELECT id, {columns}, NULL AS until FROM cases WHERE since < $end
                  UNION ALL
                  SELECT case_id AS id, {columns}, until FROM case_past
                  WHERE since < $end AND until >= $first_end) AS lived
            WHERE {within(asked)}
        )
        SELECT code, CAST(date_trunc('month', greatest(began, $first)) AS DATE) AS began,
               CAST(date_trunc('month', ended) AS DATE) AS ended, count(*) AS n,
               count(*) FILTER (WHERE ended > $as_of) AS now,
               count(*) FILTER (WHERE began <= $back AND ended > $back) AS before
        FROM ({counted}) AS counted WHERE began < ended AND began <= $as_of GROUP BY 1, 2, 3
        """


def _on(found: list[Row], code: str, day: date) -> int:
    """At the end of a month: what began by it and ends in a later one."""
    return sum(row["n"] for row in found if row["code"] == code and row["began"] <= day < row["ended"])


def _sum(found: list[Row], code: str, of: str) -> int:
    return sum(row[of] for row in found if row["code"] == code)


def _month_ends(day: date, n: int) -> list[date]:
    ends = []
    for _ in range(n):
        day = day.replace(day=1) - timedelta(days=1)
        ends.append(day)
    return ends[::-1]
