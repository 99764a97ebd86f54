"""The enterprise register: imported from a spreadsheet, all rows or none, or kept by hand, one enterprise at a time."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from access.actor import Actor
from db.events import Event
from db.people import enterprises
from db.people.enterprises import Enterprise
from db.refused import MovedOn, Refused
from db.sql import Connection
from db.store import Store
from intake.files.apart import read_apart
from intake.files.imports import Outcome, checked_apart, how_many, shown
from intake.files.upload import Upload
from intake.register.rows import ATTRIBUTES, REQUIRED, RegisterLists, RowRead, read_fields, read_rows, returned_rows

_PERSONAL = {"officer_id", "contact_name", "contact_phone"}  # the history says that they changed, not to what


@dataclass(frozen=True)
class EnterpriseEntry:
    """A row understood: the enterprise as it would be, and as it is (None: new). `changed` are fields, not columns."""

    row: int
    enterprise: Enterprise
    before: Enterprise | None

    @property
    def changed(self) -> tuple[str, ...]:
        if self.before is None:
            return ()
        return tuple(n for n, a in ATTRIBUTES.items() if getattr(self.enterprise, a) != getattr(self.before, a))

    @property
    def kind(self) -> str:
        """new, changed or same."""
        return "new" if self.before is None else "changed" if self.changed else "same"

    def as_json(self) -> dict[str, object]:
        """What the command line shows of it: no telephone number."""
        shown = {n: getattr(self.enterprise, a) for n, a in ATTRIBUTES.items() if a not in _PERSONAL}
        return {"row": self.row, "change": self.kind, "changed": list(self.changed), **shown}


def check_enterprises(store: Store, *, actor: Actor, upload: Upload, at: datetime) -> Outcome[EnterpriseEntry]:
    """What an import of this file would do."""
    actor.must("edit_enterprise")
    found = checked_apart(read_rows, upload, store.read(RegisterLists.of))
    return store.read(lambda con: _checked(con, actor, found, at))


def import_enterprises(
    store: Store,
    *,
    actor: Actor,
    upload: Upload,
    at: datetime,
    import_id: str | None = None,
    take_good: bool = False,
) -> Outcome[EnterpriseEntry]:
    """Read the file again from its bytes and write all of it, or nothing where anything is refused; with `take_good`
    the rows of which nothing is refused.

    An enterprise whose credit code is in the register is changed: columns that the file does not have stay as they
    are. A second call with the same `import_id` writes nothing. Raises MovedOn where the register changed meanwhile.
    """
    actor.must("edit_enterprise")
    import_id = import_id or str(uuid4())
    done = store.read(lambda con: enterprises.imported(con, import_id))
    if done is not None:
        return Outcome(written=done)
    outcome = check_enterprises(store, actor=actor, upload=upload, at=at)
    if outcome.refused and not (take_good and outcome.good):
        return outcome
    moved = [entry for entry in outcome.read if entry.kind != "same"]
    made = [_import_event(upload, outcome, import_id, actor, at)]
    made += [_event(entry.enterprise, entry.changed, actor, at, via=import_id) for entry in moved]
    added = [entry.enterprise for entry in moved if entry.before is None]
    changed = [entry.enterprise for entry in moved if entry.before is not None]
    store.write(lambda con: enterprises.save_all(con, added, changed, made))
    return replace(outcome, written=len(outcome.read))


def refused_enterprises(store: Store, *, actor: Actor, upload: Upload, at: datetime, language: str) -> bytes:
    """The rows that an import of this file would not take, as a file with a column of reasons."""
    actor.must("edit_enterprise")
    return read_apart(returned_rows, upload, store.read(RegisterLists.of), language)


class InvalidEnterprise(Refused):
    """Some fields cannot be taken: `fields` maps each to the refusal that is shown beside it."""

    def __init__(self, fields: Mapping[str, Refused]) -> None:
        super().__init__("enterprise_invalid", n=len(fields))
        self.fields = dict(fields)


def save_enterprise(
    store: Store,
    *,
    actor: Actor,
    enterprise_id: str,
    seen: int,
    typed: Mapping[str, object],
    at: datetime,
    active: bool = True,
) -> Enterprise:
    """Add an enterprise (`seen` 0) or change one as it was read (`seen` its version). `typed` are fields by name;
    those that are missing stay as they are. A second try of the same addition returns the first's.

    Raises InvalidEnterprise, or MovedOn where somebody else changed it.
    """
    actor.must("edit_enterprise")
    before, values, refused = store.read(lambda con: _typed(con, actor, enterprise_id, typed))
    if before is not None and seen == 0:
        return before
    if (before.seq if before else 0) != seen:
        raise MovedOn()
    refused |= {} if before else {n: Refused("blank") for n in REQUIRED if n not in typed}
    if refused:
        raise InvalidEnterprise(refused)
    saved = _as_saved(before, values | {"active": active}, at, enterprise_id)
    changed = EnterpriseEntry(0, saved, before).changed
    event = _event(saved, changed, actor, at)
    added, moved = ([], [saved]) if before else ([saved], [])
    store.write(lambda con: enterprises.save_all(con, added, moved, [event]))
    return saved


def _typed(
    con: Connection, actor: Actor, enterprise_id: str, typed: Mapping[str, object]
) -> tuple[Enterprise | None, dict[str, Any], dict[str, Refused]]:
    before = enterprises.to_change(con, actor.enterprise_scope, enterprise_id)
    values, refused = read_fields(typed, RegisterLists.of(con))
    same_code = enterprises.by_uscc(con, actor.enterprise_scope, [values.get("uscc", "")])
    if any(other.id != enterprise_id for other in same_code.values()):
        refused["uscc"] = Refused("uscc_taken")
    return before, values, refused


def _checked(con: Connection, actor: Actor, found: Outcome[RowRead], at: datetime) -> Outcome[EnterpriseEntry]:
    known = enterprises.by_uscc(con, actor.enterprise_scope, [row.values["uscc"] for row in found.read])
    befores = [(row, known.get(row.values["uscc"])) for row in found.read]
    entries = (EnterpriseEntry(row.number, _as_saved(before, row.values, at), before) for row, before in befores)
    return Outcome(tuple(entries), found.refused, found.warnings)


def _as_saved(
    before: Enterprise | None, values: Mapping[str, Any], at: datetime, enterprise_id: str | None = None
) -> Enterprise:
    if before is not None:
        return replace(before, **values, seq=before.seq + 1)
    blank = {"name_en": "", "foreign_funded": False, "officer_id": None, "contact_name": None, "contact_phone": None}
    identity = {"id": enterprise_id or str(uuid4()), "active": True, "created_at": at, "seq": 1}
    return Enterprise(**{**blank, **identity, **values})


def _event(
    enterprise: Enterprise, changed: tuple[str, ...], actor: Actor, at: datetime, via: str | None = None
) -> Event:
    shown = {a: getattr(enterprise, a) for a in (*ATTRIBUTES.values(), "active") if a not in _PERSONAL}
    detail = shown | {"changed": list(changed)} | ({"import": via} if via else {})
    kind = "add" if enterprise.seq == 1 else "save"
    return Event(at, "enterprise", kind, enterprise.id, enterprise.seq, actor.id, actor.role, detail=detail)


def _import_event(
    upload: Upload, outcome: Outcome[EnterpriseEntry], import_id: str, actor: Actor, at: datetime
) -> Event:
    kinds = [entry.kind for entry in outcome.read]
    detail = {
        "rows": len(kinds),
        **({"refusals": how_many(outcome.refused)} if outcome.refused else {}),
        **{kind: kinds.count(kind) for kind in ("new", "changed", "same")},
        "file": shown(upload.name),
        "sha256": hashlib.sha256(upload.content).hexdigest(),
    }
    return Event(at, "enterprise", "import", import_id, 1, actor.id, actor.role, detail=detail)
