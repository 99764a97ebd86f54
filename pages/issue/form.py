"""The form that raises an issue: on an enterprise's phone, or on its behalf."""

from datetime import datetime

import streamlit as st

import i18n
from db import clock
from intake.issue.raising import NOTICE_VERSION
from pages.issue.beside import quietly
from pages.issue.fields import fields
from pages.issue.sending import send, take_over
from pages.issue.state import OpenForm, key_of
from pages.shared import lead
from pages.shared.file_field import uploader_style
from pages.shared.here import lang, t
from pages.shared.plain import why, words_of

NEEDED = ("kind", "title", "text", "category")  # sector and town are known of the register


def draw_form(form: OpenForm) -> None:
    """The fields, each with what is wrong beside it, and Submit."""
    uploader_style()
    on_behalf = form.draft != "issue"
    above = st.container()  # keeps its place when the words go: what moved would be drawn anew and lose refused files
    if form.restored_at:
        when = i18n.moment(clock.local(form.restored_at), lang())
        above.info(t("issue.restored", when=when), icon=":material/history:")
    if form.errors:
        with above:
            lead.gaps(t("issue.check_below"), {name: words_of(wrong) for name, wrong in form.errors.items()})
    with st.container(border=True, key="card-issue"):
        fields(form, on_behalf=on_behalf)
    take_over(form)
    st.toggle("draft", key=form.as_of, label_visibility="collapsed")
    lead.needed(form.id, [key_of(form, name) for name in NEEDED])
    _notice()
    _submit(form)


def _notice() -> None:
    with st.expander(t("issue.notice.title", version=NOTICE_VERSION), icon=":material/lock:"):
        for part in ("purpose", "readers", "care"):
            st.markdown(t(f"issue.notice.{part}"))


def _submit(form: OpenForm) -> None:
    if form.refusal:
        st.error(why(form.refusal), icon=":material/error:")
    quietly(t("issue.notice.short"))
    st.button(t("issue.submit"), type="primary", width="stretch", key="issue_submit", on_click=send, args=(form,))
    lead.to_the_gap(form.errors, f"{form.id}/{form.tries}")
    if form.saved_at:
        quietly(t("issue.saved", when=_when(form.saved_at)))


def _when(at: datetime) -> str:
    return f"{clock.local(at):%H:%M}"
