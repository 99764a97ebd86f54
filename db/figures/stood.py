"""How the cases stood at the end of a day, or of two in one reading: what every figure of cases counts."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from db.cases import past
from db.clock import day_in_sql, end_of_day, start_of_day
from db.figures.figures import Filters, bound, in_sector
from db.scope import Scope, counted_within
from db.sql import Row
from db.states import CODES, COUNTED, PROMISED, RUNNING, SETTLED, UNSETTLED, listed

PROMPT = 7  # days within which an answer counts as prompt
LATELY = 30  # days within which something is new
RECENT = 90  # days that the share of prompt answers looks back
LONG_OPEN = 30  # days after which a case with a leader in charge waits for that leader
TEXTS = 256  # statements whose whole text is kept: a board has six, each person's scope its own
TOP2 = "rating IN ('very_satisfied', 'satisfied')"
_BACK = {  # the first instant of the day so many before
    "lately": LATELY - 1,
    "long": LONG_OPEN,
    "recent": PROMPT + RECENT - 1,
    "before": PROMPT + 2 * RECENT - 1,
}


@dataclass(frozen=True)
class Asked:
    """Which cases, as they stood at the end of which day; `before`: and at the end of an earlier one, in one read.
    Those of other `states` are not counted."""

    scope: Scope
    filters: Filters
    as_of: date
    before: date | None = None
    states: tuple[str, ...] = COUNTED

    @property
    def named(self) -> dict[str, date]:
        """The days by the names of their parameters."""
        return {"as_of": self.as_of} | ({"before": self.before} if self.before else {})

    @property
    def days(self) -> list[date]:
        return list(self.named.values())

    @property
    def params(self) -> Row:
        bounds = {name: bound(self.filters, day) for name, day in ({"before": self.as_of} | self.named).items()}
        before_end = bounds["before"]["end"]
        given = bounds["as_of"] | {"before_end": before_end, "scope_key": self.scope.key}
        return given | {key: at for name, of in bounds.items() for key, at in _instants(name, of["as_of"]).items()}


def _instants(name: str, day: date) -> Row:
    since = {f"{name}_{key}": start_of_day(day - timedelta(days=back)) for key, back in _BACK.items()}
    return since | {name: day, f"{name}_matured": end_of_day(day - timedelta(days=PROMPT))}


# What follows from the state alone; from the facts of a stretch; and from them on a day. SQL on the columns of a
# stretch and the days of its instants.
OF_STATE: Mapping[str, str] = MappingProxyType(
    {
        "settled": f"state IN {listed(SETTLED)}",
        "unsettled": f"state IN {listed(UNSETTLED)}",
        "answered_as": f"CASE WHEN state IN {listed((*SETTLED, *PROMISED))} THEN answer_kind END",
    }
)
FACTS: Mapping[str, str] = MappingProxyType(
    {
        "accepted": "accepted_at IS NOT NULL",
        "dispatched": "dispatched_at IS NOT NULL",
        "responded": "responded_at IS NOT NULL",
        "responded_in_time": "responded_on <= answer_due",
        "in_time": "settled_on <= deadline",
        "promise_kept": "settled_on <= promised_on",
        "prompt": f"settled_on - dispatched_on <= {PROMPT}",
        "opposed": f"{past.opposed()} > 0",
        "opposed_often": f"{past.opposed()} >= {past.OFTEN}",
    }
)


def _dated(day: str) -> dict[str, str]:
    return {
        "late": f"state IN {listed(RUNNING)} AND coalesce(due_on < ${day}, false)",
        "received_lately": f"submitted_at >= ${day}_lately",
        "settled_lately": f"settled_at >= ${day}_lately",
        "dispatched_lately": f"dispatched_at >= ${day}_recent AND dispatched_at < ${day}_matured",
        "dispatched_before": f"dispatched_at >= ${day}_before AND dispatched_at < ${day}_recent",
        "answer_came_due": f"answer_due <= ${day}",
        "deadline_came": f"deadline <= ${day}",
        "promise_came_due": f"promised_on <= ${day}",
        "promise_broken": f"state IN {listed(PROMISED)} AND promised_on < ${day}",
        "leader_waits": f"leader_id IS NOT NULL AND submitted_at < ${day}_long",
    }


# Days in Shanghai of a stretch's instants.
DAYS: Mapping[str, str] = MappingProxyType(
    {
        "submitted_on": day_in_sql("submitted_at"),
        "dispatched_on": day_in_sql("dispatched_at"),
        "responded_on": day_in_sql("responded_at"),
        "settled_on": day_in_sql("settled_at"),  # nothing unsettled has one
    }
)
LASTED = {"days": "coalesce(settled_on, as_of) - dispatched_on"}  # until the answer that stands, else so far


def stood(asked: Asked, statement: str) -> str:
    """The statement over `stood`: a row a case that counts, as it stood at the end of the day `as_of`. Merged ones live
    on in another. It may begin with tables of its own (`, name AS (…) SELECT …`).

    Beside the columns of `cases`: the days of its instants (`…_on`), what is named above. Only what the statement
    names is there: each column costs its place in every plan.
    """
    return _stood(within(asked), statement)


@lru_cache(maxsize=TEXTS)
def _stood(inside: str, statement: str) -> str:
    named = _used({**LASTED, **OF_STATE, **FACTS, **_dated("as_of")}, statement)
    spells, days = _spells(past.stood, inside, statement, *named.values())
    return f"""
        WITH stood AS NOT MATERIALIZED (
            SELECT *{_named(named)}
            FROM (SELECT *{days}, CAST($as_of AS DATE) AS as_of FROM ({spells}) AS spell) AS dated
        ) {statement}
        """


def seen(asked: Asked, statement: str) -> str:
    """The statement over `seen`: a row a stretch that any of the days asked for saw, with `saw` (see db.cases.past)."""
    return _seen(within(asked), statement)


@lru_cache(maxsize=TEXTS)
def _seen(inside: str, statement: str) -> str:
    spells, days = _spells(past.seen, inside, statement)
    return f"WITH seen AS (SELECT *{days} FROM ({spells}) AS spell) {statement}"


def profiles(asked: Asked, statement: str) -> str:
    """The statement over `stood`: for each day, as `as_of`, how many cases (`n`) agree in all that is named above, in
    kind and in rating. What is so is kept as bits on the way: a store of a million has a few hundred profiles."""
    return _profiles(within(asked), tuple(asked.named), statement)


@lru_cache(maxsize=TEXTS)
def _profiles(inside: str, days: Collection[str], statement: str) -> str:
    bits = "".join(f", {_packed(_dated(name))} AS {name}_bits" for name in days)
    keys = ", ".join(("saw", "kind", "state", "rating", "answer_kind", "facts", *(f"{name}_bits" for name in days)))
    named = {name: _unpacked("facts", n) for n, name in enumerate(FACTS)}
    named |= {name: _unpacked("dated", n) for n, name in enumerate(_dated("as_of"))}
    return _seen(
        inside,
        f"""
        , packed AS (SELECT saw, kind, state, rating, answer_kind, {_packed(FACTS)} AS facts{bits} FROM seen),
        profile AS (SELECT {keys}, count(*) AS n FROM packed GROUP BY {keys}),
        stood AS (SELECT as_of, kind, state, rating, n{_named(_used({**OF_STATE, **named}, statement))}
                  FROM ({by_day("profile", days, dated="{}_bits")}) AS profiled)
        {statement}
        """,
    )


def by_day(table: str, days: Collection[str], **of_day: str) -> str:
    """The rows of a table with `saw`, once for each day that saw them, as `as_of`, with its columns of that day."""
    columns = {"as_of": "CAST(${} AS DATE)", **of_day}
    lists = "".join(f", unnest(ARRAY[{', '.join(map(each.format, days))}]) AS {name}" for name, each in columns.items())
    saw = ", ".join(str(_SAW[day]) for day in days)
    spread = f"SELECT *{lists}, unnest(ARRAY[{saw}]) AS sees FROM {table}"
    return f"SELECT * FROM ({spread}) AS spread WHERE (saw & sees) > 0"


_SAW = {"as_of": 1, "before": 2}  # what is set in `saw` of a stretch that this day saw


def _spells(of: Callable[..., str], inside: str, *texts: str) -> tuple[str, str]:
    """The stretches with the columns that the texts name, and the days to be made of them."""
    days = _used(DAYS, inside, *texts)
    columns = _used({name: name for name in (*past.BORN, *past.COLUMNS)}, inside, *texts, *days.values())
    return of(inside, tuple(columns)), _named(days)


def _used(columns: Mapping[str, str], *texts: str) -> dict[str, str]:
    """The columns that any of the texts names."""
    words = set(re.findall(r"\w+", " ".join(texts)))
    return {name: sql for name, sql in columns.items() if name in words}


def _named(columns: Mapping[str, str]) -> str:
    return "".join(f", {sql} AS {name}" for name, sql in columns.items())


def _packed(conditions: Mapping[str, str]) -> str:
    return " + ".join(f"CASE WHEN {sql} THEN {1 << n} ELSE 0 END" for n, sql in enumerate(conditions.values()))


def _unpacked(bits: str, n: int) -> str:
    return f"({bits} & {1 << n}) > 0"


def within(asked: Asked) -> str:
    """Conditions stand only where something is asked for: what is always true costs its place in every plan."""
    within = [f"state NOT IN {listed(tuple(code for code in CODES if code not in asked.states))}"]
    if asked.filters.since or asked.filters.until:
        within.append("submitted_at >= $start AND submitted_at < $stop")
    if asked.filters.sector:
        within.append(in_sector("sector_code"))
    if asked.filters.town:
        within.append("town_code = $town")
    if asked.scope.kind != "all":  # whose cases they are is asked of the present row: a past stretch grants nothing
        within.append(f"id IN (SELECT c.id FROM cases c WHERE {counted_within(asked.scope)})")
    return " AND ".join(within)
