"""Bringing a file in: choose it, see what it says and what is refused and why, confirm."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import streamlit as st

from db.sql import Connection
from intake.files.imports import Outcome
from intake.files.upload import MOST_BYTES, Upload
from pages.imports.findings import SHOWN, cut_short, findings, lines, summary, while_read
from pages.shared.asking import attempt
from pages.shared.file_types import FILE_TYPES
from pages.shared.here import actor, lang, now, store, t
from pages.shared.markup import Markup
from pages.shared.rows import row_style
from pages.shared.style import style, words_in_style


@dataclass(frozen=True)
class Import:
    """One kind of file. `check` says what `bring` would write; `line` turns a row that was read into cells."""

    name: str
    check: Callable[..., Outcome[Any]]
    bring: Callable[..., Outcome[Any]]
    template: Callable[[Connection, str], bytes]
    line_kind: str
    line: Callable[[Any], list[Markup]]


def import_style() -> None:
    """Once a page: our rows, and our words on Streamlit's uploader, which speaks English only."""
    row_style()
    style("imports/imports")
    words = {"choose": t("import.choose"), "again": t("import.again"), "refused": t("import.too_large")}
    words_in_style('[class*="st-key-bring-"]', words)


def import_panel(kind: Import) -> None:
    """The whole of it. A file that was brought in leaves a fresh uploader and the number of its rows."""
    template_button(kind)
    done = st.session_state.pop(f"{kind.name}-done", None)
    if done is not None:
        st.success(t("import.done", n=done), icon=":material/check:")
    upload = chosen(kind)
    if upload is None:
        return
    with while_read():
        outcome = kind.check(store(), actor=actor(), upload=upload, at=now())
    summary(outcome)
    if outcome.refused:
        st.error(t("import.nothing_yet"), icon=":material/block:")
        findings(outcome.refused)
    elif outcome.read:
        st.info(t("import.all_clear", n=len(outcome.read)), icon=":material/fact_check:")
        _confirm(kind, upload, len(outcome.read))
    if outcome.warnings:
        st.header(t("import.to_look_at"), anchor=False)
        findings(outcome.warnings)
    if outcome.read:
        st.header(t("import.read_rows"), anchor=False)
        lines(kind.line_kind, [kind.line(reading) for reading in outcome.read[:SHOWN]])
        cut_short(len(outcome.read))


def template_button(kind: Import) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(t("import.limits"), width=720)
        st.download_button(
            t("import.get_template"),
            store().read(lambda con: kind.template(con, lang())),
            t(f"import.template.{kind.name}_name"),
            FILE_TYPES["xlsx"],
            icon=":material/download:",
            on_click="ignore",
            key=f"template-{kind.name}",
        )


def chosen(kind: Import) -> Upload | None:
    """The file chosen. The uploader carries the import's id, so that a second press of confirm meets the first."""
    with st.container(key=f"bring-{kind.name}"):
        picked = st.file_uploader(
            t("import.choose"),
            type=["csv", "xlsx", "xls"],
            key=f"upload-{import_id(kind)}",
            label_visibility="collapsed",
        )
    return Upload(picked.name, picked.read(MOST_BYTES + 1)) if picked else None


def import_id(kind: Import) -> str:
    return st.session_state.setdefault(f"import-{kind.name}", str(uuid4()))


def _confirm(kind: Import, upload: Upload, n: int) -> None:
    if not st.button(t("import.confirm", n=n), type="primary", icon=":material/upload:", key=f"confirm-{kind.name}"):
        return
    known = {"actor": actor(), "upload": upload, "at": now(), "import_id": import_id(kind)}
    outcome = attempt(lambda: kind.bring(store(), **known))
    if outcome is not None and outcome.written is not None:
        st.session_state[f"{kind.name}-done"] = outcome.written
        del st.session_state[f"import-{kind.name}"]
        st.rerun()
