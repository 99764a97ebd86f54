"""The dialogs that plan a forum and change its plan."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import uuid4

import streamlit as st

from casework.forums import forums as verbs
from casework.forums.forums import FORMATS, OFFICES, ForumPlan
from casework.forums.rota import HOSTS, propose_host
from db import numbers
from db.forums import forums
from db.forums.forums import Forum
from db.refused import Refused
from pages.forums.row import open_forum
from pages.shared.asking import ask, attempt, saved
from pages.shared.choices import choose, names, pick_day, sectors
from pages.shared.here import actor, now, store, t


@dataclass(frozen=True)
class ForumTheme:
    """What a forum is about. `sector` None: it cuts across sectors."""

    zh: str
    en: str
    sector: str | None


def ask_to_plan(theme: ForumTheme | None = None, then: Callable[[str], None] = open_forum) -> None:
    """`then` is told the id of the forum that was planned."""
    number = store().read(lambda con: numbers.following(con, "forum"))
    ask(t("forum.plan_title", number=number), partial(_plan, str(uuid4()), theme, then), width="medium")


def ask_to_change(forum: Forum) -> None:
    ask(t("forum.change_title"), partial(_change, forum), width="medium")


def _plan(forum_id: str, theme: ForumTheme | None, then: Callable[[str], None]) -> None:
    st.caption(t("forum.plan_lead"))
    proposed = propose_host(store().read(forums.hostings))
    asked = _asked(None, proposed, theme)
    if st.button(t("forum.plan_save"), type="primary", key="plan-save") and attempt(
        lambda: verbs.plan_forum(store(), actor=actor(), forum_id=forum_id, plan=_whole(asked), at=now())
    ):
        then(forum_id)
        saved()


def _change(forum: Forum) -> None:
    asked = _asked(forum, forum.host_body)
    if st.button(t("forum.save"), type="primary", key="change-save") and attempt(
        lambda: verbs.change_forum(
            store(), actor=actor(), forum_id=forum.id, plan=_whole(asked), seen=forum.seq, at=now()
        )
    ):
        saved()


def _asked(forum: Forum | None, host: str, theme: ForumTheme | None = None) -> tuple[ForumPlan, date | None]:
    """What the form says so far, and its day, which may be missing."""
    known = (
        ForumTheme(forum.theme_zh, forum.theme_en, forum.sector_code) if forum else theme or ForumTheme("", "", None)
    )
    theme_zh, theme_en = _both("forum.theme", known.zh, known.en)
    with st.container(horizontal=True):
        held_on = pick_day(t("forum.held_on"), value=forum.held_on if forum else None, key="plan-day")
        formats = {code: t(f"forum.format.{code}") for code in FORMATS}
        format_ = choose(
            t("forum.format_label"), formats, key="plan-format", value=forum.format if forum else FORMATS[0]
        )
    sector = choose(t("forum.sector_optional"), sectors(), key="plan-sector", value=known.sector)
    place_zh, place_en = _both("forum.place", forum.place_zh if forum else "", forum.place_en if forum else "")
    body, office = _host(forum, host)
    day = held_on if isinstance(held_on, date) else None
    plan = ForumPlan(theme_zh, theme_en, sector, day or date.min, place_zh, place_en, format_ or "", body, office)
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


def _whole(asked: tuple[ForumPlan, date | None]) -> ForumPlan:
    plan, day = asked
    if day is None:
        raise Refused("forum_date")
    return plan
