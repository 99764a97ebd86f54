"""Who is to read a confidential case."""

import i18n
from casework.cases.confiding import READERS
from db.cases import confidential
from db.cases.cases import Case
from pages.shared.choices import choose_some
from pages.shared.here import store, t
from pages.shared.names import Names, person


def readers(case: Case, names: Names) -> tuple[str, ...]:
    """By name, role and body; those who are named already stand there."""
    found = store().read(lambda con: confidential.may_be_named(con, READERS))
    stand = store().read(lambda con: confidential.readers(con, case.id)) if case.confidential else {}
    offered = {
        code: i18n.DOT.join(filter(None, (person(name), t(f"role.{role}"), names.who(place))))
        for code, (name, role, place) in found.items()
    }
    chosen = choose_some(t("confidential.readers"), offered, stand, key=f"readers-{case.id}-{case.seq}")
    return tuple(chosen)


def named(case: Case) -> str:
    """Who reads it, as the drawer says it."""
    return t("desk.comma").join(map(person, store().read(lambda con: confidential.readers(con, case.id)).values()))
