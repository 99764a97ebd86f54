"""The dialog that takes a forum's list of people as pasted text, checked line by line."""

from functools import partial
from uuid import uuid4

import streamlit as st

from casework.forums.attendance import PastedLine, import_attendance, read_list
from db.forums.forums import Forum
from pages.shared.asking import ask, attempt, saved
from pages.shared.here import actor, now, store, t
from pages.shared.plain import plain


def ask_for_list(forum: Forum) -> None:
    ask(t("attendance.paste"), partial(_paste, forum, str(uuid4())), width="medium")


def _paste(forum: Forum, import_id: str) -> None:
    st.caption(t("attendance.paste_hint"))
    st.text(t("attendance.paste_example"))
    text = st.text_area(t("attendance.list"), key="paste-text", height=200) or ""
    st.button(t("attendance.check"), key="paste-check")
    lines = read_list(store(), actor=actor(), forum_id=forum.id, text=text)
    with st.container(height=220 if len(lines) > 6 else "content", border=bool(lines)):
        for line in lines:
            plain(_said(line))
    if lines and not any(line.refusal for line in lines):
        label = t("attendance.import", n=len(lines))
        if st.button(label, type="primary", key="paste-save") and attempt(
            lambda: import_attendance(
                store(), actor=actor(), forum_id=forum.id, import_id=import_id, text=text, at=now()
            )
        ):
            saved()


def _said(line: PastedLine) -> str:
    if line.person is None or line.refusal:
        reason = t(f"error.{line.refusal.code}", **line.refusal.facts) if line.refusal else ""
        return t("attendance.line_refused", line=line.number, words=line.words, reason=reason)
    said = {"line": line.number, "kind": t(f"attendance.{line.person.kind}"), "name": line.person.name}
    return t("attendance.line_known", n=line.known.forums, **said) if line.known else t("attendance.line_ok", **said)
