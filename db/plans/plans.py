"""Plans of hard cases and their steps, and what tells a hard case from others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from db import sql
from db.cases import past
from db.scope import Scope, cases_within
from db.shared_fields import OfEnterprise, ToDo
from db.sql import Connection
from db.states import UNSETTLED, listed

BAR = "|"  # between the codes of `reasons`


@dataclass(frozen=True)
class Plan:
    """One case, one plan. `seq` is its version, which its steps move too."""

    id: str
    case_id: str
    reasons: str
    goal: str
    lead_body: str
    leader_id: str | None
    state: str
    opened_at: datetime
    ended_at: datetime | None
    outcome: str | None
    seq: int

    @property
    def why(self) -> tuple[str, ...]:
        return tuple(self.reasons.split(BAR))


@dataclass(frozen=True)
class Step(ToDo):
    """What is to be done, by whom, by when. `first_due_on` never changes; `delays` counts how often it was put off."""

    id: str
    plan_id: str
    position: int
    title: str
    body_code: str
    first_due_on: date
    due_on: date
    delays: int
    delay_reason: str | None
    state: str
    done_on: date | None
    outcome: str | None


@dataclass(frozen=True)
class PlanLine(OfEnterprise):
    """A plan of the list with its case: dropped steps do not count, `next_…` is the open step due first."""

    plan: Plan
    number: str
    title: str
    case_state: str
    sector_code: str
    town_code: str
    case_leader: str | None
    steps: int
    done: int
    next_title: str | None
    next_body: str | None
    next_due: date | None

    def led_by(self, account_id: str) -> bool:
        """Whether this leader is in charge of the plan or of its case."""
        return account_id in (self.plan.leader_id, self.case_leader)

    def late(self, today: date) -> bool:
        return self.plan.state == "active" and self.next_due is not None and self.next_due < today


@dataclass(frozen=True)
class Signs(OfEnterprise):
    """What the records say of an open case that has no plan: how hard it may be."""

    id: str
    number: str
    title: str
    state: str
    lead_body: str | None
    leader_id: str | None
    due_on: date | None
    oppositions: int  # rejected, badly rated or reopened by the enterprise
    extensions: int  # granted
    bodies: int  # in charge or helping
    calls_for_leader: int  # calls, checks and visits that ended so
    days_late: int  # working days past what is due


def get(con: Connection, scope: Scope, plan_id: str) -> Plan | None:
    """The plan, where its case is within the scope."""
    found = _plans(con, scope, "p.id = $id", {"id": plan_id})
    return found[0] if found else None


def of_case(con: Connection, scope: Scope, case_id: str) -> list[Plan]:
    """The plans of a case within the scope, the latest first: at most one of them is active."""
    return _plans(con, scope, "p.case_id = $case_id", {"case_id": case_id})


def steps(con: Connection, scope: Scope, plan_id: str) -> list[Step]:
    """The steps of a plan within the scope, in the order in which they were first due."""
    statement = f"""
        SELECT s.* FROM plan_step s JOIN case_plan p ON p.id = s.plan_id JOIN cases c ON c.id = p.case_id
        WHERE s.plan_id = $id AND {cases_within(scope)} ORDER BY s.first_due_on, s.position
        """
    return sql.fetch(con, Step, statement, {"id": plan_id, "scope_key": scope.key})


def add(con: Connection, plan: Plan) -> None:
    sql.insert(con, "case_plan", plan)


def change(con: Connection, plan: Plan) -> None:
    """Write the plan over the version before its own. Raises MovedOn."""
    sql.rewrite(con, "case_plan", plan, "reasons goal lead_body leader_id state ended_at outcome")


def add_step(con: Connection, step: Step) -> None:
    sql.insert(con, "plan_step", step)


def change_step(con: Connection, step: Step) -> None:
    """The caller moves the plan's version in the same transaction. The first date is not among what changes."""
    statement = """
        UPDATE plan_step SET due_on = $due_on, delays = $delays, delay_reason = $delay_reason, state = $state,
            done_on = $done_on, outcome = $outcome
        WHERE id = $id
        """
    sql.run(con, statement, vars(step))


def find(con: Connection, scope: Scope) -> list[PlanLine]:
    """All plans within the scope: active ones first, by the step that is due next."""
    statement = f"""
        SELECT p.*, c.number, c.title, c.state AS case_state, c.sector_code, c.town_code, c.leader_id AS case_leader,
               e.name_zh AS enterprise_zh, e.name_en AS enterprise_en,
               coalesce(s.steps, 0) AS steps, coalesce(s.done, 0) AS done,
               o.title AS next_title, o.body_code AS next_body, o.due_on AS next_due
        FROM case_plan p JOIN cases c ON c.id = p.case_id JOIN enterprise e ON e.id = c.enterprise_id
        LEFT JOIN (SELECT plan_id, count(*) FILTER (WHERE state <> 'dropped') AS steps,
                          count(*) FILTER (WHERE state = 'done') AS done
                   FROM plan_step GROUP BY plan_id) AS s ON s.plan_id = p.id
        LEFT JOIN (SELECT plan_id, title, body_code, due_on,
                          row_number() OVER (PARTITION BY plan_id ORDER BY due_on, position) AS place
                   FROM plan_step WHERE state = 'open') AS o ON o.plan_id = p.id AND o.place = 1
        WHERE {cases_within(scope)}
        ORDER BY CASE WHEN p.state = 'active' THEN 0 ELSE 1 END, CASE WHEN p.state = 'active' THEN o.due_on END
                 NULLS LAST, p.ended_at DESC NULLS LAST, p.opened_at DESC, c.number DESC
        """
    return sql.fetch_lines(con, PlanLine, ("plan", Plan), statement, {"scope_key": scope.key})


def signs(
    con: Connection, scope: Scope, today: date, least: Mapping[str, int], *, led_by: str, most: int
) -> tuple[list[Signs], int]:
    """Of the open cases within the scope that wait for no enterprise and have no plan, nor one that was withdrawn, the
    first in which a field of `least` has come so far, those with most such fields first; and how many there are."""
    shows = [f"CASE WHEN {name} >= {n} THEN 1 ELSE 0 END" for name, n in least.items()]
    found = sql.rows(
        con,
        f"""
        SELECT *, count(*) OVER () AS total FROM (
            SELECT c.id, c.number, c.title, c.state, c.lead_body, c.leader_id, c.due_on,
                   e.name_zh AS enterprise_zh, e.name_en AS enterprise_en,
                   {past.opposed("c.")} AS oppositions, c.extensions,
                   coalesce(b.bodies, 0) AS bodies, coalesce(f.calls, 0) AS calls_for_leader,
                   CASE WHEN c.due_on < $today THEN u.so_far - d.so_far ELSE 0 END AS days_late
            FROM cases c JOIN enterprise e ON e.id = c.enterprise_id
            LEFT JOIN (SELECT case_id, count(DISTINCT body_code) AS bodies FROM case_body GROUP BY case_id) AS b
                   ON b.case_id = c.id
            LEFT JOIN (SELECT case_id, count(*) AS calls FROM follow_up WHERE outcome = 'needs_leader' GROUP BY case_id)
                   AS f ON f.case_id = c.id
            LEFT JOIN workday d ON d.day = c.due_on LEFT JOIN workday u ON u.day = $today
            WHERE c.state IN {listed(UNSETTLED)} AND {cases_within(scope)} AND $led_by IN ('', c.leader_id)
                  AND c.id NOT IN (SELECT case_id FROM case_plan WHERE state <> 'finished')) AS told
        WHERE {" + ".join(shows)} > 0 ORDER BY {" + ".join(shows)} DESC, number LIMIT $most
        """,
        {"scope_key": scope.key, "today": today, "led_by": led_by, "most": most},
    )
    total = found[0]["total"] if found else 0
    return [Signs(**{name: value for name, value in row.items() if name != "total"}) for row in found], total


def _plans(con: Connection, scope: Scope, where: str, params: dict[str, object]) -> list[Plan]:
    """`where` is one of ours."""
    statement = f"""
        SELECT p.* FROM case_plan p JOIN cases c ON c.id = p.case_id
        WHERE {where} AND {cases_within(scope)} ORDER BY p.opened_at DESC, p.id
        """
    return sql.fetch(con, Plan, statement, {**params, "scope_key": scope.key})
