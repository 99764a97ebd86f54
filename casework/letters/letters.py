"""Handling letters (办理工作函): one case or a batch to the department that leads them.

A letter is numbered within its year without gaps and never changed: a correction is a new letter that names the old.
All that its document says is kept with it, so that the document can be made again exactly.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from access.actor import Actor
from access.typed import one_line
from access.verbs import writes
from casework.cases.act import Given, act_together
from casework.cases.bodies import check_bodies
from casework.cases.lifecycle import DISPATCH, WORKING_DAYS
from casework.documents import documents, letterhead
from casework.letters import letter_words
from db import clock, events, numbers
from db.calendar.workdays import DueDay, due_date
from db.cases import cases
from db.cases.cases import Case
from db.events import Event
from db.letters import letters, templates
from db.letters.letters import Letter
from db.refused import Refused, Wrong
from db.scope import ALL
from db.sql import Connection
from db.states import UNDER_WAY
from db.store import Store
from db.system import seals

MOST_CASES = 50
LONGEST_NOTE = 300


@writes("triage_case")
def dispatch_with_letter(
    con: Connection,
    *,
    actor: Actor,
    letter_id: str,
    seen: Mapping[str, int],
    lead: str,
    copied: Sequence[str],
    at: datetime,
    note: str = "",
    remark: str | None = None,
    leader_id: str | None = None,
) -> Letter:
    """Dispatch each case, as it was at the version `seen`, and write their letter: all of it or nothing.

    `note` is printed in the letter, `remark` stands in the cases' history alone. Raises what `act` and
    `issue_letter` raise.
    """
    if kept := letters.get(con, actor.scope, letter_id):
        return kept
    wrong = Wrong()
    wrong.unless(seen, "letter_empty")
    wrong.unless(lead, "needs_lead")
    _check_form(wrong, con, copied, note)
    wrong.refuse()
    given = Given(lead=lead, co=tuple(copied), leader_id=leader_id, note=remark)
    wanted = {case_id: (version, given) for case_id, version in seen.items()}
    act_together(con, wanted, actor=actor, action="dispatch", at=at)
    return issue_within(
        con, actor=actor, letter_id=letter_id, case_ids=list(seen), lead=lead, copied=copied, at=at, note=note
    )


def issue_within(
    con: Connection,
    *,
    actor: Actor,
    letter_id: str,
    case_ids: Sequence[str],
    lead: str,
    copied: Sequence[str],
    at: datetime,
    note: str = "",
    corrects: str | None = None,
) -> Letter:
    """Write the letter for cases that were dispatched to `lead`; a second try with the same id returns the first's.

    Raises Refused('forbidden' | 'letter_empty' | 'letter_too_many' | 'case_unknown' | 'letter_not_dispatched' |
    'letter_twice' | 'letter_unknown' | 'letter_replaced' | 'body_unknown' | 'too_long'); no number is used then:
    nothing is written before everything is checked.
    """
    actor.must("triage_case")
    if kept := letters.get(con, ALL, letter_id):
        return kept
    copies = tuple(dict.fromkeys(body for body in copied if body != lead))
    old, wrong = _to_correct(con, actor, corrects), Wrong()
    chosen = wrong.tried(lambda: _checked(con, actor, case_ids, lead, old), [])
    _check_form(wrong, con, copies, note)  # the lead is the cases' own
    wrong.refuse()
    return _write(con, actor, letter_id, chosen, lead, copies, at, one_line(note), old)


issue_letter = writes()(issue_within)


def rebuild(store: Store, *, actor: Actor, letter_id: str) -> tuple[Letter, bytes]:
    """The letter and its Word document, as it was issued. Raises Refused('letter_unknown')."""

    def read(con: Connection) -> tuple[Letter, bytes]:
        letter = letters.get(con, actor.scope, letter_id) if may_read(actor) else None
        if letter is None:
            raise Refused("letter_unknown")
        template = templates.get(con, "letter", letter.template)
        return letter, template.content if template else documents.built_in("letter")

    letter, template = store.read(read)
    return letter, documents.fill(template, letter.content)


def may_read(actor: Actor) -> bool:
    """Staff read every letter, a department those addressed or copied to it."""
    return actor.may("triage_case") or actor.may("answer_case")


def letter_due(accepted_at: datetime) -> DueDay:
    """The day by which the letter of an accepted case has to be out: rule 'dispatch_3wd'."""
    return due_date(clock.day_of(accepted_at), WORKING_DAYS[DISPATCH])


def _write(
    con: Connection,
    actor: Actor,
    letter_id: str,
    chosen: Sequence[Case],
    lead: str,
    copied: Sequence[str],
    at: datetime,
    note: str,
    old: Letter | None,
) -> Letter:
    on = clock.day_of(at)
    number = numbers.following(con, "letter", year=on.year)
    head = letterhead.letterhead(con)
    full = letterhead.full_number(head["code"], on.year, number)
    facts = letter_words.facts_of(con, head, full, chosen, lead, copied, on, note)
    facts |= {"corrects": old.content["number"] if old else ""}
    template = documents.present(con, "letter", at)
    templates.keep(con, template)
    first = min((case.due_on for case in chosen if case.due_on), default=None)
    letter = Letter(
        id=letter_id,
        year=on.year,
        number=number,
        lead_body=lead,
        issued_on=on,
        issued_at=at,
        answer_by=first,
        corrects=old.id if old else None,
        content=facts,
        template=template.sha256,
        items=len(chosen),
    )
    letters.add(con, letter, case_ids=[case.id for case in chosen], copied=copied)
    events.append(con, *seals.sealed(con, _event(letter, chosen, copied, actor)))
    return letter


def _checked(con: Connection, actor: Actor, case_ids: Sequence[str], lead: str, old: Letter | None) -> list[Case]:
    """The cases as the store has them: led by that body, and without another letter of their present dispatch."""
    wanted = list(dict.fromkeys(case_ids))
    if not wanted:
        raise Refused("letter_empty")
    if len(wanted) > MOST_CASES:
        raise Refused("letter_too_many", most=MOST_CASES)
    found = [cases.get(con, actor.scope, case_id) for case_id in wanted]
    chosen = [case for case in found if case is not None]
    if len(chosen) < len(wanted):
        raise Refused("case_unknown")
    wrong = Wrong()
    for case in chosen:
        wrong.unless(case.lead_body == lead and case.state in UNDER_WAY, "letter_not_dispatched", number=case.number)
        other = letters.of_case(con, ALL, case.id)
        free, named = other is None or (old and other.id == old.id), other.content["number"] if other else ""
        wrong.unless(free, "letter_twice", number=case.number, letter=named)
    wrong.refuse()
    return chosen


def _to_correct(con: Connection, actor: Actor, corrects: str | None) -> Letter | None:
    if corrects is None:
        return None
    old = letters.get(con, actor.scope, corrects)
    if old is None:
        raise Refused("letter_unknown")
    if old.replaced_by is not None:
        raise Refused("letter_replaced", letter=old.content["number"])
    return old


def _check_form(wrong: Wrong, con: Connection, copied: Sequence[str], note: str) -> None:
    wrong.tried(lambda: check_bodies(con, copied), None)
    wrong.unless(len(note) <= LONGEST_NOTE, "too_long", most=LONGEST_NOTE)


def _event(letter: Letter, chosen: Sequence[Case], copied: Sequence[str], actor: Actor) -> Event:
    detail = {
        "year": letter.year,
        "number": letter.number,
        "lead": letter.lead_body,
        "copied": list(copied),
        "cases": [case.number for case in chosen],
        "answer_by": letter.answer_by,
        "template": letter.template,
    }
    if letter.corrects:
        detail["corrects"] = letter.corrects
    who = (actor.id, actor.role, actor.body_code)
    return Event(letter.issued_at, "letter", "issue", letter.id, 1, *who, "issued", detail)
