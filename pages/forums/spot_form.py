"""The dialog that enters what was raised at a forum that was held before, with the answer given there."""

from datetime import date
from functools import partial
from uuid import uuid4

import streamlit as st

from casework.forums import forums as verbs
from casework.forums.forums import ON_SPOT, SpotIssue
from casework.forums.rota import HOSTS
from db import clock
from db.forums.forums import Forum
from pages.shared.asking import ask, by, save
from pages.shared.choices import choose, choose_some, enterprises, names, pick_day
from pages.shared.here import actor, lang, now, store, t


def ask_what_was_raised(forum: Forum) -> None:
    ask(t("spot.add"), partial(_raise, forum, str(uuid4())), width="medium")


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
        promised = pick_day(t("spot.promised_on"), value=None, min_value=today, key="spot-promised")
    answer = st.text_area(t("spot.answer"), key="spot-answer", height=100)
    bodies = {code: name for code, name in names("body", active_only=True).items() if code not in HOSTS}
    lead = choose(t("spot.lead"), bodies, key="spot-lead")
    with st.expander(t("spot.more_fields")):
        co = choose_some(t("spot.co"), bodies, key="spot-co")
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
    if st.button(t("spot.save"), type="primary", key="spot-save"):
        spoken = partial(verbs.raise_at_forum, store(), forum_id=forum.id, case_id=case_id, issue=issue)
        save(lambda: spoken(language=lang(), **by()))
