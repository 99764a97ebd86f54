"""The dialogs that record a forum as held and cancel one."""

from functools import partial

import streamlit as st

from casework.forums import forums as verbs
from db.forums.forums import Forum
from pages.shared.asking import ask, attempt, saved
from pages.shared.here import actor, now, store, t


def ask_to_record(forum: Forum) -> None:
    ask(t("forum.record" if forum.state == "planned" else "forum.record_again"), partial(_record, forum))


def ask_to_cancel(forum: Forum) -> None:
    ask(t("forum.cancel"), partial(_cancel, forum))


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
