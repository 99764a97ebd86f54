"""The dialogs that add an enterprise to the register and change one."""

from functools import partial
from uuid import uuid4

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from db.people import enterprises
from db.people.enterprises import Enterprise
from intake.files.imports import Finding
from intake.register.enterprises import InvalidEnterprise, save_enterprise
from intake.register.rows import LONGEST_CONTACT, LONGEST_NAME, SIZES
from pages.shared.asking import ask, attempt, saved
from pages.shared.choices import choose, sectors
from pages.shared.here import actor, lang, now, store, t
from pages.shared.names import names
from pages.shared.plain import letters


def ask_to_change(enterprise: Enterprise) -> None:
    ask(t("register.change_title"), partial(_form, enterprise, enterprise.id), width="medium")


def ask_for_enterprise() -> None:
    ask(t("register.add"), partial(_form, None, str(uuid4())), width="medium")


def _form(before: Enterprise | None, enterprise_id: str) -> None:
    """Every field with what is wrong with it beside it. A telephone number is never shown, only replaced."""
    beside: dict[str, DeltaGenerator] = {}
    typed = _texts(before, beside) | _choices(before, beside) | _phone(before, beside)
    active = st.toggle(t("register.active"), value=before.active, key="register-active") if before else True
    if not st.button(t("register.save"), type="primary", key="register-save"):
        return
    if attempt(partial(_save, before, enterprise_id, typed, active, beside)):
        saved()


def _save(
    before: Enterprise | None,
    enterprise_id: str,
    typed: dict[str, object],
    active: bool,
    beside: dict[str, DeltaGenerator],
) -> Enterprise:
    try:
        return save_enterprise(
            store(),
            actor=actor(),
            enterprise_id=enterprise_id,
            seen=before.seq if before else 0,
            typed=typed,
            at=now(),
            active=active,
        )
    except InvalidEnterprise as invalid:
        for name, refusal in invalid.fields.items():
            beside[name].error(letters(Finding(0, name, refusal.code, refusal.facts).reason(lang())))
        raise


def _texts(before: Enterprise | None, beside: dict[str, DeltaGenerator]) -> dict[str, object]:
    limits = {"name_zh": LONGEST_NAME, "name_en": LONGEST_NAME, "uscc": 18, "contact": LONGEST_CONTACT}
    now_is = {
        "name_zh": before.name_zh,
        "name_en": before.name_en,
        "uscc": before.uscc,
        "contact": before.contact_name or "",
    } if before else {}  # fmt: skip
    typed: dict[str, object] = {}
    for name, most in limits.items():
        label = t(f"import.field.{name}")
        typed[name] = st.text_input(label, value=now_is.get(name, ""), max_chars=most, key=f"register-{name}")
        beside[name] = st.empty()
    return typed


def _choices(before: Enterprise | None, beside: dict[str, DeltaGenerator]) -> dict[str, object]:
    called = names()
    officers = store().read(enterprises.officers)
    logins = {officer.id: officer.login for officer in officers}
    offered = {
        "sector": sectors(),
        "town": called.town,
        "size": {size: t(f"size.{size}") for size in SIZES},
        "officer": {officer.login: f"{officer.name} ({officer.login})" for officer in officers},
    }
    now_is = {
        "sector": before.sector_code,
        "town": before.town_code,
        "size": before.size,
        "officer": logins.get(before.officer_id or ""),
    } if before else {}  # fmt: skip
    chosen: dict[str, object] = {}
    for name, words in offered.items():
        label = t(f"import.field.{name}")
        chosen[name] = choose(label, words, key=f"register-{name}", value=now_is.get(name))
        beside[name] = st.empty()
    foreign = before.foreign_funded if before else False
    chosen["foreign"] = st.toggle(t("import.field.foreign"), value=foreign, key="register-foreign")
    return chosen


def _phone(before: Enterprise | None, beside: dict[str, DeltaGenerator]) -> dict[str, object]:
    """Left blank, the present number stays; it is taken away only by saying so."""
    kept = before.contact_phone if before else None
    hint = t("register.phone_kept", phone=kept) if kept else ""
    phone = st.text_input(t("import.field.phone"), max_chars=30, key="register-phone", placeholder=hint, type="phone")
    beside["phone"] = st.empty()
    remove = st.checkbox(t("register.phone_remove"), key="register-phone-remove") if kept else False
    return {"phone": phone or ""} if phone or remove or not kept else {}
