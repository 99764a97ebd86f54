"""The files beside minutes: a list for whoever reads them, a field for whoever writes them."""

from uuid import uuid4

import streamlit as st

from casework.minutes_files import OF, files_of_minutes
from intake.minutes import attach_to_minutes
from pages.shared.asking import attempt, by
from pages.shared.file_field import file_field, files_sent
from pages.shared.here import actor, store, t
from pages.shared.markup import file_links, show
from pages.shared.style import style


def minutes_files_part(kind: str, record_id: str) -> None:
    """`kind` is meeting or forum."""
    who = actor()
    found = files_of_minutes(store(), actor=who, kind=kind, record_id=record_id)
    if found:
        style("shared/files")
        with st.container(key="minutes-files", gap="xsmall"):
            st.caption(t("minutes.files"))
            show(file_links([{"id": one.id, "name": one.name} for one in found], "/minutes-files"))
    if who.may(OF[kind].keep):
        with st.expander(t("minutes.add_files"), key=f"minutes-files-{kind}"):
            _add(kind, record_id)


def _add(kind: str, record_id: str) -> None:
    key = f"{kind}-{record_id}-files-minutes"
    form_id = st.session_state.setdefault(f"form-{key}", str(uuid4()))
    uploads = file_field(key)
    if st.button(t("minutes.keep_files"), type="primary", key=f"keep-{key}") and attempt(
        lambda: attach_to_minutes(store(), kind=kind, record_id=record_id, uploads=uploads, form_id=form_id, **by())
    ):
        st.session_state.pop(f"form-{key}")
        files_sent(key)
        st.toast(t("minutes.files_kept", n=len(uploads)), icon=":material/check:")
        st.rerun()
