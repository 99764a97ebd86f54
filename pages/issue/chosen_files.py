"""The files of an issue that is being written: the field, which of them are here, and which a browser has lost."""

from collections.abc import Callable

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from intake.files.upload import Upload
from intake.issue import attachments
from intake.issue.kept_files import kept_files
from pages.issue.beside import error, quietly
from pages.issue.state import OpenForm, key_of_files
from pages.shared.file_field import SUFFIXES, files_hint
from pages.shared.here import actor, store, t
from pages.shared.plain import plain


def files_field(form: OpenForm, changed: Callable[[OpenForm, str], None]) -> None:
    st.file_uploader(
        t("issue.field.files"),
        type=SUFFIXES,
        accept_multiple_files=True,
        key=key_of_files(form),
        on_change=changed,
        args=(form, "files"),
    )
    quietly(files_hint())
    error(form, "files")
    if kept := kept_files(store(), actor=actor(), draft_id=form.id):  # sent by the plain form
        quietly(t("issue.field.files_kept"))
        plain("\n".join(one.name for one in kept))
    missing = gone(form)
    if missing:
        quietly(t("issue.field.files_again"))
        plain("\n".join(missing))
        st.button(t("issue.field.files_without"), key="issue_without", on_click=do_without, args=(form,))
    elif left_out := not_sent(form):
        quietly(t("issue.field.files_not_sent"))
        plain("\n".join(left_out))


def gone(form: OpenForm) -> list[str]:
    """The names of files that were chosen and are here no more: after a reload, or a long sleep of the phone."""
    here = _names(uploads_of(form))
    return [name for name in form.kept.get("files") or [] if name not in here]


def do_without(form: OpenForm) -> None:
    """Leave out the files that are gone; the uploader forgets them where it holds no other."""
    form.left_out = gone(form)
    form.kept["files"] = _names(uploads_of(form))
    form.uploader += 1 if not form.kept["files"] else 0
    form.errors.pop("files", None)


def not_sent(form: OpenForm) -> list[str]:
    """Of the files left out those whose mark still stands in the uploader's list, as if they were attached."""
    chosen = st.session_state.get(key_of_files(form)) or []
    return form.left_out if len(uploads_of(form)) < len(chosen) else []


def uploads_of(form: OpenForm) -> list[Upload]:
    """Streamlit keeps a mark in the place of a file that it has lost: that is none."""
    chosen = st.session_state.get(key_of_files(form)) or []
    return [Upload(file.name, file.getvalue()) for file in chosen if isinstance(file, UploadedFile)]


def names_of(form: OpenForm) -> list[str]:
    """Of those chosen now. One that Streamlit has lost stays named until somebody takes it out of the list."""
    uploads, chosen = uploads_of(form), st.session_state.get(key_of_files(form)) or []
    lost = gone(form) if len(uploads) < len(chosen) else []
    return [*_names(uploads), *lost]


def _names(uploads: list[Upload]) -> list[str]:
    return [attachments.clean_name(upload.name) for upload in uploads[: attachments.MOST]]
