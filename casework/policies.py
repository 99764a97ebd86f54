"""Special policies: enter one, change it, say which cases it answers. The list of who benefited comes in by import."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, partial

from access.actor import Actor
from access.typed import one_line
from access.verbs import writes
from casework.cases.by_number import numbered, numbers_typed
from db import clock, events, numbers, policies, references
from db.cases import cases
from db.events import Event
from db.policies import Policy
from db.refused import MovedOn, Refused, Wrong
from db.sql import Connection
from db.system import seals

LONGEST_TITLE = 120
MOST_CASES = 50


@dataclass(frozen=True)
class PolicyForm:
    """What is typed. The number in the series is given, never typed."""

    title_zh: str
    title_en: str
    body_code: str
    issued_on: date | None  # None: not chosen yet


def enter_policies(con: Connection, *, actor: Actor, forms: Mapping[str, PolicyForm], at: datetime) -> list[Policy]:
    """By id, as the next ones of the series, within the caller's transaction. Raises as `add_policy`."""
    known = cache(partial(references.get, con, "body"))
    tidy = {policy_id: _checked(known, form, at) for policy_id, form in forms.items()}
    first = numbers.following(con, "policy")
    made = [Policy(id=one, number=n, seq=1, **vars(form)) for n, (one, form) in enumerate(tidy.items(), start=first)]
    policies.add(con, made)
    events.append(con, *seals.sealed(con, *(_event(policy, "issue", actor, at) for policy in made)))
    return made


@writes("edit_policy")
def add_policy(con: Connection, *, actor: Actor, policy_id: str, form: PolicyForm, at: datetime) -> Policy:
    """Enter the next policy of the series. A second try with the same id returns the first's.

    Raises Refused('forbidden' | 'policy_titles' | 'policy_body' | 'policy_day').
    """
    if kept := policies.get(con, policy_id):
        return kept
    return enter_policies(con, actor=actor, forms={policy_id: form}, at=at)[0]


@writes("edit_policy")
def change_policy(
    con: Connection, *, actor: Actor, policy_id: str, form: PolicyForm, seen: int, at: datetime
) -> Policy:
    """Another title, body or day. Raises as `add_policy`, Refused('policy_unknown'), MovedOn."""
    policy = _as_read(_known(con, policy_id), seen)
    tidy = _checked(partial(references.get, con, "body"), form, at)
    return _changed(con, actor, replace(policy, **vars(tidy)), "change", at)


@writes("edit_policy")
def link_cases(
    con: Connection, *, actor: Actor, policy_id: str, numbers: Sequence[str], seen: int, at: datetime
) -> Policy:
    """Say that the policy answers the cases with these numbers; those that stand there already stay.

    Raises Refused('policy_cases_missing' | 'policy_case_unknown', numbers=) for what the actor may not see either.
    """
    wanted = numbers_typed(numbers, 1, MOST_CASES, "policy_cases_missing")
    policy, known = _known(con, policy_id), policies.linked(con, policy_id)
    fresh = [case.id for case in numbered(con, actor, wanted, "policy_case_unknown") if case.id not in known]
    if not fresh:
        return policy
    policies.link(con, policy_id, fresh)
    return _changed(con, actor, _as_read(policy, seen), "link", at, cases=fresh)


@writes("edit_policy")
def unlink_case(con: Connection, *, actor: Actor, policy_id: str, case_id: str, seen: int, at: datetime) -> Policy:
    """The policy does not answer this case after all. Raises Refused('policy_case_unlinked'), MovedOn."""
    policy = _as_read(_known(con, policy_id), seen)
    if case_id not in policies.linked(con, policy_id) or cases.get(con, actor.scope, case_id) is None:
        raise Refused("policy_case_unlinked")
    policies.unlink(con, policy_id, case_id)
    return _changed(con, actor, policy, "unlink", at, cases=[case_id])


def _changed(con: Connection, actor: Actor, policy: Policy, kind: str, at: datetime, **more: object) -> Policy:
    """One change over the version that was read, with its event."""
    after = replace(policy, seq=policy.seq + 1)
    policies.change(con, after)
    events.append(con, *seals.sealed(con, _event(after, kind, actor, at, **more)))
    return after


def _known(con: Connection, policy_id: str) -> Policy:
    policy = policies.get(con, policy_id)
    if policy is None:
        raise Refused("policy_unknown")
    return policy


def _as_read(policy: Policy, seen: int) -> Policy:
    if policy.seq != seen:
        raise MovedOn(number=policy.number)
    return policy


def _checked(known: Callable[[str], object], form: PolicyForm, at: datetime) -> PolicyForm:
    """`known`: the body of a code."""
    titles, wrong = {name: one_line(getattr(form, name)) for name in ("title_zh", "title_en")}, Wrong()
    wrong.unless(all(0 < len(title) <= LONGEST_TITLE for title in titles.values()), "policy_titles",
                 longest=LONGEST_TITLE)  # fmt: skip
    wrong.unless(known(form.body_code), "policy_body")
    wrong.unless(form.issued_on and form.issued_on <= clock.day_of(at), "policy_day")
    wrong.refuse()
    return replace(form, **titles)


def _event(policy: Policy, kind: str, actor: Actor, at: datetime, **more: object) -> Event:
    detail = {"number": policy.number, "title": policy.title_zh, "issued_on": policy.issued_on, **more}
    return Event(at, "policy", kind, policy.id, policy.seq, actor.id, actor.role, policy.body_code, detail=detail)
