"""The dialogs that tie a policy to what it answers and whom it reached: cases by number, beneficiaries by list."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

import i18n
from casework import policies as verbs
from db.policies import AnsweredCase, Policy
from intake.beneficiaries import (
    Beneficiary,
    beneficiaries_template,
    check_beneficiaries,
    import_beneficiaries,
    refused_beneficiaries,
)
from pages.imports.panel import import_panel
from pages.imports.preview import Import, told_done
from pages.shared.asking import ask, by, save
from pages.shared.choices import choose
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup
from pages.shared.numbers import numbers_in
from pages.shared.rows import cell, strong

_KIND = "beneficiaries"


def ask_for_cases(policy: Policy) -> None:
    ask(t("policy.link"), partial(_link, policy))


def ask_what_to_unlink(policy: Policy, found: Sequence[AnsweredCase]) -> None:
    ask(t("policy.unlink"), partial(_unlink, policy, {case.id: f"{case.number} {case.title}" for case in found}))


def ask_for_list(policy: Policy) -> None:
    ask(t("policy.import"), partial(_list, policy), width="large")


def brought_in() -> None:
    """How many enterprises the list that was just confirmed brought; the dialog is closed by then."""
    told_done(_KIND, "policy.imported")


def _link(policy: Policy) -> None:
    typed = st.text_area(t("policy.link_numbers"), key="policy-numbers", placeholder=t("policy.link_hint"), height=120)
    numbers = numbers_in(typed)
    if st.button(t("policy.save"), type="primary", key="policy-save"):
        save(lambda: verbs.link_cases(store(), policy_id=policy.id, numbers=numbers, seen=policy.seq, **by()))


def _unlink(policy: Policy, offered: dict[str, str]) -> None:
    case_id = choose(t("policy.unlink_which"), offered, key="policy-unlinked")
    if st.button(t("policy.unlink_save"), type="primary", key="policy-save"):
        save(lambda: verbs.unlink_case(store(), policy_id=policy.id, case_id=case_id or "", seen=policy.seq, **by()))


def _list(policy: Policy) -> None:
    check = partial(check_beneficiaries, policy_id=policy.id)
    bring = partial(import_beneficiaries, policy_id=policy.id)
    returned = partial(refused_beneficiaries, policy_id=policy.id)
    import_panel(Import(_KIND, check, bring, beneficiaries_template, "benefit", _cells, returned=returned))


def _cells(entry: Beneficiary) -> list[Markup]:
    """A row of the list as the import understands it, and what it does."""
    name = entry.say(lang())
    dot = "f2f-dot f2f-on" if entry.kind == "new" else "f2f-dot"
    return [
        cell(t("import.row_number", n=entry.row), style="f2f-quiet"),
        strong(name or t("policy.not_in_register"), quiet=entry.uscc),
        cell(i18n.day(entry.benefited_on, lang())),
        cell(t(f"policy.benefit_{entry.kind}"), style=dot),
    ]
