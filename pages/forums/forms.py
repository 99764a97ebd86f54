"""The dialogs of a forum: plan it, change its plan, record it as held, cancel it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import uuid4

import streamlit as st

from casework.forums import forums as verbs
from casework.forums.forums import ForumPlan
from casework.forums.rota import HOSTS, OFFICES, propose_host
from db import numbers
from db.forums import forums
from db.forums.forums import FORMATS, Forum
from pages.shared.asking import ask, by, save
from pages.shared.choices import choose, names, pick_day, sectors
from pages.shared.filters import put
from pages.shared.here import store, t


@dataclass(frozen=True)
class ForumTheme:
    """What a forum is about. `sector` None: it cuts across sectors."""

    zh: str = ""
    en: str = ""
    sector: str | None = None


def open_forum(forum_id: str) -> None:
    put("forum", forum_id)


def ask_to_plan(theme: ForumTheme | None = None, then: Callable[[str], None] = open_forum) -> None:
    """`then` is told the id of the forum that was planned."""
    number = store().read(lambda con: numbers.following(con, "forum"))
    ask(t("forum.plan_title", number=number), partial(_plan, str(uuid4()), theme, then), width="medium")


def ask_to_change(forum: Forum) -> None:
    ask(t("forum.change_title"), partial(_change, forum), width="medium")


def ask_to_record(forum: Forum) -> None:
    ask(t("forum.record" if forum.state == "planned" else "forum.record_again"), partial(_record, forum))


def ask_to_cancel(forum: Forum) -> None:
    ask(t("forum.cancel"), partial(_cancel, forum))


def _plan(forum_id: str, theme: ForumTheme | None, then: Callable[[str], None]) -> None:
    st.caption(t("forum.plan_lead"))
    plan = _asked(None, propose_host(store().read(forums.hostings)), theme or ForumTheme())
    if st.button(t("forum.plan_save"), type="primary", key="plan-save"):
        save(lambda: verbs.plan_forum(store(), forum_id=forum_id, plan=plan, **by()), then=lambda: then(forum_id))


def _change(forum: Forum) -> None:
    plan = _asked(forum, forum.host_body, ForumTheme(forum.theme_zh, forum.theme_en, forum.sector_code))
    if st.button(t("forum.save"), type="primary", key="change-save"):
        save(lambda: verbs.change_forum(store(), forum_id=forum.id, plan=plan, seen=forum.seq, **by()))


def _record(forum: Forum) -> None:
    summary = st.text_area(
        t("forum.summary"), value=forum.summary or "", help=t("forum.record_hint"), key="record-summary", height=200
    )
    if st.button(t("forum.save"), type="primary", key="record-save"):
        save(lambda: verbs.record_forum(store(), forum_id=forum.id, summary=summary, seen=forum.seq, **by()))


def _cancel(forum: Forum) -> None:
    st.caption(t("forum.cancel_hint"))
    reason = st.text_input(t("forum.reason"), key="cancel-reason", max_chars=verbs.LONGEST_NAME)
    if st.button(t("forum.cancel"), type="primary", key="cancel-save"):
        save(lambda: verbs.cancel_forum(store(), forum_id=forum.id, reason=reason, seen=forum.seq, **by()))


def _asked(forum: Forum | None, host: str, theme: ForumTheme) -> ForumPlan:
    theme_zh, theme_en = _both("forum.theme", theme.zh, theme.en)
    with st.container(horizontal=True):
        held_on = pick_day(t("forum.held_on"), value=forum.held_on if forum else None, key="plan-day")
        formats = {code: t(f"forum.format.{code}") for code in FORMATS}
        standing = forum.format if forum else FORMATS[0]
        format_ = choose(t("forum.format_label"), formats, key="plan-format", value=standing) or ""
    sector = choose(t("forum.sector_optional"), sectors(), key="plan-sector", value=theme.sector)
    place = _both("forum.place", forum.place_zh if forum else "", forum.place_en if forum else "")
    body, office = _host(forum, host)
    return ForumPlan(theme_zh, theme_en, sector, held_on, *place, format_, body, office)


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
    return typed_zh, typed_en
