"""The dialogs of a forum: plan it, change it, record it, cancel it, enter what was raised there."""

from datetime import date
from functools import partial
from uuid import uuid4

import streamlit as st

from casework import forums as verbs
from casework.forums import FORMATS, OFFICES, ON_SPOT, Plan, SpotIssue
from casework.rota import HOSTS, propose_host
from db import clock, forums
from db.forums import Forum
from db.refused import Refused
from pages.parts.asking import ask, attempt, saved
from pages.parts.choices import choose, enterprises, names, sectors
from pages.parts.forum_row import open_forum
from pages.parts.here import actor, lang, now, store, t


def ask_to_plan() -> None:
    number = store().read(forums.next_number)
    ask(t("forum.plan_title", number=number), partial(_plan, str(uuid4())), width="medium")


def ask_to_change(forum: Forum) -> None:
    ask(t("forum.change_title"), partial(_change, forum), width="medium")


def ask_to_record(forum: Forum) -> None:
    ask(t("forum.record" if forum.state == "planned" else "forum.record_again"), partial(_record, forum))


def ask_to_cancel(forum: Forum) -> None:
    ask(t("forum.cancel"), partial(_cancel, forum))


def ask_what_was_raised(forum: Forum) -> None:
    ask(t("spot.add"), partial(_raise, forum, str(uuid4())), width="medium")


def _plan(forum_id: str) -> None:
    st.caption(t("forum.plan_lead"))
    proposed = propose_host(store().read(forums.hostings))
    asked = _asked(None, proposed)
    if st.button(t("forum.plan_save"), type="primary", key="plan-save") and attempt(
        lambda: verbs.plan_forum(store(), actor=actor(), forum_id=forum_id, plan=_whole(asked), at=now())
    ):
        open_forum(forum_id)
        saved()


def _change(forum: Forum) -> None:
    asked = _asked(forum, forum.host_body)
    if st.button(t("forum.save"), type="primary", key="change-save") and attempt(
        lambda: verbs.change_forum(
            store(), actor=actor(), forum_id=forum.id, plan=_whole(asked), seen=forum.seq, at=now()
        )
    ):
        saved()


def _record(forum: Forum) -> None:
    summary = st.text_area(
        t("forum.summary"), value=forum.summary or "", help=t("forum.record_hint"), key="record-summary", height=200
    )
    if st.button(t("forum.save"), type="primary", key="record-save") and attempt(
        lambda: verbs.record_forum(
            store(), actor=actor(), forum_id=forum.id, summary=summary or "", seen=forum.seq, at=now()
        )
    ):
        saved()


def _cancel(forum: Forum) -> None:
    st.caption(t("forum.cancel_hint"))
    reason = st.text_input(t("forum.reason"), key="cancel-reason", max_chars=verbs.LONGEST_NAME)
    if st.button(t("forum.cancel"), type="primary", key="cancel-save") and attempt(
        lambda: verbs.cancel_forum(
            store(), actor=actor(), forum_id=forum.id, reason=reason or "", seen=forum.seq, at=now()
        )
    ):
        saved()


def _asked(forum: Forum | None, host: str) -> tuple[Plan, date | None]:
    """What the form says so far, and its day, which may be missing."""
    theme_zh, theme_en = _both("forum.theme", forum.theme_zh if forum else "", forum.theme_en if forum else "")
    with st.container(horizontal=True):
        held_on = st.date_input(
            t("forum.held_on"), value=forum.held_on if forum else None, format="YYYY-MM-DD", key="plan-day"
        )
        formats = {code: t(f"forum.format.{code}") for code in FORMATS}
        format_ = choose(
            t("forum.format_label"), formats, key="plan-format", value=forum.format if forum else FORMATS[0]
        )
    sector = choose(
        t("forum.sector_optional"), sectors(), key="plan-sector", value=forum.sector_code if forum else None
    )
    place_zh, place_en = _both("forum.place", forum.place_zh if forum else "", forum.place_en if forum else "")
    body, office = _host(forum, host)
    day = held_on if isinstance(held_on, date) else None
    plan = Plan(theme_zh, theme_en, sector, day or date.min, place_zh, place_en, format_ or "", body, office)
    return plan, day


def _host(forum: Forum | None, host: str) -> tuple[str, str]:
    """A body of the four, then the offices that it has."""
    bodies = {code: name for code, name in names("body").items() if code in HOSTS}
    with st.container(horizontal=True):
        body = choose(t("forum.host_body"), bodies, key="plan-host", value=host) or ""
        offices = {code: t(f"forum.office.{code}") for code, of in OFFICES.items() if of in (None, body)}
        held = forum.host_office if forum and forum.host_office in offices else next(iter(offices))
        office = choose(t("forum.host_office"), offices, key=f"plan-office-{body}", value=held) or ""
    return body, office


def _both(label: str, zh: str, en: str) -> tuple[str, str]:
    with st.container(horizontal=True):
        typed_zh = st.text_input(t(f"{label}_zh"), value=zh, key=f"{label}-zh", max_chars=verbs.LONGEST_NAME)
        typed_en = st.text_input(t(f"{label}_en"), value=en, key=f"{label}-en", max_chars=verbs.LONGEST_NAME)
    return typed_zh or "", typed_en or ""


def _whole(asked: tuple[Plan, date | None]) -> Plan:
    plan, day = asked
    if day is None:
        raise Refused("forum_date")
    return plan


def _raise(forum: Forum, case_id: str) -> None:
    """What, by whom, the answer, who leads, by when: ten seconds while people talk."""
    enterprise = choose(t("spot.enterprise"), enterprises(actor()), key="spot-enterprise")
    title = st.text_input(t("spot.issue_title"), key="spot-title", max_chars=verbs.LONGEST_NAME)
    with st.container(horizontal=True):
        kinds = {kind: t(f"spot.{kind}") for kind in verbs.KINDS}
        kind = choose(t("spot.kind"), kinds, key="spot-kind", value="problem")
        category = choose(t("spot.category"), names("category", active_only=True), key="spot-category")
    on_spot = st.segmented_control(
        t("spot.answered"), ON_SPOT, format_func=lambda code: t(f"spot.{code}"), key="spot-answered", width="stretch"
    )
    promised = None
    if on_spot == "committed":
        today = clock.day_of(now())
        promised = st.date_input(
            t("spot.promised_on"), value=None, min_value=today, format="YYYY-MM-DD", key="spot-promised"
        )
    answer = st.text_area(t("spot.answer"), key="spot-answer", height=100)
    bodies = {code: name for code, name in names("body", active_only=True).items() if code not in HOSTS}
    lead = choose(t("spot.lead"), bodies, key="spot-lead")
    with st.expander(t("spot.more_fields")):
        co = st.multiselect(
            t("spot.co"), list(bodies), format_func=bodies.__getitem__, key="spot-co", placeholder=t("choices.choose")
        )
        text = st.text_area(t("spot.text"), key="spot-text", height=100)
    issue = SpotIssue(
        enterprise_id=enterprise or "",
        kind=kind or "",
        category=category or "",
        title=title or "",
        text=text or "",
        on_spot=on_spot or "",
        answer=answer or "",
        lead=lead or "",
        co=tuple(co),
        promised_on=promised if isinstance(promised, date) else None,
    )
    if st.button(t("spot.save"), type="primary", key="spot-save") and attempt(
        lambda: verbs.raise_at_forum(
            store(), actor=actor(), forum_id=forum.id, case_id=case_id, issue=issue, language=lang(), at=now()
        )
    ):
        saved()
