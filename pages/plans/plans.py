"""Hard cases, each with a plan of its own: all plans, cases that may need one, green channels; or one plan."""

import streamlit as st

from casework.plans import plans as verbs
from casework.plans.hard_cases import candidates
from db import clock
from db.plans import green_channel, plans
from pages.plans.candidates import candidate_rows
from pages.plans.detail import plan_detail
from pages.plans.forms import ask_to_open
from pages.plans.green_panel import green_list
from pages.plans.row import plan_row, plan_style
from pages.plans.whose import whose
from pages.shared import filters
from pages.shared.export_links import export_links
from pages.shared.here import actor, now, store, t
from pages.shared.names import names
from pages.shared.paging import part_of
from pages.shared.rows import records


def every_plan() -> None:
    """Filters with what each choice leaves, then the plans, 25 a page."""
    asked = st.query_params
    by_state = [line for line in listed if asked.get("reason", "") in ("", *line.plan.why)]
    by_reason = [line for line in listed if asked.get("state", "") in ("", line.plan.state)]
    shown = [line for line in by_state if line in by_reason]
    with st.container(horizontal=True, key="plan-filters", vertical_alignment="bottom"):
        states = {code: t(f"plan.state.{code}") for code in verbs.STATES}
        counts = {code: sum(line.plan.state == code for line in by_state) for code in states}
        filters.choice("state", t("plan.state_label"), t("plan.every_state"), states, counts)
        reasons = {code: t(f"plan.reason.{code}") for code in verbs.REASONS}
        counts = {code: sum(code in line.plan.why for line in by_reason) for code in reasons}
        filters.choice("reason", t("plan.why"), t("plan.every_reason"), reasons, counts)
        kept = {name: asked[name] for name in ("state", "reason", "whose") if asked.get(name)}
        export_links("plans", kept)
    none = t("plan.none"), t("plan.none_hint")
    records("plans", part_of(shown), lambda line: plan_row(line, called, today), *none)


me, today, called = actor(), clock.day_of(now()), names()
me.must("see_plans")
plan_style()
chosen = st.query_params.get("plan")
if chosen:
    plan_detail(chosen)
    st.stop()

everything = store().read(lambda con: plans.find(con, me.scope))
mine = [line for line in everything if line.led_by(me.id)]
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.title(t("page.plans"))
    if me.may("edit_plan") and st.button(t("plan.open"), type="primary", icon=":material/add:", key="plan-open"):
        ask_to_open()
st.caption(t("plan.lead_words"))
own = whose(len(mine), len(everything)) == "mine"
listed = mine if own else everything
hinted, n_hinted = candidates(store(), actor=me, today=today, led_by=me.id if own else "")
green = store().read(lambda con: green_channel.find(con, me.scope))
if own:  # and what waits for a decision, which any leader may take
    led = {line.plan.case_id for line in mine}
    green = [g for g in green if g.led_by(me.id) or g.channel.case_id in led or g.channel.state == "asked"]
views = {name: t(f"plan.view.{name}") for name in ("plans", "candidates", "green")}
counts = dict(zip(views, (len(listed), n_hinted, len(green)), strict=True))
view = filters.switch("view", t("plan.view_label"), views, counts)
if view == "plans":
    every_plan()
elif view == "candidates":
    candidate_rows(hinted, n_hinted, called, today)
else:
    green_list(green)
if wanted := st.query_params.pop("open", ""):
    ask_to_open(wanted)
