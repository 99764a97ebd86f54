"""To whom a case is dispatched."""

from functools import partial
from typing import Any

import streamlit as st

from access.actor import Actor
from casework.similar.asking import Before
from casework.similar.linear import Likely
from db.cases import cases
from db.cases.cases import Case
from db.people import accounts
from pages.shared.choices import choose, choose_some, handling
from pages.shared.here import store, t
from pages.shared.names import Names, people
from pages.shared.plain import told
from pages.similar.solved import offer


def bodies(who: Actor, case: Case, names: Names, before: Before | None, seen: dict[str, Any]) -> dict[str, Any]:
    """The bodies that settled such cases are named, and what is learnt of its words suggests: who chooses sees why, and
    presses or not. What was pressed begins the choice anew: put into the one that stands, it would be undone by what a
    page says that does not show it yet."""
    offered = handling()
    found = store().read(lambda con: cases.usual_leads(con, who.scope, case.category))
    usual = [(body, n) for body, n in found if body in offered]
    times, taken = seen["taken"].get("lead", (0, None))
    key, hint = f"lead-{case.id}-{times}", t("desk.choose_body")
    lead = choose(t("desk.lead"), offered, key=key, value=taken or case.lead_body, hint=hint)
    settled = sum(n for _, n in usual)
    likely = before.lead if before and before.lead else [Likely(body, n / settled) for body, n in usual]
    offer(likely, offered, t("similar.lead"), partial(_put, seen["taken"], times + 1), f"lead-{case.id}")
    if usual:
        shown = t("desk.comma").join(t("desk.usual_one", body=names.who(body), n=n) for body, n in usual)
        st.caption(told("desk.usual", category=names.category.get(case.category, ""), bodies=shown))
    others = {code: name for code, name in offered.items() if code != lead}
    co = choose_some(t("desk.co"), others, case.co, key=f"co-{case.id}-{lead}", hint=t("desk.choose_bodies"))
    leaders, hint = people(store().read(accounts.leaders)), t("desk.choose_leader")
    leader = choose(t("desk.leader"), leaders, key=f"leader-{case.id}", value=case.leader_id, hint=hint)
    with_letter = who.may("triage_case") and st.checkbox(
        t("letter.with_letter"), value=True, key=f"with-letter-{case.id}"
    )
    return {"lead": lead, "co": tuple(co), "leader_id": leader, "with_letter": with_letter}


def _put(taken: dict[str, Any], times: int, body: str) -> None:
    taken["lead"] = times, body
