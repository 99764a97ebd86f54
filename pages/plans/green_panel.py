"""The green channel of a case: its basis, who asked and approved, and its working days beside the normal ones."""

from collections.abc import Sequence
from functools import partial
from uuid import uuid4

import streamlit as st

import i18n
from casework.plans import green_channel as verbs
from casework.plans.green_channel import GreenForm, Pace, pace
from db import clock
from db.cases.cases import Case
from db.plans.green_channel import GreenChannel, GreenLine
from db.states import UNSETTLED
from pages.plans.row import state_of
from pages.shared.asking import ask, by, save
from pages.shared.here import actor, lang, now, store, t
from pages.shared.markup import Markup, show
from pages.shared.paging import part_of
from pages.shared.rows import empty, strong


def green_panel(case: Case, lines: Sequence[GreenLine]) -> None:
    if not lines:
        st.caption(t("green.none"))
    for line in lines:
        show(green_markup(line))
        decision_buttons(line.channel)
    refused = all(line.channel.state == "refused" for line in lines)
    asks = actor().may("edit_plan") and refused and case.state in UNSETTLED
    if asks and st.button(t("green.ask"), key="green-ask", icon=":material/bolt:"):
        ask(t("green.ask"), partial(_ask, case, str(uuid4())), width="medium")


def green_markup(line: GreenLine) -> Markup:
    channel, gone = line.channel, pace(line, clock.day_of(now()))
    asked = t("green.asked", day=_day(channel.asked_at), name=line.asked_name or t("plan.nobody"))
    said = [f"{t('green.basis')} {channel.basis}（{channel.document_no}）", asked]
    if channel.decided_at:
        facts = {"day": _day(channel.decided_at), "name": line.decided_name or t("plan.nobody")}
        said.append(t(f"green.{channel.state}", **facts) + (f"　{channel.note}" if channel.note else ""))
    words = Markup().join(map(Markup("<div>{}</div>").format, said))
    bars = _bars(channel.normal_days, gone) if gone else ""
    return Markup('<div class="f2f-green">{}{}{}</div>').format(state_of(channel.state, "green.state"), words, bars)


def _bars(normal: int, gone: Pace) -> Markup:
    most = max(normal, gone.days, 1)
    tone = "f2f-over" if gone.days > normal else "f2f-under"
    rows = ((t("green.normal"), normal, ""), (t("green.running" if gone.running else "green.actual"), gone.days, tone))
    return Markup().join(
        Markup(
            '<div class="f2f-pace"><span>{}</span><div><i class="{}" style="width:{:.1f}%"></i></div><b>{}</b></div>'
        ).format(label, style, 100 * n / most, t("green.days", n=n))
        for label, n, style in rows
    )


def decision_buttons(channel: GreenChannel) -> None:
    """For those who may approve; who asked is told that somebody else has to."""
    who = actor()
    if channel.state != "asked" or not who.may("approve_green_channel"):
        return
    if who.id == channel.asked_by:
        st.caption(t("error.green_own"))
        return
    with st.container(horizontal=True):
        for decision in ("grant", "refuse"):
            style = "primary" if decision == "grant" else "secondary"
            if st.button(t(f"green.do.{decision}"), key=f"{decision}-{channel.id}", type=style):
                ask(t(f"green.do.{decision}"), partial(_decide, channel, decision))


def _ask(case: Case, channel_id: str) -> None:
    basis = st.text_area(t("green.basis"), key="green-basis", height=100) or ""
    number = st.text_input(t("green.document"), key="green-number", max_chars=verbs.LONGEST_NUMBER) or ""
    days = st.number_input(t("green.normal_days"), 1, verbs.MOST_DAYS, value=20, step=1, key="green-days")
    form = GreenForm(basis, number, int(days))
    if st.button(t("green.ask_save"), type="primary", key="green-save"):
        save(lambda: verbs.ask_green_channel(store(), channel_id=channel_id, case_id=case.id, form=form, **by()))


def _decide(channel: GreenChannel, decision: str) -> None:
    note = st.text_area(t(f"green.note.{decision}"), key="green-note", height=100) or ""
    if st.button(t(f"green.do.{decision}"), type="primary", key="green-save"):
        decide = partial(verbs.decide_green_channel, store(), channel_id=channel.id, seen=channel.seq)
        save(lambda: decide(decision=decision, note=note, **by()))


def _day(at: object) -> str:
    return i18n.day(clock.day_of(at), lang())  # type: ignore[arg-type]


def green_list(lines: Sequence[GreenLine]) -> None:
    """All of them: what waits for its decision first."""
    st.caption(t("green.lead"))
    if not lines:
        empty(t("green.empty"), t("green.empty_hint"))
        return
    for line in part_of(lines):
        with st.container(key=f"card-green-{line.channel.id}", border=True, gap="xsmall"):
            show(strong(line.title, quiet=i18n.DOT.join((line.number, line.enterprise(lang())))))
            show(green_markup(line))
            decision_buttons(line.channel)
            label = t("plan.to_case", number=line.number)
            st.page_link("desk/desk.py", label=label, query_params={"case": line.channel.case_id})
