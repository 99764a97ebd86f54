"""What the board says, written as plain SQL by hand: no name, condition or statement of the product is used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import duckdb

Answers = dict[str, Any]
BACK, MONTHS, FORUMS, SHOWN = 30, 36, 13, 5
_SETTLED = "state IN ('awaiting', 'closed')"
_UNSETTLED = (
    "state IN ('accepted', 'dispatched', 'in_progress', 'committed', 'reopened', 'suspended', 'objected', 'disputed')"
)
_RUNS = (
    "state IN ('submitted', 'accepted', 'dispatched', 'in_progress', 'committed', 'reopened', 'objected', 'disputed')"
)
_ANSWERED = "state IN ('awaiting', 'closed', 'committed')"
_COUNTS = "state NOT IN ('merged', 'taken_back', 'transferred')"
_BAD = "rating IN ('dissatisfied', 'very_dissatisfied')"


def _day(instant: str) -> str:
    return f"CAST({instant} + INTERVAL '8 hours' AS DATE)"


SUBMITTED, SENT, HEARD, DONE = (_day(f"{name}_at") for name in ("submitted", "dispatched", "responded", "settled"))
LATE = f"{_RUNS} AND due_on < $day"
UNHAPPY = f"{_UNSETTLED} AND (rejected + reopened > 0 OR {_BAD})"
LEADER = f"""{_UNSETTLED} AND ((state = 'committed' AND promised_on < $day) OR rejected + reopened >= 2
             OR (leader_id IS NOT NULL AND $day - {SUBMITTED} > 30))"""
COUNTED = {
    "issues": "true",
    "problems": "kind = 'problem'",
    "suggestions": "kind = 'suggestion'",
    "accepted": "accepted_at IS NOT NULL",
    "settled": _SETTLED,
    "unsettled": _UNSETTLED,
    "received_lately": f"$day - {SUBMITTED} < 30",
    "settled_lately": f"{_SETTLED} AND $day - {DONE} < 30",
    "overdue": LATE,
    "unsatisfied": UNHAPPY,
    "leader": LEADER,
}
SHARED = {
    "settled_share": ("accepted_at IS NOT NULL", _SETTLED),
    "settled_when_due": ("accepted_at IS NOT NULL AND deadline <= $day", f"{_SETTLED} AND {DONE} <= deadline"),
    "closed_with_satisfaction": (
        "accepted_at IS NOT NULL",
        "state = 'closed' AND rating IN ('very_satisfied', 'satisfied', 'fairly_satisfied')",
    ),
    "awaiting_enterprise": ("accepted_at IS NOT NULL", "state = 'awaiting'"),
    "response_share": ("dispatched_at IS NOT NULL", "responded_at IS NOT NULL"),
    "response_in_time": ("dispatched_at IS NOT NULL AND answer_due <= $day", f"{HEARD} <= answer_due"),
    "solution_share": (f"{_ANSWERED} AND answer_kind IS NOT NULL", "answer_kind IN ('solved', 'fulfilled')"),
    "explained_share": (f"{_ANSWERED} AND answer_kind IS NOT NULL", "answer_kind = 'explained'"),
    "committed_share": (f"{_ANSWERED} AND answer_kind IS NOT NULL", "answer_kind = 'committed'"),
    "promises_kept": ("promised_on <= $day", f"{_SETTLED} AND {DONE} <= promised_on"),
    "satisfaction_top2": ("rating IS NOT NULL", "rating IN ('very_satisfied', 'satisfied')"),
    "satisfaction_top3": ("rating IS NOT NULL", "rating IN ('very_satisfied', 'satisfied', 'fairly_satisfied')"),
    "prompt_share": (f"$day - {SENT} BETWEEN 7 AND 96", f"{_SETTLED} AND {DONE} - {SENT} <= 7"),
    "prompt_before": (f"$day - {SENT} BETWEEN 97 AND 186", f"{_SETTLED} AND {DONE} - {SENT} <= 7"),
}
_COLUMNS = """kind, category, enterprise_id, sector_code, town_code, submitted_at, state, lead_body, leader_id,
    forum_id, on_spot, accepted_at, dispatched_at, responded_at, settled_at, answer_due, deadline, answer_kind,
    promised_on, due_on, rejected, reopened, rating"""
STOOD = f"""
    WITH stood AS NOT MATERIALIZED (
        SELECT id, {_COLUMNS} FROM cases WHERE since < $end AND {_COUNTS}
        UNION ALL
        SELECT case_id, {_COLUMNS} FROM case_past WHERE since < $end AND until >= $end AND {_COUNTS})
    """
COUNTS = f"{STOOD} SELECT " + ", ".join(
    [f"count(*) FILTER (WHERE {condition}) AS {name}" for name, condition in COUNTED.items()]
    + [f"count(*) FILTER (WHERE {of}) AS {name}_of, count(*) FILTER (WHERE {of} AND {those}) AS {name}"
       for name, (of, those) in SHARED.items()]
) + " FROM stood"  # fmt: skip
LASTED = f"""
    {STOOD}, each AS (SELECT {_SETTLED} AS settled, {SENT} AS sent,
                             CASE WHEN {_SETTLED} THEN {DONE} ELSE $day END AS til
                      FROM stood WHERE dispatched_at IS NOT NULL)
    SELECT settled, til - sent, u.so_far - d.so_far, count(*)
    FROM each JOIN workday d ON d.day = sent JOIN workday u ON u.day = til GROUP BY 1, 2, 3
    """
_APART = """
    SELECT (SELECT count(*) FROM cases WHERE since < $end AND state = '{0}')
        + (SELECT count(*) FROM case_past WHERE since < $end AND until >= $end AND state = '{0}')
    """
APART = {"withdrawn": _APART.format("taken_back"), "transferred": _APART.format("transferred")}
MONTH = f"""
    {STOOD} SELECT CAST(date_trunc('month', {{day}}) AS DATE) AS month, count(*){{beside}}
    FROM stood WHERE {{which}} GROUP BY 1
    """
IN_MONTHS = {
    "received": MONTH.format(day=SUBMITTED, which="true", beside=""),
    "settled": MONTH.format(day=DONE, which=_SETTLED, beside=""),
    "dispatched": MONTH.format(
        day=SENT,
        which=f"$day - {SENT} >= 7",
        beside=f", count(*) FILTER (WHERE {_SETTLED} AND {DONE} - {SENT} <= 7)",
    ),
}
SPREAD = f"""
    {STOOD} SELECT {{by}} AS by_what, count(*), quantile_cont({DONE} - {SENT}, [0.5, 0.25, 0.75])
    FROM stood WHERE {_SETTLED} AND dispatched_at IS NOT NULL GROUP BY 1
    """
SPREADS = {
    "month": SPREAD.format(by=f"CAST(date_trunc('month', {DONE}) AS DATE)"),
    "category": SPREAD.format(by="category"),
}
GROUP = f"""
    {STOOD} SELECT coalesce({{column}}, ''), count(*), count(*) FILTER (WHERE {_SETTLED}),
        count(*) FILTER (WHERE {_UNSETTLED}), count(*) FILTER (WHERE {LATE}),
        count(*) FILTER (WHERE {_UNSETTLED} OR ({LATE})),
        count(DISTINCT enterprise_id) FILTER (WHERE {_UNSETTLED})
    FROM stood GROUP BY 1
    """
GROUPS = {name: GROUP.format(column=name) for name in ("category", "sector_code", "town_code", "state", "lead_body")}
QUEUE = f"""
    {STOOD} SELECT s.id, c.number, c.title, s.town_code, s.sector_code, s.lead_body, s.category, s.waited
    FROM (SELECT *, $day - {{since}} AS waited FROM stood WHERE {{which}}
          ORDER BY waited DESC, submitted_at, id LIMIT {SHOWN}) AS s JOIN cases c ON c.id = s.id
    ORDER BY waited DESC, number
    """
QUEUES = {
    "overdue": QUEUE.format(since="due_on", which=LATE),
    "unsatisfied": QUEUE.format(since=SUBMITTED, which=UNHAPPY),
    "leader": QUEUE.format(since=SUBMITTED, which=LEADER),
}
LAST = f"""
    SELECT id, CAST(held_on AS DATE) FROM forum WHERE state = 'held' AND held_on <= $day
    ORDER BY held_on DESC, number DESC LIMIT {FORUMS}
    """
CAME = f"""
    {STOOD} SELECT forum_id, count(*), count(*) FILTER (WHERE on_spot = 'solved'),
        count(*) FILTER (WHERE on_spot = 'committed'), count(*) FILTER (WHERE on_spot = 'explained'),
        count(*) FILTER (WHERE {_SETTLED})
    FROM stood WHERE forum_id IN (SELECT unnest($forums)) GROUP BY 1
    """
AT_AGE = f"""
    {STOOD}, held AS (SELECT unnest($forums) AS forum_id, unnest($aged) AS aged), then_stood AS (
        SELECT c.id, c.state, c.forum_id FROM cases c JOIN held h USING (forum_id) WHERE c.since < h.aged
        UNION ALL
        SELECT p.case_id, p.state, p.forum_id FROM case_past p JOIN held h USING (forum_id)
        WHERE p.since < h.aged AND p.until >= h.aged)
    SELECT s.forum_id, count(*), count(*) FILTER (WHERE t.state IN ('awaiting', 'closed'))
    FROM then_stood t JOIN stood s ON s.id = t.id AND s.forum_id = t.forum_id WHERE t.{_COUNTS} GROUP BY 1
    """
PRESENT = """
    SELECT count(DISTINCT person_id) FILTER (WHERE kind = 'entrepreneur'),
        count(*) FILTER (WHERE kind = 'entrepreneur'), count(*) FILTER (WHERE kind = 'district_leader'),
        count(*) FILTER (WHERE kind = 'department_head'),
        count(DISTINCT body_code)
    FROM attendance JOIN forum f ON f.id = forum_id WHERE f.state = 'held' AND f.held_on <= $day
    """
REGISTER = """
    SELECT (SELECT count(*) FROM policy WHERE issued_on <= $day),
        (SELECT count(DISTINCT b.uscc) FROM policy_beneficiary b JOIN policy p ON p.id = b.policy_id
         WHERE p.issued_on <= $day AND b.benefited_on <= $day),
        (SELECT count(*) FROM account WHERE role = 'officer' AND created_at < $end AND (active OR disabled_at >= $end))
    """


@dataclass(frozen=True)
class Bare:
    """Asks the statements of one store; DuckDB takes no parameter that a statement does not name."""

    con: duckdb.DuckDBPyConnection

    def ask(self, statement: str, day: date, **more: object) -> list[tuple[Any, ...]]:
        given = {"day": day, "end": _end(day), **more}
        return self.con.execute(statement, {k: v for k, v in given.items() if f"${k}" in statement}).fetchall()

    def answers(self, day: date) -> Answers:
        """All of the board, by hand."""
        days = (day, day - timedelta(days=BACK))
        return {
            "counts": {one: self._counts(one) for one in days},
            "lasted": {one: sorted(self.ask(LASTED, one)) for one in days},
            "register": {one: (self.ask(PRESENT, one)[0], self.ask(REGISTER, one)[0]) for one in days},
            "months": {name: sorted(self.ask(one, day)) for name, one in IN_MONTHS.items()},
            "spreads": {
                name: sorted((by, n, *parts) for by, n, parts in self.ask(one, day)) for name, one in SPREADS.items()
            },
            "groups": {name: sorted(self.ask(one, day)) for name, one in GROUPS.items()},
            "queues": {name: self.ask(one, day) for name, one in QUEUES.items()},
            "forums": self._forums(day),
        }

    def _counts(self, day: date) -> Mapping[str, int]:
        cursor = self.con.execute(COUNTS, {"day": day, "end": _end(day)})
        names = [column[0] for column in cursor.description or []]
        counted = dict(zip(names, cursor.fetchone() or (), strict=True))
        return counted | {name: self.ask(one, day)[0][0] for name, one in APART.items()}

    def _forums(self, day: date) -> Sequence[tuple[Any, ...]]:
        last = self.ask(LAST, day)
        age = min((day - held for _, held in last), default=timedelta())
        forums, aged = [forum for forum, _ in last], [_end(held + age) for _, held in last]
        came = {row[0]: row[1:] for row in self.ask(CAME, day, forums=forums)}
        then = {row[0]: row[1:] for row in self.ask(AT_AGE, day, forums=forums, aged=aged)}
        return sorted((forum, *came.get(forum, (0,) * 5), *then.get(forum, (0, 0))) for forum in forums)


def _end(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time()) - timedelta(hours=8)
