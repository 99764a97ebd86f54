"""The figures again, from the events alone, by other statements than the product's: what both say has to agree.

Nothing here is shared with `db/figures/figures.py` or `insight/` but the names of the figures. The calendar of 2023
stands here as the State Council's notice has it.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from math import isclose
from typing import Any

from db import sql
from db.figures.figures import EVERYTHING
from db.scope import ALL
from db.sql import Connection
from insight.cases.facts import read_facts
from insight.cases.figures import measures

RESTS = (("01-01", "01-02"), ("01-21", "01-27"), ("04-05", "04-05"), ("04-29", "05-03"), ("06-22", "06-24"),
         ("09-29", "10-06"), ("12-30", "12-31"))  # fmt: skip
WORKED = ("01-28", "01-29", "04-23", "05-06", "06-25", "10-07", "10-08")

# One row a case and day, told from the events in their order. A day is the Shanghai day of an instant.
_STORY = """
CREATE OR REPLACE TEMP TABLE heard AS
SELECT e.subject AS id, e.seq, e.kind, e.state, e.actor_role,
       CAST(e.happened_at + INTERVAL 8 HOUR AS DATE) AS day, CAST(e.detail AS JSON) AS said
FROM event e WHERE e.area = 'case' AND CAST(e.happened_at + INTERVAL 8 HOUR AS DATE) <= $day;

CREATE OR REPLACE TEMP TABLE story AS
SELECT id,
       arg_max(state, seq) AS state,
       min(day) FILTER (kind = 'accept') AS accepted,
       min(day) FILTER (kind = 'dispatch') AS sent,
       arg_min(said ->> 'due_on', seq) FILTER (kind = 'dispatch') AS first_due,
       arg_max(said ->> 'due_on', seq) FILTER (kind = 'dispatch') AS last_due,
       min(day) FILTER (kind = 'answer') AS responded,
       arg_max(day, seq) FILTER (kind IN ('answer', 'fulfil') AND state = 'awaiting') AS answered,
       arg_max(CASE kind WHEN 'fulfil' THEN 'fulfilled' ELSE said ->> 'answer_kind' END, seq)
           FILTER (kind IN ('answer', 'fulfil')) AS answered_as,
       arg_min(said ->> 'promised_on', seq) FILTER (kind = 'answer' AND state = 'committed') AS promised,
       arg_max(said ->> 'rating', seq) FILTER (kind = 'close') AS rating
FROM heard GROUP BY id;

CREATE OR REPLACE TEMP TABLE told AS
SELECT s.*, c.kind, s.state IN ('awaiting', 'closed') AS settled, s.accepted IS NOT NULL AS taken,
       CAST(coalesce(s.promised, s.last_due) AS DATE) AS due,
       CASE WHEN s.state IN ('awaiting', 'closed') THEN s.answered ELSE CAST($day AS DATE) END - s.sent AS days,
       (SELECT count(*) FROM calendar k WHERE k.worked AND k.day > s.sent AND k.day <=
           CASE WHEN s.state IN ('awaiting', 'closed') THEN s.answered ELSE CAST($day AS DATE) END) AS worked
FROM story s JOIN cases c USING (id) WHERE s.state <> 'merged';
"""
_CALENDAR = """
CREATE OR REPLACE TEMP TABLE calendar AS
SELECT CAST(day AS DATE) AS day,
       strftime(day, '%m-%d') IN (SELECT unnest($worked)) OR
       (isodow(day) < 6 AND strftime(day, '%m-%d') NOT IN (SELECT unnest($rests))) AS worked
FROM range(DATE '2023-01-01', DATE '2024-01-01', INTERVAL 1 DAY) AS days(day)
"""
_COUNTS = """
SELECT count(*) AS issues,
       count(*) FILTER (kind = 'problem') AS problems,
       count(*) FILTER (kind = 'suggestion') AS suggestions,
       count(*) FILTER (taken AND NOT settled) AS unsettled,
       100.0 * count(*) FILTER (settled) / count(*) FILTER (taken) AS settled_share,
       100.0 * count(*) FILTER (state = 'awaiting') / count(*) FILTER (taken) AS awaiting_enterprise,
       100.0 * count(*) FILTER (state = 'closed' AND rating IN ('very_satisfied', 'satisfied', 'fairly_satisfied'))
           / count(*) FILTER (taken) AS closed_with_satisfaction,
       100.0 * count(*) FILTER (taken AND due <= $day AND settled AND answered <= due)
           / count(*) FILTER (taken AND due <= $day) AS settled_when_due,
       avg(days) FILTER (settled) AS handling_days_mean,
       median(days) FILTER (settled) AS handling_days_median,
       quantile_disc(days, 0.9) FILTER (settled) AS handling_days_p90,
       avg(worked) FILTER (settled) AS handling_days_working_mean,
       median(worked) FILTER (settled) AS handling_days_working_median,
       quantile_disc(worked, 0.9) FILTER (settled) AS handling_days_working_p90,
       100.0 * count(responded) / count(sent) AS response_share,
       100.0 * count(*) FILTER (responded <= CAST(first_due AS DATE) AND CAST(first_due AS DATE) <= $day)
           / count(*) FILTER (CAST(first_due AS DATE) <= $day) AS response_in_time,
       100.0 * count(*) FILTER (stands AND answered_as IN ('solved', 'fulfilled')) / count(*) FILTER (stands)
           AS solution_share,
       100.0 * count(*) FILTER (stands AND answered_as = 'explained') / count(*) FILTER (stands) AS explained_share,
       100.0 * count(*) FILTER (state = 'committed') / count(*) FILTER (stands) AS committed_share,
       100.0 * count(*) FILTER (CAST(promised AS DATE) <= $day AND settled AND answered <= CAST(promised AS DATE))
           / count(*) FILTER (CAST(promised AS DATE) <= $day) AS promises_kept,
       100.0 * count(*) FILTER (rating IN ('very_satisfied', 'satisfied')) / count(rating) AS satisfaction_top2,
       100.0 * count(*) FILTER (rating IN ('very_satisfied', 'satisfied', 'fairly_satisfied')) / count(rating)
           AS satisfaction_top3
FROM (SELECT *, settled OR state = 'committed' AS stands FROM told)
"""
# The product limit day by day: of those still under way at the beginning of a day, the share that it leaves open.
_CURVE = """
WITH each AS (SELECT {clock} AS days, settled FROM told WHERE sent IS NOT NULL),
     left_open AS (
        SELECT d.days, 1 - 1.0 * count(*) FILTER (e.settled AND e.days = d.days) / count(*) AS share
        FROM (SELECT DISTINCT days FROM each WHERE settled) d JOIN each e ON e.days >= d.days GROUP BY d.days),
     curve AS (
        SELECT days, CASE WHEN min(share) OVER so_far = 0 THEN 0 ELSE exp(sum(ln(greatest(share, 1e-300))) OVER so_far)
                     END AS open
        FROM left_open WINDOW so_far AS (ORDER BY days))
SELECT min(days) AS reached FROM curve WHERE open <= $left + 1e-9
"""
_CURVES = {
    "handling_days_km": ("days", 0.5),
    "handling_days_km_p90": ("days", 0.1),
    "handling_days_working_km": ("worked", 0.5),
    "handling_days_working_km_p90": ("worked", 0.1),
}
# Records that say something else than the events do; each statement has to find nothing.
_CONTRADICTIONS = {
    "a case's state is not its last event's": """
        SELECT c.number FROM cases c JOIN (SELECT subject, arg_max(state, seq) AS state, max(seq) AS seq
        FROM event WHERE area = 'case' GROUP BY subject) e ON e.subject = c.id WHERE c.state <> e.state
        OR c.seq <> e.seq""",
    "a case's versions have a gap": """
        SELECT c.number FROM cases c JOIN event e ON e.subject = c.id GROUP BY c.id, c.number, c.seq
        HAVING count(*) <> c.seq OR min(e.seq) <> 1""",
    "somebody other than the enterprise closed, rejected or reopened": """
        SELECT subject FROM event WHERE area = 'case' AND kind IN ('close', 'reject', 'reopen')
        AND actor_role <> 'enterprise'""",
    "a case is closed without its enterprise's good rating": """
        SELECT number FROM cases WHERE state = 'closed' AND (rating IS NULL OR rating LIKE '%dissatisfied')""",
    "a first promise changed": """
        SELECT c.number FROM cases c JOIN event e ON e.subject = c.id AND e.kind = 'answer' AND e.state = 'committed'
        GROUP BY c.number, c.promised_on
        HAVING CAST(arg_min(CAST(e.detail AS JSON) ->> 'promised_on', e.seq) AS DATE) <> c.promised_on""",
    "numbers of cases have a gap": """
        SELECT count(*) FROM cases HAVING count(*) <> max(CAST(substr(number, 6) AS INTEGER))""",
    "numbers of letters have a gap": """
        SELECT year FROM letter GROUP BY year HAVING count(*) <> max(number) OR min(number) <> 1""",
    "a letter has no case": "SELECT id FROM letter WHERE id NOT IN (SELECT letter_id FROM letter_case)",
    "a call, check or visit has no event, or an event none": """
        SELECT kind FROM (SELECT kind, count(*) AS n FROM follow_up GROUP BY kind) f FULL JOIN
        (SELECT kind, count(*) AS n FROM event WHERE kind IN ('reminder_call', 'monthly_check', 'return_visit')
        GROUP BY kind) e USING (kind) WHERE f.n IS DISTINCT FROM e.n""",
    "a notice stands twice": "SELECT id FROM outbox GROUP BY id HAVING count(*) > 1",
}


def differences(con: Connection, day: date) -> list[str]:
    """The figures of a day of 2023 that differ from the product's, in a line each."""
    found = measures(read_facts(con, scope=ALL, filters=EVERYTHING, as_of=day))
    again = recounted(con, day)
    return [
        f"{day} {code}: the product says {found[code].value}, the events say {value}"
        for code, value in again.items()
        if not _same(found[code].value, value)
    ]


def recounted(con: Connection, day: date) -> Mapping[str, float | None]:
    rests = [f"{one:%m-%d}" for first, last in RESTS for one in _days(first, last)]
    con.execute(_CALENDAR, {"worked": list(WORKED), "rests": rests})
    for statement in _STORY.split(";")[:-1]:
        sql.run(con, statement, {"day": day})
    counts = sql.one(con, _COUNTS, {"day": day}) or {}
    curves = {
        code: sql.scalar(con, _CURVE.format(clock=column), {"left": left}) for code, (column, left) in _CURVES.items()
    }
    return counts | curves


def contradictions(con: Connection) -> list[str]:
    found = {what: sql.rows(con, statement) for what, statement in _CONTRADICTIONS.items()}
    return [f"{what}: {[*rows[0].values()]} and {len(rows) - 1} more" for what, rows in found.items() if rows]


def _days(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(f"2023-{first}"), date.fromisoformat(f"2023-{last}")
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def _same(one: float | None, other: Any) -> bool:
    return one is other if one is None or other is None else isclose(float(one), float(other), abs_tol=1e-6)
