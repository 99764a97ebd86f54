"""Bringing a file in: choose it, see what it says and what is refused and why, confirm."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from intake.files.imports import Outcome
from intake.files.returned import ending_of
from intake.files.upload import Upload
from pages.imports.findings import findings, summary, to_look_at, while_read
from pages.imports.preview import Import, bring, chosen, confirmed, read_rows, template_button, told_done
from pages.shared.file_types import FILE_TYPES
from pages.shared.here import actor, lang, now, store, t


def import_panel(kind: Import) -> None:
    """The whole of it. A file that was brought in leaves a fresh uploader and the number of its rows."""
    template_button(kind)
    told_done(kind.name, "import.done")
    upload = chosen(kind)
    if upload is None:  # what was not taken stays at hand until another file is chosen
        if given_back := st.session_state.get(f"{kind.name}-returned"):
            _returned_button(kind, *given_back)
        return
    st.session_state.pop(f"{kind.name}-returned", None)
    with while_read():
        outcome = kind.check(store(), actor=actor(), upload=upload, at=now())
    summary(outcome)
    if outcome.refused:
        st.error(t("import.nothing_yet"), icon=":material/block:")
        findings(outcome.refused)
        if kind.returned and outcome.read:
            _good_rows(kind, kind.returned, upload, outcome)
    elif outcome.read and confirmed(kind.name, len(outcome.read)):
        bring(kind, kind.name, upload=upload)
    to_look_at(outcome.warnings)
    read_rows(kind, outcome)


def _good_rows(kind: Import, returned: Callable[..., bytes], upload: Upload, outcome: Outcome[Any]) -> None:
    """All or nothing is the default; somebody may take what is right, and the rest back with what is wrong with it."""
    st.caption(t("import.take_good_hint"))
    with st.container(horizontal=True):
        content = returned(store(), actor=actor(), upload=upload, at=now(), language=lang())
        given_back = content, ending_of(upload)
        _returned_button(kind, *given_back)
        words = t("import.take_good", n=len(outcome.read))
        if st.button(words, icon=":material/fact_check:", key=f"take-good-{kind.name}"):
            st.session_state[f"{kind.name}-returned"] = given_back
            bring(kind, kind.name, upload=upload, take_good=True)


def _returned_button(kind: Import, content: bytes, ending: str) -> None:
    name = t("import.refused_file_name", ending=ending)
    st.download_button(t("import.refused_file"), content, name, FILE_TYPES[ending], icon=":material/download:",
                       on_click="ignore", key=f"returned-{kind.name}")  # fmt: skip
