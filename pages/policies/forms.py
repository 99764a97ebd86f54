"""The dialogs that add a policy and change it."""

from datetime import date
from functools import partial
from uuid import uuid4

import streamlit as st

from casework import policies as verbs
from casework.policies import PolicyForm
from db import clock, numbers
from db.policies import Policy
from db.refused import Refused
from pages.policies.row import open_policy
from pages.shared.asking import ask, attempt, saved
from pages.shared.choices import choose, names, pick_day
from pages.shared.here import actor, now, store, t


def ask_to_add() -> None:
    number = store().read(lambda con: numbers.following(con, "policy"))
    ask(t("policy.add_title", number=number), partial(_add, str(uuid4())), width="medium")


def ask_to_change(policy: Policy) -> None:
    ask(t("policy.change_title"), partial(_change, policy), width="medium")


def _add(policy_id: str) -> None:
    st.caption(t("policy.add_lead"))
    form = _asked(None)
    if st.button(t("policy.save"), type="primary", key="policy-save") and attempt(
        lambda: verbs.add_policy(store(), actor=actor(), policy_id=policy_id, form=_whole(form), at=now())
    ):
        open_policy(policy_id)
        saved()


def _change(policy: Policy) -> None:
    form, known = _asked(policy), {"policy_id": policy.id, "seen": policy.seq}
    if st.button(t("policy.save"), type="primary", key="policy-save") and attempt(
        lambda: verbs.change_policy(store(), actor=actor(), form=_whole(form), at=now(), **known)
    ):
        saved()


def _asked(policy: Policy | None) -> tuple[PolicyForm, date | None]:
    """What the form says so far, and its day, which may be missing."""
    title_zh = _title("policy.title_zh", policy.title_zh if policy else "")
    title_en = _title("policy.title_en", policy.title_en if policy else "")
    body = choose(
        t("policy.body"), names("body", active_only=True), key="policy-body", value=policy.body_code if policy else None
    )
    today = clock.day_of(now())
    day = pick_day(
        t("policy.issued_on"),
        value=policy.issued_on if policy else None,
        min_value=date(2000, 1, 1),
        max_value=max(today, policy.issued_on) if policy else today,
        key="policy-day",
    )
    issued = day if isinstance(day, date) else None
    return PolicyForm(title_zh, title_en, body or "", issued or date.max), issued


def _title(label: str, value: str) -> str:
    return st.text_input(t(label), value=value, key=label, max_chars=verbs.LONGEST_TITLE) or ""


def _whole(asked: tuple[PolicyForm, date | None]) -> PolicyForm:
    form, day = asked
    if day is None:
        raise Refused("policy_day")
    return form
