"""The dialogs that add an enterprise to the register and change one."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import uuid4

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import i18n
from casework.cases import calling
from casework.cases.calling import ToCall
from db.people import enterprises
from db.people.enterprises import Enterprise
from db.refused import Refused
from intake.files.imports import Finding
from intake.register.enterprises import InvalidEnterprise, save_enterprise
from intake.register.rows import LONGEST_CONTACT, LONGEST_NAME, SIZES
from pages.shared import lead
from pages.shared.asking import ask, by, save
from pages.shared.choices import choose, sectors
from pages.shared.here import lang, store, t
from pages.shared.names import names, person
from pages.shared.plain import why
from pages.shared.refused import tell
from pages.system.why_whole import ask_why


def ask_to_change(enterprise: Enterprise) -> None:
    ask(t("register.change_title"), partial(_form, enterprise, enterprise.id), width="medium")


def ask_for_enterprise() -> None:
    ask(t("register.add"), partial(_form, None, str(uuid4())), width="medium")


def _form(before: Enterprise | None, enterprise_id: str) -> None:
    """Every field with what is wrong with it beside it. The contact stands there for a reason, and is replaced."""
    beside: dict[str, DeltaGenerator] = {}
    known = vars(before) if before else {}
    typed = _texts(known, beside) | _choices(known, beside) | _contact(before, beside)
    active = st.toggle(t("register.active"), value=before.active, key="register-active") if before else True
    new = partial(save_enterprise, store(), enterprise_id=enterprise_id, seen=before.seq if before else 0)
    if st.button(t("register.save"), type="primary", key="register-save"):
        save(lambda: new(typed=typed, active=active, **by()), why=partial(_beside, beside))


def _beside(places: Mapping[str, DeltaGenerator], refusal: Refused) -> None:
    """Of each field what is wrong with it below it, and all of it on the way to them."""
    if not isinstance(refusal, InvalidEnterprise):
        return tell(refusal)
    wrong = {name: Finding(0, name, one.code, one.facts).reason(lang()) for name, one in refusal.fields.items()}
    for name, words in wrong.items():
        with places[name]:
            lead.wrong(f"register-{name}", words, "f2f-field-error")
    named = {f"register-{name}": f"{t(f'import.field.{name}')}{i18n.DOT}{words}" for name, words in wrong.items()}
    lead.gaps(why(refusal), named)
    return lead.to_the_gap(named, str(uuid4()))


def _texts(known: Mapping[str, Any], beside: dict[str, DeltaGenerator]) -> dict[str, object]:
    limits = {"name_zh": LONGEST_NAME, "name_en": LONGEST_NAME, "uscc": 18}
    typed: dict[str, object] = {}
    for name, most in limits.items():
        value = known.get(name) or ""
        typed[name] = st.text_input(t(f"import.field.{name}"), value, max_chars=most, key=f"register-{name}")
        beside[name] = st.empty()
    return typed


def _choices(known: Mapping[str, Any], beside: dict[str, DeltaGenerator]) -> dict[str, object]:
    officers = store().read(enterprises.officers)
    logins = {officer.id: officer.login for officer in officers}
    named = {officer.login: f"{person(officer.name)} ({officer.login})" for officer in officers}
    offered = {
        "sector": (sectors(), known.get("sector_code")),
        "town": (names().town, known.get("town_code")),
        "size": ({size: t(f"size.{size}") for size in SIZES}, known.get("size")),
        "officer": (named, logins.get(known.get("officer_id") or "")),
    }
    chosen: dict[str, object] = {}
    for name, (words, value) in offered.items():
        chosen[name] = choose(t(f"import.field.{name}"), words, key=f"register-{name}", value=value)
        beside[name] = st.empty()
    foreign = known.get("foreign_funded", False)
    chosen["foreign"] = st.toggle(t("import.field.foreign"), value=foreign, key="register-foreign")
    return chosen


def _contact(before: Enterprise | None, beside: dict[str, DeltaGenerator]) -> dict[str, object]:
    """Left blank, the present name or number stays; it is taken away only by saying so."""
    found = calling.contact_kept(store(), enterprise_id=before.id, **by()) if before else ToCall()
    typed: dict[str, object] = {}
    for name, kept, most in (("contact", person(found.name), LONGEST_CONTACT), ("phone", found.number, 30)):
        hint, kind = t(f"register.{name}_kept", kept=kept) if kept else "", "phone" if name == "phone" else "default"
        new = st.text_input(t(f"import.field.{name}"), max_chars=most, key=f"register-{name}", placeholder=hint,
                            type=kind)  # fmt: skip
        beside[name] = st.empty()
        remove = st.checkbox(t(f"register.{name}_remove"), key=f"register-{name}-remove") if kept else False
        typed |= {name: new or ""} if new or remove or not kept else {}
    if before and found.hidden:
        told = partial(calling.show_contact, enterprise_id=before.id)
        ask_why(f"register-{before.id}", t("register.show_contact"), ":material/visibility:", t("desk.call.show"),
                lambda why: told(store(), reason=why, **by()))  # fmt: skip
    return typed
