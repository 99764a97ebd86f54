"""The letterhead and the Word templates: take the present one, bring another, go back to the built-in one."""

import streamlit as st

import i18n
from casework.documents import documents, letterhead
from db import clock
from db.letters import templates
from pages.shared.asking import by, save
from pages.shared.choices import pick
from pages.shared.here import lang, store, t
from pages.shared.links import here_link


def letterhead_form() -> None:
    head = store().read(letterhead.letterhead)
    with st.form("letterhead"):
        st.header(t("letter.head"))
        most = letterhead.LONGEST_NAME
        given = {
            name: st.text_input(t(f"letter.head_{name}"), value=head[name], key=f"letterhead-{name}", max_chars=most)
            for name in ("issuer", "code", "contact")
        }
        if st.form_submit_button(t("letter.head_save")):
            save(lambda: letterhead.set_letterhead(store(), **given, **by()))


def template_panel() -> None:
    with st.container(border=True, key="card-template"):
        st.header(t("letter.template"))
        words = {kind: t(f"letter.kind.{kind}") for kind in documents.KINDS}
        kind = pick(st.segmented_control, t("letter.template_kind"), words, default="letter", required=True)
        own = store().read(lambda con: templates.chosen(con, kind))
        time = i18n.moment(clock.local(own.uploaded_at), lang()) if own else ""
        st.text(t("letter.template_own", time=time) if own else t("letter.template_built_in"))
        here_link(t("letter.template_now"), f"/templates/{kind}.docx")
        st.caption(t("letter.template_hint"))
        st.caption(t("letter.template_fields", fields=_fields(kind)))
        _bring(kind)
        if own and st.button(t("letter.template_reset"), key="template-reset"):
            save(lambda: documents.reset_template(store(), kind=kind, **by()))


def _bring(kind: str) -> None:
    with st.container(key="bring-template"):
        file = st.file_uploader(t("letter.template_choose"), type=["docx"], key=f"template-{kind}")
    if file and st.button(t("letter.template_replace"), key="template-replace", type="primary"):
        save(lambda: documents.replace_template(store(), kind=kind, content=file.getvalue(), **by()))


def _fields(kind: str) -> str:
    """As they are written in the template; `items[].title` is a field of each row."""
    fields = documents.FIELDS[kind].items()
    named = (f"{name}[].{column}" if columns else name for name, columns in fields for column in columns or [""])
    return ", ".join(named)
