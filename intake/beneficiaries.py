"""Who benefited from a policy, imported from a list: all of it or nothing, each enterprise once by its credit code."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from access.actor import Actor
from db import clock, events, policies
from db.events import Event
from db.people import enterprises
from db.policies import Benefit, Policy
from db.refused import Refused
from db.sql import Connection
from db.store import Store
from db.system import seals
from i18n.names import Named
from intake.files.apart import read_apart
from intake.files.imports import Finding, Outcome, checked_apart, finding, headed, how_many, in_order, shown, surplus
from intake.files.returned import returned
from intake.files.spreadsheets import Row, as_text, folded
from intake.files.template import template
from intake.files.upload import Upload
from intake.indicators.terms.periods import read_day
from intake.register.rows import EXAMPLE_USCC, read_credit_code

FIELDS = ("uscc", "benefited_on")
_HEADINGS = {
    "uscc": ("统一社会信用代码", "信用代码", "uscc", "unified social credit code"),
    "benefited_on": ("受益日期", "兑现日期", "享受日期", "benefited_on", "date of benefit", "date"),
}
HEADINGS = {folded(words): name for name, all_words in _HEADINGS.items() for words in all_words}


@dataclass(frozen=True)
class Beneficiary(Named):
    """A row understood. `kind` same: the policy's list has the enterprise already, and nothing is written for it.

    `name_zh` and `name_en` are the register's; empty where it does not know the code.
    """

    row: int
    uscc: str
    benefited_on: date
    kind: str
    name_zh: str = ""
    name_en: str = ""

    def as_json(self) -> dict[str, object]:
        known = {"uscc": self.uscc, "benefited_on": self.benefited_on.isoformat()}
        return {"row": self.row, "change": self.kind, **known, "name_zh": self.name_zh, "name_en": self.name_en}


def check_beneficiaries(
    store: Store, *, actor: Actor, policy_id: str, upload: Upload, at: datetime
) -> Outcome[Beneficiary]:
    """What an import of this list would do."""
    actor.must("edit_policy")
    policy = store.read(lambda con: _known(con, policy_id))
    found = checked_apart(read_list, upload, policy.issued_on, clock.day_of(at))
    return replace(found, read=store.read(lambda con: _named(con, actor, policy, found.read)))


def import_beneficiaries(
    store: Store,
    *,
    actor: Actor,
    policy_id: str,
    upload: Upload,
    at: datetime,
    import_id: str | None = None,
    take_good: bool = False,
) -> Outcome[Beneficiary]:
    """Read the list again from its bytes and write all of it, or nothing where anything is refused; with `take_good`
    the rows of which nothing is refused.

    `written` counts the enterprises that are new to the policy. A second call with the same `import_id` writes
    nothing. Raises Refused('forbidden' | 'policy_unknown').
    """
    outcome = check_beneficiaries(store, actor=actor, policy_id=policy_id, upload=upload, at=at)
    if outcome.refused and not (take_good and outcome.good):
        return outcome
    import_id = import_id or str(uuid4())

    def write(con: Connection) -> int:
        policy = _known(con, policy_id)
        done = _done(con, policy_id, import_id)
        return _write(con, policy, outcome, upload, import_id, actor, at) if done is None else done

    return replace(outcome, written=store.write(write))


def _write(
    con: Connection,
    policy: Policy,
    outcome: Outcome[Beneficiary],
    upload: Upload,
    import_id: str,
    actor: Actor,
    at: datetime,
) -> int:
    """What is there already is asked again within the transaction: two lists may come at once."""
    there = policies.beneficiaries(con, policy.id, [entry.uscc for entry in outcome.read])
    fresh = [Benefit(policy.id, e.uscc, e.benefited_on) for e in outcome.read if e.uscc not in there]
    after = replace(policy, seq=policy.seq + 1)
    policies.change(con, after)
    policies.add_beneficiaries(con, fresh)
    detail = {
        "number": policy.number,
        "import": import_id,
        "rows": len(outcome.read),
        **({"refusals": how_many(outcome.refused)} if outcome.refused else {}),
        "new": len(fresh),
        "file": shown(upload.name),
        "sha256": hashlib.sha256(upload.content).hexdigest(),
    }
    told = (policy.id, after.seq, actor.id, actor.role, policy.body_code)
    events.append(con, *seals.sealed(con, Event(at, "policy", "import", *told, detail=detail)))
    return len(fresh)


def _done(con: Connection, policy_id: str, import_id: str) -> int | None:
    """How many enterprises this import brought when it was made, or None."""
    told = [event["detail"] for event in events.of_subject(con, policy_id) if event["kind"] == "import"]
    return next((detail["new"] for detail in told if detail["import"] == import_id), None)


def refused_beneficiaries(
    store: Store, *, actor: Actor, policy_id: str, upload: Upload, at: datetime, language: str
) -> bytes:
    """The rows that an import of this list would not take, as a file with a column of reasons."""
    actor.must("edit_policy")
    policy = store.read(lambda con: _known(con, policy_id))
    return read_apart(returned_rows, upload, policy.issued_on, clock.day_of(at), language)


def policy_numbered(con: Connection, number: int | None) -> str:
    """A policy's id by its number in the series. Raises Refused('policy_unknown')."""
    found = policies.numbered(con, number) if number else None
    if found is None:
        raise Refused("policy_unknown")
    return found.id


def _known(con: Connection, policy_id: str) -> Policy:
    policy = policies.get(con, policy_id)
    if policy is None:
        raise Refused("policy_unknown")
    return policy


def read_list(upload: Upload, issued: date, today: date) -> Outcome[Beneficiary]:
    """The file by itself, as limited work. Raises Refused('file_…')."""
    table, columns, of_all = headed(upload, HEADINGS, ("uscc",))
    if of_all.refused:
        return of_all
    refused, warnings = list[Finding](), list(of_all.warnings)
    read: dict[str, Beneficiary] = {}
    undated = 0
    for row in table.rows:
        values, found = _values(row, columns, issued, today)
        refused += found
        if found:
            continue
        undated += values["undated"]
        entry = Beneficiary(row.number, values["uscc"], values["benefited_on"], "new")
        if entry.uscc in read:
            warnings.append(Finding(row.number, "uscc", "beneficiary_again", {"other": read[entry.uscc].row}))
        read[entry.uscc] = _earlier(read.get(entry.uscc), entry)
    if undated:
        warnings.append(Finding(0, "benefited_on", "benefit_day_taken", {"n": undated, "day": today.isoformat()}))
    return Outcome(tuple(read.values()), in_order(refused), in_order(warnings))


def returned_rows(upload: Upload, issued: date, today: date, language: str) -> bytes:
    """The file's refused rows with their reasons, as limited work."""
    table, columns, _ = headed(upload, HEADINGS, ("uscc",))
    found = (one for row in table.rows for one in _values(row, columns, issued, today)[1])
    return returned(upload, table, found, language)


def _values(row: Row, columns: Mapping[str, str], issued: date, today: date) -> tuple[dict[str, Any], list[Finding]]:
    """The row's values, and what is refused of it."""
    cells = {name: row.cells.get(column) for name, column in columns.items()}
    undated = not as_text(cells.get("benefited_on"))
    values: dict[str, Any] = {"benefited_on": today, "undated": undated}
    found = surplus(row, columns)
    try:
        values["uscc"] = read_credit_code(cells["uscc"])
    except Refused as refusal:
        found.append(finding(row.number, "uscc", refusal))
    try:
        values["benefited_on"] = today if undated else _day(cells["benefited_on"], issued, today)
    except Refused as refusal:
        found.append(finding(row.number, "benefited_on", refusal))
    return values, found


def _day(cell: object, issued: date, today: date) -> date:
    """Nobody benefits before the policy is issued, nor tomorrow: such a day is a slip of the pen."""
    try:
        day = read_day(cell)
    except Refused:
        raise Refused("benefit_day", value=shown(cell)) from None
    if day > today:
        raise Refused("benefit_in_future", day=day.isoformat())
    if day < issued:
        raise Refused("benefit_before_issue", day=day.isoformat(), issued=issued.isoformat())
    return day


def _earlier(before: Beneficiary | None, entry: Beneficiary) -> Beneficiary:
    """An enterprise that stands twice counts from its first benefit."""
    if before is None:
        return entry
    return replace(before, benefited_on=min(before.benefited_on, entry.benefited_on))


def _named(con: Connection, actor: Actor, policy: Policy, read: Sequence[Beneficiary]) -> tuple[Beneficiary, ...]:
    codes = [entry.uscc for entry in read]
    known = enterprises.by_uscc(con, actor.enterprise_scope, codes)
    there = policies.beneficiaries(con, policy.id, codes)

    def named(entry: Beneficiary) -> Beneficiary:
        firm = known.get(entry.uscc)
        names = {"name_zh": firm.name_zh, "name_en": firm.name_en} if firm else {}
        return replace(entry, kind="same" if entry.uscc in there else "new", **names)

    return tuple(named(entry) for entry in read)


def beneficiaries_template(_con: Connection, language: str) -> bytes:
    """The credit code and the date, with an example row; the note stands on a sheet that no import reads."""
    day = "2023-11-20"
    allowed = (FIELDS, [["", day]])
    return template(language, FIELDS, [[EXAMPLE_USCC, day]], allowed, "import.template.beneficiaries_note")
