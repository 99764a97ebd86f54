"""A field for files, with what may be chosen: those of an issue, an answer, a note, minutes."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from intake.files.upload import Upload
from intake.issue import attachments
from pages.shared.here import t
from pages.shared.style import style, words_in_style

WAYS = frozenset({"account", "invitation"})  # who comes otherwise is never asked for a file
SUFFIXES = [suffix[1:] for suffixes in (*attachments.SUFFIXES.values(), attachments.HEIC) for suffix in suffixes]


def uploader_style() -> None:
    """Streamlit's uploader speaks English only: its words are hidden and ours drawn in their place."""
    style("shared/files")
    words_in_style({name: t(f"issue.field.files_{name}") for name in ("choose", "too_large", "kind", "lost")})


def files_hint() -> str:
    return t("issue.field.files_hint", most=attachments.MOST, megabytes=attachments.LARGEST // 1024**2)


def file_field(key: str, *, shown: bool = True) -> list[Upload]:
    """`key` has -files- within, so that its words are ours. After an act its next field is another: the old one keeps
    what was chosen. A field that is not drawn loses it: where none is asked for just now, it is there and not `shown`.
    """
    uploader_style()
    with st.container(key=f"{'field' if shown else 'hidden'}-{key}"):
        st.file_uploader(t("issue.field.files"), type=SUFFIXES, accept_multiple_files=True, key=_turned(key))
        st.caption(files_hint())
    return chosen(key) if shown else []


def chosen(key: str) -> list[Upload]:
    """Streamlit keeps a mark in the place of a file that it has lost: that is none."""
    here = st.session_state.get(_turned(key)) or []
    return [Upload(file.name, file.getvalue()) for file in here if isinstance(file, UploadedFile)]


def files_sent(key: str) -> None:
    """This field begins anew."""
    st.session_state[f"turn-{key}"] = _turn(key) + 1


def _turned(key: str) -> str:
    return f"{key}-{_turn(key)}"


def _turn(key: str) -> int:
    return st.session_state.get(f"turn-{key}", 0)
