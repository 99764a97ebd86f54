"""Who came in, and who tried."""

import streamlit as st

import i18n
from access.admin import find_sign_ins
from db import clock
from db.people.accounts import SignIn
from pages.shared import filters
from pages.shared.here import actor, lang, store, t
from pages.shared.names import person
from pages.shared.paging import page_of
from pages.shared.rows import cell, records, row, row_style, strong

OUTCOMES = {"accepted": "f2f-dot f2f-on", "refused": "f2f-dot f2f-late", "throttled": "f2f-dot f2f-bad"}


def sign_in(one: SignIn) -> None:
    way, outcome = t(f"sign_ins.way.{one.way}"), t(f"sign_ins.{one.outcome}")
    who = [cell(i18n.moment(clock.local(one.happened_at), lang())), strong(person(one.name or "—")), cell(way)]
    with st.container(key=f"row-{one.id}"):
        row("sign-ins", [*who, cell(one.address, style="f2f-mono"), cell(outcome, style=OUTCOMES[one.outcome])])


row_style()
st.title(t("page.sign_ins"))
st.caption(t("sign_ins.lead"))
_, counts = find_sign_ins(store(), actor=actor(), outcome=None, limit=0, offset=0)
filters.quick("outcome", t("sign_ins.outcome"), {code: t(f"sign_ins.{code}") for code in OUTCOMES}, counts)
outcome = st.query_params.get("outcome") if st.query_params.get("outcome") in OUTCOMES else None
part = page_of(counts.get(outcome, 0) if outcome else sum(counts.values()))
found, _ = find_sign_ins(store(), actor=actor(), outcome=outcome, **part)
records("sign-ins", found, sign_in, t("sign_ins.none"), t("sign_ins.none_hint"))
