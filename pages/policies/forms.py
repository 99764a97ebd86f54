"""The dialogs that add a policy and change it."""

from datetime import date
from functools import partial
from uuid import uuid4

import streamlit as st

from casework import policies as verbs
from casework.policies import PolicyForm
from db import clock, numbers
from db.policies import Policy
from pages.shared.asking import ask, by, save
from pages.shared.choices import choose, names, pick_day
from pages.shared.filters import put
from pages.shared.here import now, store, t


def ask_to_add() -> None:
    number = store().read(lambda con: numbers.following(con, "policy"))
    ask(t("policy.add_title", number=number), partial(_add, str(uuid4())), width="medium")


def ask_to_change(policy: Policy) -> None:
    ask(t("policy.change_title"), partial(_change, policy), width="medium")


def _add(policy_id: str) -> None:
    st.caption(t("policy.add_lead"))
    form = _asked(None)
    if st.button(t("policy.save"), type="primary", key="policy-save"):
        new = partial(verbs.add_policy, store(), policy_id=policy_id)
        save(lambda: new(form=form, **by()), then=lambda: put("policy", policy_id))


def _change(policy: Policy) -> None:
    form = _asked(policy)
    if st.button(t("policy.save"), type="primary", key="policy-save"):
        save(lambda: verbs.change_policy(store(), policy_id=policy.id, form=form, seen=policy.seq, **by()))


def _asked(policy: Policy | None) -> PolicyForm:
    known, today = vars(policy) if policy else {}, clock.day_of(now())
    title_zh, title_en = (
        st.text_input(t(label), known.get(name, ""), key=label, max_chars=verbs.LONGEST_TITLE) or ""
        for name, label in (("title_zh", "policy.title_zh"), ("title_en", "policy.title_en"))
    )
    body = choose(t("policy.body"), names("body", active_only=True), key="policy-body", value=known.get("body_code"))
    issued = known.get("issued_on")
    span = {"min_value": date(2000, 1, 1), "max_value": max(today, issued or today)}
    day = pick_day(t("policy.issued_on"), issued, **span, key="policy-day")
    return PolicyForm(title_zh, title_en, body or "", day)
