"""Guidance: staff write of a policy, or of what solved some cases, what everybody may read; they change it, withdraw
it, and say which further cases it answers. Nothing of an enterprise gets in: that is looked for, and confirmed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from access import masking
from access.actor import Actor
from access.typed import one_line, tidy
from access.verbs import reads, writes
from casework.cases.by_number import numbered, numbers_typed
from db import clock, events, guidance, hotline, numbers, policies, references
from db.cases import cases
from db.cases.cases import Case
from db.events import Event
from db.guidance import PARTS, PUBLISHED, WITHDRAWN, Guidance, GuidanceLine, Written
from db.hotline import Order
from db.people import enterprises
from db.people.enterprises import WholeContact
from db.refused import MovedOn, Refused, Wrong
from db.scope import EVERY
from db.sql import Connection
from db.states import SETTLED
from db.system import settings
from i18n import folding
from i18n.names import STORED

LONGEST_TITLE = 60
LONGEST_AUDIENCE = 60
LONGEST = 3000
MOST_CASES = 50
QUOTED = 16  # letters in a row that stand in a case too: nobody writes so many alike by chance
# A case's number, somebody's mobile as people type it.
_TELLS = re.compile(r"(?<!\d)(?:20\d\d-\d{4,}|1[3-9](?:[\s-]?\d){9})(?!\d)")
_ITS_END = re.compile(r"\d{7}(?!\d)")  # of a telephone number: the code before it is often left out


@dataclass(frozen=True)
class GuidanceForm(Written):
    """What is typed. `numbers` are those of the solved cases that it comes from; of a policy none are needed."""

    numbers: tuple[str, ...] = ()


@reads("see_policies")
def guidance_kept(con: Connection, *, actor: Actor, typed: str) -> list[GuidanceLine]:
    """All there is, withdrawn too, in which every word stands."""
    return guidance.find(con, actor.scope, typed)


@writes("edit_policy")
def publish_guidance(
    con: Connection, *, actor: Actor, guidance_id: str, policy_id: str | None, form: GuidanceForm, confirmed: bool,
    at: datetime,
) -> Guidance:  # fmt: skip
    """Everybody may read it from now on. A second try with the same id returns the first's.

    Raises Refused('guidance_confirm' | 'guidance_language' | 'guidance_long' | 'guidance_about' | 'guidance_day' |
    'guidance_cases' | 'guidance_case_unknown' | 'guidance_unsettled' | 'guidance_confidential' | 'guidance_names' |
    'guidance_quotes' | 'guidance_hidden' | 'policy_unknown' | 'guidance_twice').
    """
    if kept := guidance.get(con, guidance_id):
        return kept
    if policy_id and policies.get(con, policy_id) is None:
        raise Refused("policy_unknown")
    if policy_id and (there := guidance.of_policy(con, policy_id)):
        raise Refused("guidance_twice", number=there.number)
    said, found = _checked(con, actor, form, confirmed, at, policy_id=policy_id)
    number = numbers.following(con, "guidance")
    made = Guidance(id=guidance_id, number=number, policy_id=policy_id, state=PUBLISHED, seq=1, **said)
    guidance.add(con, made)
    return _told(con, actor, made, "publish", found, at)


@writes("edit_policy")
def change_guidance(
    con: Connection, *, actor: Actor, guidance_id: str, form: GuidanceForm, confirmed: bool, seen: int, at: datetime
) -> Guidance:
    """The next version, which everybody may read, also where the one before was withdrawn. Its cases that the actor
    may not see stay. Raises as `publish_guidance`, Refused('guidance_unknown'), MovedOn."""
    before, known = _as_read(con, guidance_id, seen), guidance.linked(con, guidance_id)
    visible = cases.these(con, actor.scope, known)
    hidden = [case_id for case_id in known if case_id not in visible]
    said, found = _checked(con, actor, form, confirmed, at, policy_id=before.policy_id, hidden=hidden)
    after = replace(before, **said, state=PUBLISHED, seq=seen + 1)
    guidance.change(con, after)
    return _told(con, actor, after, "change", found, at)


@writes("edit_policy")
def withdraw_guidance(
    con: Connection, *, actor: Actor, guidance_id: str, reason: str, seen: int, at: datetime
) -> Guidance:
    """Nobody but staff and leaders reads it any more.

    Raises Refused('guidance_unknown' | 'needs_reason' | 'too_long'), MovedOn.
    """
    before, why = _as_read(con, guidance_id, seen), one_line(reason)
    if not why:
        raise Refused("needs_reason")
    if len(why) > LONGEST:
        raise Refused("too_long", most=LONGEST)
    if before.state == WITHDRAWN:
        return before
    after = replace(before, state=WITHDRAWN, seq=seen + 1)
    guidance.change(con, after)
    return _told(con, actor, after, "withdraw", guidance.linked(con, guidance_id), at, reason=why)


@writes("edit_policy")
def answers_case(con: Connection, *, actor: Actor, guidance_id: str, case_id: str, seen: int, at: datetime) -> Guidance:
    """It answered this case too. Raises Refused('guidance_unknown' | 'case_unknown' and as `publish_guidance`),
    MovedOn."""
    before, case = _as_read(con, guidance_id, seen), cases.get(con, actor.scope, case_id)
    if case is None:
        raise Refused("case_unknown")
    _check_case(case)
    known = guidance.linked(con, guidance_id)
    if case_id in known:
        return before
    _check_words(con, actor, before.said, [case_id])
    after = replace(before, seq=seen + 1)
    guidance.change(con, after)
    return _told(con, actor, after, "link", [*known, case_id], at)


def _as_read(con: Connection, guidance_id: str, seen: int) -> Guidance:
    found = guidance.get(con, guidance_id)
    if found is None:
        raise Refused("guidance_unknown")
    if found.seq != seen:
        raise MovedOn(number=found.number)
    return found


def _told(con: Connection, actor: Actor, one: Guidance, kind: str, case_ids: Sequence[str], at: datetime,
          **more: object) -> Guidance:  # fmt: skip
    """Its cases as they are from now on, and the event with all that it says."""
    guidance.link(con, one.id, case_ids)
    detail = {name: value for name, value in vars(one).items() if name not in ("id", "seq", "state")}
    event = Event(at, "guidance", kind, one.id, one.seq, actor.id, actor.role, one.body_code, one.state,
                  detail={**detail, "cases": sorted(case_ids), **more})  # fmt: skip
    events.append(con, event)
    return one


def _checked(
    con: Connection, actor: Actor, form: GuidanceForm, confirmed: bool, at: datetime, *, policy_id: str | None,
    hidden: Sequence[str] = (),
) -> tuple[dict[str, Any], list[str]]:  # fmt: skip
    """What is kept of the form, and the ids of its cases, the hidden ones too. A policy needs none of its own."""
    form, wrong = _tidied(form), Wrong()
    wrong.tried(lambda: _check_written(form), None)
    about = [references.get(con, *one) for one in (("category", form.category), ("body", form.body_code))]
    wrong.unless(all(about), "guidance_about")
    wrong.unless(form.since <= clock.day_of(at), "guidance_day")
    fewest = 0 if policy_id or hidden else 1
    wanted = wrong.tried(lambda: numbers_typed(form.numbers, fewest, MOST_CASES, "guidance_cases"), [])
    found = wrong.tried(lambda: numbered(con, actor, wanted, "guidance_case_unknown"), [])
    for case in found:
        wrong.tried(partial(_check_case, case), None)
    own = [*(case.id for case in found), *hidden]
    behind = policies.linked(con, policy_id) if policy_id else ()
    wrong.tried(lambda: _check_words(con, actor, form.said, [*own, *behind]), None)
    wrong.unless(confirmed, "guidance_confirm")
    wrong.refuse()
    return {name: value for name, value in vars(form).items() if name != "numbers"}, own


def _tidied(form: GuidanceForm) -> GuidanceForm:
    lines = {f"{part}_{code}": one_line(getattr(form, f"{part}_{code}")) for part in ("title", "audience")
             for code in STORED}  # fmt: skip
    return replace(form, **lines, **{f"text_{code}": tidy(getattr(form, f"text_{code}")) for code in STORED})


def _check_written(form: GuidanceForm) -> None:
    """Whole in one language at least; in another all of it or nothing."""
    whole = 0
    for code in STORED:
        title, audience, text = (getattr(form, f"{part}_{code}") for part in PARTS)
        if max(len(title) - LONGEST_TITLE, len(audience) - LONGEST_AUDIENCE, len(text) - LONGEST) > 0:
            raise Refused("guidance_long", title=LONGEST_TITLE, audience=LONGEST_AUDIENCE, text=LONGEST)
        if bool(title) != bool(text) or (audience and not text):
            raise Refused("guidance_language")
        whole += bool(text)
    if not whole:
        raise Refused("guidance_language")


def _check_case(case: Case) -> None:
    """It was solved, and is no secret."""
    if case.confidential:
        raise Refused("guidance_confidential", number=case.number)
    if case.state not in SETTLED or not case.answer_text:
        raise Refused("guidance_unsettled", number=case.number)


def _check_words(con: Connection, actor: Actor, said: str, case_ids: Sequence[str]) -> None:
    """Nothing of whose cases they are: no name, no number, no sentence. Of a case that the actor may not see the
    refusal says no more than that."""
    said = masking.narrowed(said)
    seen, orders = cases.these(con, actor.scope, case_ids), hotline.orders(con, case_ids)
    found = cases.these(con, EVERY, case_ids).values()
    contacts = enterprises.contacts(con, EVERY, [case.enterprise_id for case in found])
    for case in found:
        if telling := _telling(con, said, case, contacts[case.enterprise_id], orders.get(case.id, Order(""))):
            raise telling if case.id in seen else Refused("guidance_hidden")
    if number := _TELLS.search(said):
        raise Refused("guidance_names", number=number[0])


def _telling(con: Connection, said: str, case: Case, contact: WholeContact, order: Order) -> Refused | None:
    """What there is against the words where they tell of this case, which may have come by an order."""
    firm = enterprises.of_case(con, case.id)
    own = [name for name in ((firm.name_zh, firm.name_en, contact.name) if firm else ()) if name]
    whole = [_bare(one) for one in (firm.uscc if firm else "", order.caller) if one not in ("", masking.MASK)]
    whole += _ITS_END.findall(_bare(order.phone))
    bare = _bare(said)
    if masking.without_own(said, own, settings.district(con).places) != said or any(one in bare for one in whole):
        return Refused("guidance_names", number=case.number)
    if quoted := next(_quotes(said, (case.title, case.text)), ""):
        return Refused("guidance_quotes", number=case.number, words=quoted)
    return None


def _bare(typed: str) -> str:
    """As it is compared, however it was typed in groups."""
    return re.sub(r"[\s-]", "", masking.narrowed(typed)).lower()


def _quotes(said: str, texts: Sequence[str]) -> Iterator[str]:
    """Runs of letters of a case, as they are folded, that stand in it."""
    words = folding.folded(said)
    for whole in map(folding.folded, texts):
        for start in range(len(whole) - QUOTED + 1):
            if whole[start : start + QUOTED] in words:
                yield whole[start : start + QUOTED]
