"""Special policies that grew from cases, and who benefited: 22 and 15,236 enterprises to November 2023."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from db import clock, sql
from db.demo.common import ARTICLE_DAY, code_of_enterprise, moment, stream, table, uid
from db.demo.people import id_of
from db.demo.stories import Story
from db.events import Event
from db.people.enterprises import Enterprise
from db.policies import Benefit, Policy
from db.sql import Connection

BENEFICIARIES = 15_236  # distinct, to ARTICLE_DAY
AGAIN = 4_100  # of whom so many benefited from a second policy
LATER = 900  # new ones of each policy since


@dataclass(frozen=True)
class Granted:
    policies: list[Policy]
    links: list[dict[str, str]]  # policy_id, case_id
    benefits: list[Benefit]


def imagine(today: date, register: Sequence[Enterprise], told: Sequence[Story]) -> Granted:
    """The policies issued before `today`, the cases that led to them, and the benefits paid by then."""
    rows = [row for row in table("policies") if date.fromisoformat(row["issued_on"]) < today]
    made = [_policy(row) for row in rows]
    links = [link for row, policy in zip(rows, made, strict=True) for link in _links(policy, row["category"], told)]
    published = [policy for policy in made if policy.issued_on <= ARTICLE_DAY]
    benefits = _first_benefits(published, register)
    reached = list(dict.fromkeys(benefit.uscc for benefit in benefits))
    for policy in made[len(published) :]:
        benefits += _later_benefits(policy, today, reached)
    return Granted(made, links, [benefit for benefit in benefits if benefit.benefited_on < today])


def write(con: Connection, granted: Granted) -> None:
    sql.insert_many(con, "policy", granted.policies)
    sql.insert_many(con, "policy_case", granted.links)
    sql.insert_many(con, "policy_beneficiary", granted.benefits)


def events(granted: Granted) -> list[Event]:
    actor = (id_of("staff"), "staff")
    return [
        Event(moment(p.issued_on, 10, 0), "policy", "issue", p.id, 1, *actor, p.body_code, detail={"number": p.number})
        for p in granted.policies
    ]


def _policy(row: dict[str, str]) -> Policy:
    number = int(row["number"])
    issued = date.fromisoformat(row["issued_on"])
    return Policy(uid("policy", number), number, row["title_zh"], row["title_en"], row["body"], issued, 1)


def _links(policy: Policy, category: str, told: Sequence[Story]) -> list[dict[str, str]]:
    """The latest cases of the category that were raised before the policy was issued."""
    before = [
        story.row["id"]
        for story in told
        if story.row["category"] == category
        and story.row["state"] != "merged"
        and clock.day_of(story.row["submitted_at"]) < policy.issued_on
    ]
    return [{"policy_id": policy.id, "case_id": case_id} for case_id in before[-8:]]


def _first_benefits(policies: Sequence[Policy], register: Sequence[Enterprise]) -> list[Benefit]:
    """Everybody once, and a part of them a second time from another policy."""
    rng = stream("benefits")
    known = [e.uscc for e in register if e.created_at.year < 2020]
    codes = [*known, *(code_of_enterprise(5000 + n) for n in range(BENEFICIARIES - len(known)))]
    weights = [rng.randrange(2, 20) for _ in policies]
    first = rng.choices(range(len(policies)), weights, k=len(codes))
    made = [_benefit(rng, policies[index], code) for index, code in zip(first, codes, strict=True)]
    again = rng.sample(range(len(codes)), AGAIN)
    return made + [_benefit(rng, policies[(first[n] + 1 + n % 20) % len(policies)], codes[n]) for n in again]


def _later_benefits(policy: Policy, today: date, reached: Sequence[str]) -> list[Benefit]:
    """Some of those whom earlier policies reached, and new ones."""
    rng = stream(f"benefits:{policy.number}")
    old = rng.sample(reached, LATER)
    first = 35_000 + LATER * policy.number
    new = [code_of_enterprise(number) for number in range(first, first + LATER - 300)]
    days = max(1, (today - policy.issued_on).days)
    return [Benefit(policy.id, code, policy.issued_on + timedelta(days=rng.randrange(days))) for code in (*old, *new)]


def _benefit(rng: Random, policy: Policy, code: str) -> Benefit:
    days = max(1, (ARTICLE_DAY - policy.issued_on).days)
    return Benefit(policy.id, code, policy.issued_on + timedelta(days=rng.randrange(days)))
