"""Who came in, and who tried."""

import streamlit as st

import i18n
from access.admin import find_sign_ins
from db import clock
from pages.shared import filters
from pages.shared.here import actor, lang, store, t
from pages.shared.rows import PAGE, cell, empty, page_of, row, row_style, strong

OUTCOMES = {"accepted": "f2f-dot f2f-on", "refused": "f2f-dot f2f-late", "throttled": "f2f-dot f2f-bad"}

row_style()
st.title(t("page.sign_ins"))
st.caption(t("sign_ins.lead"))
_, counts = find_sign_ins(store(), actor=actor(), outcome=None, limit=0, offset=0)
filters.quick("outcome", t("sign_ins.outcome"), {code: t(f"sign_ins.{code}") for code in OUTCOMES}, counts)
outcome = st.query_params.get("outcome") if st.query_params.get("outcome") in OUTCOMES else None
page = page_of(counts.get(outcome, 0) if outcome else sum(counts.values()))
found, _ = find_sign_ins(store(), actor=actor(), outcome=outcome, limit=PAGE, offset=(page - 1) * PAGE)

if not found:
    empty(t("sign_ins.none"), t("sign_ins.none_hint"))
else:
    with st.container(key="list-sign-ins", gap=None):
        for attempt in found:
            with st.container(key=f"row-{attempt.id}"):
                row(
                    "sign-ins",
                    [
                        cell(i18n.moment(clock.local(attempt.happened_at), lang())),
                        strong(attempt.name or "—"),
                        cell(t(f"sign_ins.way.{attempt.way}")),
                        cell(attempt.address, style="f2f-mono"),
                        cell(t(f"sign_ins.{attempt.outcome}"), style=OUTCOMES[attempt.outcome]),
                    ],
                )
