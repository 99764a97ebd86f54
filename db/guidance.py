"""Guidance: what everybody may read of policies and of answers of general interest, and from which cases it comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db import lookup, sql
from db.lookup import WordPlaces
from db.policies import AnsweredCase
from db.scope import Scope, cases_within
from db.shared_fields import WithTitle
from db.sql import Connection
from db.states import SETTLED, UNCOUNTED, listed
from i18n.names import STORED

PUBLISHED, WITHDRAWN = "published", "withdrawn"
PARTS = ("title", "audience", "text")


@dataclass(frozen=True)
class Written(WithTitle):
    """What staff write of it. What stands in one language alone is empty in the other; an empty audience is
    everybody."""

    title_zh: str
    title_en: str
    audience_zh: str
    audience_en: str
    text_zh: str
    text_en: str
    category: str
    body_code: str
    since: date

    @property
    def said(self) -> str:
        """All of it."""
        return "\n".join(getattr(self, f"{part}_{code}") for part in PARTS for code in STORED)


@dataclass(frozen=True)
class Guidance(Written):
    """One piece in one version. `policy_id`: the policy that it explains, None of an answer."""

    id: str
    number: int
    policy_id: str | None
    state: str
    seq: int


@dataclass(frozen=True)
class GuidanceLine:
    """A piece of the list: `cases` count what the reader may see of those that it comes from."""

    guidance: Guidance
    cases: int


@dataclass(frozen=True)
class Behind:
    """What stands behind a piece, without anybody's name: how many enterprises raised it, of which sectors that have
    `FEWEST` enterprises or more, and how many benefited (of a policy who is on its list, of an answer who has it)."""

    raised_by: int
    sectors: tuple[str, ...]
    benefited: int


FEWEST = 10  # enterprises: of fewer neither a number nor a sector is told to everybody
_COLUMNS = ", ".join(f"g.{name}" for name in Guidance.__dataclass_fields__)
_PLACES = WordPlaces("g.words", lists={"category": "g.category = ANY({codes})", "body": "g.body_code = ANY({codes})"})
# A row a piece (`id`) and a case of its own, or of the policy that it explains.
_BEHIND = """
    (SELECT l.guidance_id AS id, l.case_id FROM guidance_case l
     UNION SELECT g.id, l.case_id FROM guidance g JOIN policy_case l ON l.policy_id = g.policy_id)"""
_ITS_CASES = f"(SELECT b.case_id FROM {_BEHIND} AS b WHERE b.id = $id)"
_CHANGED = "category body_code since title_zh title_en audience_zh audience_en text_zh text_en state words"


def get(con: Connection, guidance_id: str) -> Guidance | None:
    return sql.first(con, Guidance, f"SELECT {_COLUMNS} FROM guidance g WHERE g.id = $id", {"id": guidance_id})


def of_policy(con: Connection, policy_id: str) -> Guidance | None:
    """What explains this policy."""
    return sql.first(con, Guidance, f"SELECT {_COLUMNS} FROM guidance g WHERE g.policy_id = $id", {"id": policy_id})


def published(con: Connection, typed: str = "") -> list[Guidance]:
    """What everybody may read, the latest first; of it that in which every word stands."""
    condition, params = lookup.sought(con, typed, _PLACES)
    statement = f"""
        SELECT {_COLUMNS} FROM guidance g WHERE g.state = '{PUBLISHED}' AND {condition}
        ORDER BY g.since DESC, g.number DESC
        """
    return sql.fetch(con, Guidance, statement, params)


def find(con: Connection, scope: Scope, typed: str) -> list[GuidanceLine]:
    """All there is for those who keep it, the newest number first."""
    condition, params = lookup.sought(con, typed, _PLACES)
    statement = f"""
        SELECT {_COLUMNS}, coalesce(n.cases, 0) AS cases FROM guidance g
        LEFT JOIN (SELECT b.id, count(*) AS cases FROM {_BEHIND} AS b JOIN cases c ON c.id = b.case_id
                   WHERE {cases_within(scope)} GROUP BY b.id) AS n ON n.id = g.id
        WHERE {condition} ORDER BY g.number DESC
        """
    return sql.fetch_lines(con, GuidanceLine, ("guidance", Guidance), statement, {**params, "scope_key": scope.key})


def of_case(con: Connection, scope: Scope, case_id: str) -> list[Guidance]:
    """What comes from this case, as far as the reader may see it."""
    statement = f"""
        SELECT {_COLUMNS} FROM guidance g JOIN guidance_case l ON l.guidance_id = g.id JOIN cases c ON c.id = l.case_id
        WHERE c.id = $id AND {cases_within(scope)} ORDER BY g.number
        """
    return sql.fetch(con, Guidance, statement, {"id": case_id, "scope_key": scope.key})


def cases_of(con: Connection, scope: Scope, guidance_id: str) -> list[AnsweredCase]:
    """The cases behind it, as far as the reader may see them, the earliest first."""
    statement = f"""
        SELECT c.id, c.number, c.title, c.state, c.submitted_at,
               e.name_zh AS enterprise_zh, e.name_en AS enterprise_en
        FROM cases c JOIN enterprise e ON e.id = c.enterprise_id
        WHERE c.id IN {_ITS_CASES} AND {cases_within(scope)}
        ORDER BY c.submitted_at, c.number
        """
    return sql.fetch(con, AnsweredCase, statement, {"id": guidance_id, "scope_key": scope.key})


def linked(con: Connection, guidance_id: str) -> list[str]:
    """The ids of its own cases, in an order that says nothing."""
    statement = "SELECT case_id FROM guidance_case WHERE guidance_id = $id ORDER BY case_id"
    return sql.column(con, statement, {"id": guidance_id})


def behind(con: Connection, guidance_id: str) -> Behind:
    """Confidential cases and those that were merged or taken back are left out."""
    asked = {"id": guidance_id, "fewest": FEWEST}
    counted = f"""
        SELECT c.enterprise_id, c.sector_code, c.state FROM cases c
        WHERE c.id IN {_ITS_CASES} AND NOT c.confidential
          AND c.state NOT IN {listed(UNCOUNTED)}
        """
    row = sql.rows(con, f"""
        WITH counted AS ({counted})
        SELECT (SELECT count(DISTINCT enterprise_id) FROM counted) AS raised_by,
               CASE WHEN g.policy_id IS NULL
                    THEN (SELECT count(DISTINCT enterprise_id) FROM counted WHERE state IN {listed(SETTLED)})
                    ELSE (SELECT count(DISTINCT uscc) FROM policy_beneficiary b WHERE b.policy_id = g.policy_id)
               END AS benefited
        FROM guidance g WHERE g.id = $id
        """, asked)[0]  # fmt: skip
    sectors = sql.column(con, f"""
        WITH counted AS ({counted})
        SELECT e.sector_code FROM enterprise e WHERE e.active AND e.sector_code IN (SELECT sector_code FROM counted)
        GROUP BY e.sector_code HAVING count(*) >= $fewest ORDER BY e.sector_code
        """, asked)  # fmt: skip
    return Behind(row["raised_by"], tuple(sectors), row["benefited"])


def add(con: Connection, one: Guidance) -> None:
    sql.insert(con, "guidance", lookup.with_words("guidance", one))


def change(con: Connection, one: Guidance) -> None:
    """Write it over the version before its own. Raises MovedOn."""
    sql.rewrite(con, "guidance", lookup.with_words("guidance", one), _CHANGED, number=one.number)


def link(con: Connection, guidance_id: str, case_ids: Sequence[str]) -> None:
    """These are its own cases from now on, and no others."""
    sql.run(con, "DELETE FROM guidance_case WHERE guidance_id = $id", {"id": guidance_id})
    sql.insert_many(con, "guidance_case", [{"guidance_id": guidance_id, "case_id": one} for one in case_ids])
