"""What the district and one enterprise had to do with each other over the years. Survey answers are no part of it."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from db import sql
from db.people import enterprises
from db.people.enterprises import Enterprise
from db.scope import Scope, cases_within
from db.shared_fields import WithTheme, WithTitle
from db.sql import Connection


@dataclass(frozen=True)
class ForumAttended(WithTheme):
    """A forum that was held, and how many people of the enterprise came."""

    id: str
    number: int
    theme_zh: str
    theme_en: str
    held_on: date
    people: int


@dataclass(frozen=True)
class IssueRaised:
    """A case with the answer that stands, and every rating that the enterprise ever gave, in order."""

    id: str
    number: str
    kind: str
    category: str
    title: str
    state: str
    lead_body: str | None
    answer_kind: str | None
    answer_text: str | None
    submitted_at: datetime
    settled_at: datetime | None
    closed_at: datetime | None
    promised_on: date | None
    ratings: tuple[str, ...] = ()


@dataclass(frozen=True)
class PolicyEnjoyed(WithTitle):
    """A policy that the enterprise benefited from, by its credit code."""

    id: str
    number: int
    title_zh: str
    title_en: str
    body_code: str
    benefited_on: date


@dataclass(frozen=True)
class ReturnVisit:
    """Somebody other than the handler asked the enterprise about a case. `outcome` is a code of the lifecycle."""

    case_id: str
    number: str
    title: str
    done_at: datetime
    outcome: str


@dataclass(frozen=True)
class Story:
    """One enterprise's, each list the latest first. `rating` is the last that it gave to anything."""

    enterprise: Enterprise
    officer: str
    rating: str | None
    forums: list[ForumAttended]
    issues: list[IssueRaised]
    policies: list[PolicyEnjoyed]
    visits: list[ReturnVisit]


def of(con: Connection, scope: Scope, enterprise_id: str) -> Story | None:
    """The story, where the enterprise is within the scope."""
    enterprise = enterprises.get(con, scope, enterprise_id)
    if enterprise is None:
        return None
    issues = _issues(con, scope, enterprise)
    rated = _ratings(con, [row["id"] for row in issues])
    return Story(
        enterprise,
        sql.scalar(con, "SELECT name FROM account WHERE id = $id", {"id": enterprise.officer_id}) or "",
        rated[-1][1] if rated else None,
        _forums(con, enterprise),
        [IssueRaised(**row, ratings=tuple(r for case_id, r in rated if case_id == row["id"])) for row in issues],
        _policies(con, enterprise),
        _visits(con, scope, enterprise),
    )


def _forums(con: Connection, enterprise: Enterprise) -> list[ForumAttended]:
    statement = """
        SELECT f.id, f.number, f.theme_zh, f.theme_en, f.held_on, count(DISTINCT a.person_id) AS people
        FROM forum f JOIN attendance a ON a.forum_id = f.id
        WHERE a.enterprise_id = $id AND f.state = 'held'
        GROUP BY f.id, f.number, f.theme_zh, f.theme_en, f.held_on ORDER BY f.held_on DESC, f.number DESC
        """
    return sql.fetch(con, ForumAttended, statement, {"id": enterprise.id})


def _issues(con: Connection, scope: Scope, enterprise: Enterprise) -> list[sql.Row]:
    statement = f"""
        SELECT c.id, c.number, c.kind, c.category, c.title, c.state, c.lead_body, c.answer_kind, c.answer_text,
               c.submitted_at, c.settled_at, c.closed_at, c.promised_on
        FROM cases c WHERE c.enterprise_id = $id AND {cases_within(scope)}
        ORDER BY c.submitted_at DESC, c.number DESC
        """
    return sql.rows(con, statement, {"id": enterprise.id, "scope_key": scope.key})


def _ratings(con: Connection, case_ids: list[str]) -> list[tuple[str, str]]:
    """(case, rating) as they were given: an old rating stays beside the new one, history is the truth."""
    statement = """
        SELECT subject, detail FROM event
        WHERE area = 'case' AND kind = 'close' AND subject = ANY($ids) ORDER BY n
        """
    rated = sql.rows(con, statement, {"ids": case_ids})
    return [(row["subject"], json.loads(row["detail"])["rating"]) for row in rated]


def _policies(con: Connection, enterprise: Enterprise) -> list[PolicyEnjoyed]:
    statement = """
        SELECT p.id, p.number, p.title_zh, p.title_en, p.body_code, min(b.benefited_on) AS benefited_on
        FROM policy_beneficiary b JOIN policy p ON p.id = b.policy_id
        WHERE b.uscc = $uscc
        GROUP BY p.id, p.number, p.title_zh, p.title_en, p.body_code ORDER BY benefited_on DESC, p.number DESC
        """
    return sql.fetch(con, PolicyEnjoyed, statement, {"uscc": enterprise.uscc})


def _visits(con: Connection, scope: Scope, enterprise: Enterprise) -> list[ReturnVisit]:
    statement = f"""
        SELECT c.id AS case_id, c.number, c.title, f.done_at, f.outcome
        FROM follow_up f JOIN cases c ON c.id = f.case_id
        WHERE f.kind = 'return_visit' AND c.enterprise_id = $id AND {cases_within(scope)}
        ORDER BY f.done_at DESC, f.id
        """
    return sql.fetch(con, ReturnVisit, statement, {"id": enterprise.id, "scope_key": scope.key})
