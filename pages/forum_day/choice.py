"""Which forum, and which of its pages: the address says so, else the day does."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

import i18n
from db.forums.forums import Forum
from pages.shared.choices import choose
from pages.shared.here import lang, t

VIEWS = ("plan", "wall", "table", "end")


def chosen_forum(offered: Sequence[Forum], today: date) -> Forum | None:
    """The one that the address names, else today's, else the next, else the last."""
    by_id = {forum.id: forum for forum in offered}
    if not by_id:
        return None
    ahead = [forum for forum in offered if forum.state == "planned" and forum.held_on >= today]
    usual = min(ahead, key=lambda forum: forum.held_on, default=offered[0])
    asked = by_id.get(st.query_params.get("forum", ""), usual)
    if len(by_id) > 1:
        words = {one.id: f"{t('forum.number', number=one.number)} · {i18n.day(one.held_on, lang())}" for one in offered}
        with st.container(key="forum-day-which", width=320):
            picked = choose(t("forum_day.which"), words, key=f"which-{asked.id}", value=asked.id)
        if picked and picked != asked.id:
            st.query_params["forum"] = picked
            st.rerun()
    return asked


def chosen_view(forum: Forum, has_items: bool, ended: bool, today: date, *, may_run: bool) -> str:
    """Before its day the agenda, on its day the table, afterwards what came of it. Readers plan and run nothing."""
    offered = [view for view in VIEWS if may_run or view in ("plan", "end")]
    offered = [view for view in offered if view != ("table" if ended else "end")]
    usual = "end" if ended else "table" if may_run and has_items and forum.held_on <= today else "plan"
    asked = st.query_params.get("view")
    before = asked if asked in offered else usual
    words = {view: t(f"forum_day.view.{view}") for view in offered}
    picked = st.segmented_control(
        t("forum_day.views"), offered, format_func=lambda v: words[v], default=before, required=True,
        key=f"forum-day-view-{forum.id}-{before}", label_visibility="collapsed",
    )  # fmt: skip
    if picked != before:
        st.query_params["view"] = picked or usual
        st.rerun()
    return before
