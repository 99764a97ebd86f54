"""Bringing a file in: choose it, see what it says and what is refused and why, confirm."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from intake.files.imports import Outcome
from intake.files.returned import ending_of
from intake.files.upload import Upload
from pages.imports.findings import findings, summary, to_look_at, while_read
from pages.imports.preview import Import, bring, chosen, confirmed, read_rows, template_button, told_done
from pages.shared.asking import by
from pages.shared.file_types import FILE_TYPES
from pages.shared.here import actor, lang, now, store, t


def import_panel(kind: Import) -> None:
    """The whole of it. A file that was brought in leaves a fresh uploader and the number of its rows."""
    template_button(kind)
    told_done(kind.name, "import.done")
    upload = chosen(kind)
    at_hand(kind.name, upload)
    if upload is None:
        return
    with while_read():
        outcome = kind.check(store(), actor=actor(), upload=upload, at=now())
    summary(outcome)
    if outcome.refused:
        st.error(t("import.nothing_yet"), icon=":material/block:")
        findings(outcome.refused)
        good_rows(kind, kind.name, upload, outcome)
    elif outcome.read and confirmed(kind.name, len(outcome.read)):
        bring(kind, kind.name, upload=upload)
    to_look_at(outcome.warnings)
    read_rows(kind, outcome)


def at_hand(key: str, upload: Upload | None) -> None:
    """What was not taken stays at hand until another file is chosen."""
    if upload is not None:
        st.session_state.pop(f"{key}-returned", None)
    elif given_back := st.session_state.get(f"{key}-returned"):
        returned_button(key, *given_back)


def good_rows(kind: Import, key: str, upload: Upload, outcome: Outcome[Any], **said: Any) -> None:  # noqa: ANN401
    """All or nothing is the default; somebody may take what is right, and the rest back with what is wrong with it."""
    if kind.returned is None or not outcome.good:
        return
    asked = {**by(), "upload": upload, "language": lang(), **said}
    given_back = partial(kind.returned, store(), **asked), ending_of(upload)
    st.caption(t("import.take_good_hint"))
    with st.container(horizontal=True):
        returned_button(key, *given_back)
        words = t("import.take_good", n=len(outcome.read))
        if st.button(words, icon=":material/fact_check:", key=f"take-good-{key}"):
            st.session_state[f"{key}-returned"] = given_back
            bring(kind, key, upload=upload, take_good=True, **said)


def returned_button(key: str, written: Callable[[], bytes], ending: str) -> None:
    """The file is written when somebody presses for it."""
    name = t("import.refused_file_name", ending=ending)
    st.download_button(t("import.refused_file"), written, name, FILE_TYPES[ending], icon=":material/download:",
                       on_click="ignore", key=f"returned-{key}")  # fmt: skip
