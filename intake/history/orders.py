"""Work orders of the hotline 12345 that concern enterprises: each becomes a case, known by the hotline's own number.

The enterprise keeps all of its rights: it is told as of anything that others raised for it, and it alone closes. Our
clock starts when the order is brought in; the hotline's own deadline stands beside it.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from access.actor import Actor
from casework.cases.act import open_cases
from db import clock, hotline
from db.cases import entered
from db.cases.cases import NewCase
from db.hotline import Order
from db.people import choices, enterprises
from db.people.enterprises import Enterprise
from db.refused import Refused
from db.sql import Connection
from i18n import folding
from intake.files.imports import shown
from intake.history.order_cells import digest
from intake.history.reading import OldRow, Values

CHANNEL = "hotline"
_IDS = UUID("0f6c2b9e-7b53-4c55-9d0c-12345a0e0064")
_SENTENCE = re.compile(r"[。！？!?；;\n]")


def case_id(number: str) -> str:
    """The same for the same number, so that a file may be brought in again."""
    return str(uuid5(_IDS, number))


def known(con: Connection, rows: Sequence[OldRow]) -> set[int]:
    there = entered.known(con, "cases", [case_id(row.values["order_number"]) for row in rows])
    return {row.row for row in rows if case_id(row.values["order_number"]) in there}


def differing(con: Connection, rows: Sequence[OldRow]) -> set[int]:
    """Of those that are there, the ones that say something else now: they are left as they came."""
    stand = hotline.orders(con, [case_id(row.values["order_number"]) for row in rows])
    asked = ((row, stand.get(case_id(row.values["order_number"]))) for row in rows)
    return {row.row for row, order in asked if order and order.digest != _digest(row.values)}


def refused(con: Connection, actor: Actor, rows: Sequence[OldRow]) -> Mapping[int, tuple[str, Refused]]:
    found = _firms(con, actor, rows)
    return {n: ("enterprise", firm) for n, firm in found.items() if isinstance(firm, Refused)}


def keep(con: Connection, actor: Actor, rows: Sequence[OldRow], import_id: str, at: datetime) -> int:
    found = _firms(con, actor, rows)
    ids = [one for one in found.values() if isinstance(one, str)]
    firms = {one.id: one for one in enterprises.these(con, actor.enterprise_scope, ids)}
    wanted = [_case(row.values, firms[str(found[row.row])]) for row in rows]
    by_order = {case.id: _order(row.values) for case, row in zip(wanted, rows, strict=True)}
    return len(open_cases(con, wanted, actor=actor, at=at, orders=by_order))


def _firms(con: Connection, actor: Actor, rows: Sequence[OldRow]) -> dict[int, str | Refused]:
    """Row → the id of its enterprise, by its credit code or else by its name, or why it has none. Who called may be the
    enterprise itself."""
    codes, named = choices.credit_codes(con, actor.enterprise_scope), dict[str, set[str]]()
    active = choices.enterprises(con, actor.enterprise_scope)
    for firm in active:
        for word in (firm.name_zh, firm.name_en):
            named.setdefault(folding.folded(word or ""), set()).add(firm.id)
    there = {firm.id for firm in active}
    return {row.row: _firm(row.values, codes, named, there) for row in rows}


def _firm(values: Values, codes: Mapping[str, str], named: Mapping[str, set[str]], active: set[str]) -> str | Refused:
    code, called = values["uscc"], values["enterprise"] or values["caller"] or ""
    by_name = named.get(folding.folded(called), set()) if called else set[str]()
    by_code = codes.get(code or "")
    if by_code in active and by_code is not None:
        ours = not values["enterprise"] or not by_name or by_code in by_name
        return by_code if ours else Refused("old_enterprise_differs")
    if code:
        return Refused("order_enterprise_unknown", value=code)
    if len(by_name) > 1:
        return Refused("order_enterprise_twice", value=called)
    return next(iter(by_name), None) or Refused("order_enterprise_unknown", value=called)


def _case(values: Values, firm: Enterprise) -> NewCase:
    _, category = values["order_class"] or ("", "other")
    own = {"enterprise_id": firm.id, "sector_code": firm.sector_code, "town_code": firm.town_code}
    return NewCase(
        case_id(values["order_number"]), values["kind"] or "problem", category, **own,
        title=values["title"] or _title(values["text"]), text=values["text"], channel=CHANNEL, language="zh",
        notice_version=0,  # whoever called was read the hotline's notice, not ours
    )  # fmt: skip


def _title(text: str) -> str:
    """The first sentence of its words, cut where it is long."""
    return shown(next(filter(None, (part.strip() for part in _SENTENCE.split(text))), text))


def _order(v: Values) -> Order:
    called, taken = (_as_said(v[one]) for one in ("called_at", "taken_at"))
    return Order(v["order_number"], called, taken, v["caller"] or "", v["phone"] or "",
                 (v["order_class"] or ("", ""))[0], v["order_body"] or "", v["order_due"], _digest(v))  # fmt: skip


def _as_said(at: datetime | date | None) -> str:
    if isinstance(at, datetime):
        return clock.instant(at).isoformat()
    return at.isoformat() if at else ""


def _digest(values: Values) -> str:
    """Of all that the row says; what we file it under is no part of it."""
    said = {name: value[0] if isinstance(value, tuple) else value for name, value in values.items()}
    return digest(said)
