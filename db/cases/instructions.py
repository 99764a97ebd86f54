"""Leaders' written instructions (批示) on cases, as the history tells them: given until a day, answered in words.

What is given while another waits is answered together with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from db import clock, sql
from db.cases import past
from db.clock import day_in_sql
from db.scope import Scope, cases_within
from db.shared_fields import OfEnterprise
from db.sql import Connection, Row
from db.states import COUNTED, listed


@dataclass(frozen=True)
class Instruction(OfEnterprise):
    """`leader` is the name of who gave it; `body` who answered it, or has the case now. `late`: it was answered later
    than it should have been, or waits for longer."""

    case_id: str
    number: str
    title: str
    seq: int
    leader: str
    given_at: datetime
    words: str
    answer_by: date
    body: str | None
    answered_at: datetime | None
    answer: str | None
    late: bool


# What a list may be narrowed to → the condition on `given`.
STATES: Mapping[str, str] = MappingProxyType(
    {"open": "answered_at IS NULL", "late": "answered_at IS NULL AND late", "answered": "answered_at IS NOT NULL"}
)


def found(
    con: Connection, scope: Scope, *, today: date, state: str, led_by: str, size: int, page: int
) -> list[Instruction]:
    """A page of those in one of STATES ('': all) that this leader gave ('': any), what waits first by its day, then
    the latest."""
    own = ", ".join(f"g.{name}" for name in Instruction.__dataclass_fields__ if not name.startswith("enterprise"))
    statement = f"""
        WITH {given(cases_within(scope))}
        SELECT {own}, e.name_zh AS enterprise_zh, e.name_en AS enterprise_en
        FROM given g JOIN enterprise e ON e.id = g.enterprise_id
        WHERE ({STATES.get(state, "true")}) AND $led_by IN ('', leader_id)
        ORDER BY CASE WHEN answered_at IS NULL THEN 0 ELSE 1 END, CASE WHEN answered_at IS NULL THEN answer_by END,
                 given_at DESC, number DESC, g.seq DESC LIMIT $size OFFSET $offset
        """
    window = {"size": size, "offset": size * (page - 1)}
    return sql.fetch(con, Instruction, statement, _asked(scope, today, led_by) | window)


def counts(con: Connection, scope: Scope, *, today: date, led_by: str, me: str) -> dict[str, int]:
    """How many there are in each of STATES, how many of all ('all') this person gave ('mine')."""
    each = ", ".join(f"count(*) FILTER (WHERE ({condition}) AND own) AS {name}" for name, condition in STATES.items())
    statement = f"""
        WITH {given(cases_within(scope))}
        SELECT {each}, count(*) FILTER (WHERE leader_id = $me) AS mine, count(*) AS "all"
        FROM (SELECT *, $led_by IN ('', leader_id) AS own FROM given) AS g
        """
    return sql.rows(con, statement, _asked(scope, today, led_by) | {"me": me})[0]


def waiting(con: Connection, case_id: str) -> tuple[str, ...]:
    """The leaders whose instructions on a case that was read within a scope wait for an answer."""
    statement = """
        SELECT DISTINCT i.actor_id FROM event i WHERE i.subject = $id AND i.area = 'case' AND i.kind = 'instruct'
        AND i.seq > coalesce((SELECT max(a.seq) FROM event a WHERE a.subject = $id AND a.area = 'case'
                              AND a.kind = 'answer_instruction'), 0)
        ORDER BY 1
        """
    return tuple(sql.column(con, statement, {"id": case_id}))


def _asked(scope: Scope, today: date, led_by: str) -> Row:
    return {"scope_key": scope.key, "today": today, "led_by": led_by, "end": clock.end_of_day(today)}


def given(within: str) -> str:
    """Tables for a WITH, of them `given`: a row an instruction before the parameter `end`, which ends the day
    `today`, as it stood then. On what lives on in another case, or was taken back, none waits."""
    answered = day_in_sql("answered_at")
    return f"""stood AS ({past.stood(columns=("state", "lead_body"))}),
        answered AS (
            SELECT i.n, c.id AS case_id, c.number, c.title, c.enterprise_id, s.state, i.seq, i.actor_id AS leader_id,
                   coalesce(l.name, '') AS leader, i.happened_at AS given_at,
                   coalesce(a.body_code, s.lead_body) AS body,
                   CAST(i.detail AS JSON) ->> 'text' AS words,
                   CAST(CAST(i.detail AS JSON) ->> 'answer_by' AS DATE) AS answer_by,
                   a.happened_at AS answered_at, CAST(a.detail AS JSON) ->> 'text' AS answer,
                   row_number() OVER (PARTITION BY i.n ORDER BY a.seq) AS place
            FROM event i JOIN cases c ON c.id = i.subject JOIN stood s ON s.id = c.id
            LEFT JOIN account l ON l.id = i.actor_id
            LEFT JOIN event a ON a.subject = i.subject AND a.area = 'case' AND a.kind = 'answer_instruction'
                              AND a.seq > i.seq AND a.happened_at < $end
            WHERE i.area = 'case' AND i.kind = 'instruct' AND i.happened_at < $end AND {within}),
        given AS (SELECT *, coalesce({answered}, $today) > answer_by AS late FROM answered
                  WHERE place = 1 AND (answered_at IS NOT NULL OR state IN {listed(COUNTED)}))
        """
