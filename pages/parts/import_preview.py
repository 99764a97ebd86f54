"""Bringing a file in: choose it, see what it says and what is refused and why, confirm."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from uuid import uuid4

import streamlit as st

from casework.exports import to_csv
from db.sql import Connection
from intake import rulebook
from intake.imports import Finding, Outcome
from intake.spreadsheets import MOST_BYTES, Upload
from pages.parts.asking import attempt
from pages.parts.here import actor, lang, now, store, t
from pages.parts.rows import cell, facts, row_style, strong
from pages.parts.style import style

SHOWN = 50


@dataclass(frozen=True)
class Import:
    """One kind of file. `check` says what `bring` would write; `line` turns a row that was read into cells."""

    name: str
    check: Callable[..., Outcome[Any]]
    bring: Callable[..., Outcome[Any]]
    template: Callable[[Connection, str], bytes]
    line_kind: str
    line: Callable[[Any], list[str]]


def import_style() -> None:
    """Once a page: our rows, and our words on Streamlit's uploader, which speaks English only."""
    row_style()
    style("imports")
    words = {"choose": t("import.choose"), "again": t("import.again"), "refused": t("import.too_large")}
    said = " ".join(f"--f2f-{name}: {_css_text(word)};" for name, word in words.items())
    st.html(f'<style>[class*="st-key-bring-"] {{ {said} }}</style>')


def import_panel(kind: Import) -> None:
    """The whole of it. A file that was brought in leaves a fresh uploader and the number of its rows."""
    template_button(kind)
    done = st.session_state.pop(f"{kind.name}-done", None)
    if done is not None:
        st.success(t("import.done", n=done), icon=":material/check:")
    upload = chosen(kind)
    if upload is None:
        return
    outcome = kind.check(store(), actor=actor(), upload=upload, at=now())
    summary(outcome)
    if outcome.refused:
        st.error(t("import.nothing_yet"), icon=":material/block:")
        findings(outcome.refused)
    elif outcome.read:
        st.info(t("import.all_clear", n=len(outcome.read)), icon=":material/fact_check:")
        _confirm(kind, upload, len(outcome.read))
    if outcome.warnings:
        st.subheader(t("import.to_look_at"))
        findings(outcome.warnings)
    if outcome.read:
        st.subheader(t("import.read_rows"))
        lines(kind.line_kind, [kind.line(reading) for reading in outcome.read[:SHOWN]])
        cut_short(len(outcome.read))


def lines(kind: str, rows: Sequence[Sequence[str]]) -> None:
    """Rows of cells (see rows.cell) as one card; `kind` chooses the widths in imports.css."""
    drawn = "".join(f'<div class="f2f-row f2f-{kind}">{"".join(cells)}</div>' for cells in rows)
    st.html(f'<div class="f2f-lines">{drawn}</div>')


def findings(found: Sequence[Finding]) -> None:
    """Which row, which field, why; all of them as a file where there are many."""
    lines("finding", [_finding(one) for one in found[:SHOWN]])
    cut_short(len(found))
    if len(found) > SHOWN:
        columns = ["row", "field", "code", "reason"]
        content = to_csv(columns, [[one.row, one.field, one.code, one.reason(lang())] for one in found])
        st.download_button(t("import.findings_file"), content, t("import.findings_name"), "text/csv")


def _finding(found: Finding) -> list[str]:
    """The cell, or the row; the field; why, and the rule of statistics where it is one."""
    row = found.cell or (t("import.row_number", n=found.row) if found.row else t("import.whole_file"))
    rule = rulebook.number_of(found.code)
    said = t("rule.number", n=rule) if rule else ""
    return [strong(row), cell(t(f"import.field.{found.field}")), cell(found.reason(lang()), quiet=said)]


def template_button(kind: Import) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(t("import.limits"), width=720)
        st.download_button(
            t("import.get_template"),
            store().read(lambda con: kind.template(con, lang())),
            t(f"import.template.{kind.name}_name"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
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


def summary(outcome: Outcome[Any]) -> None:
    refused_rows = len({found.row for found in outcome.refused})
    facts(
        [
            (t("import.read_rows"), t("import.rows", n=len(outcome.read))),
            (t("import.refused_rows"), t("import.rows", n=refused_rows)),
            (t("import.to_look_at"), t("import.items", n=len(outcome.warnings))),
        ]
    )


def cut_short(n: int) -> None:
    if n > SHOWN:
        st.caption(t("import.first_shown", most=SHOWN, n=n))


def _css_text(words: str) -> str:
    return '"' + escape(words).replace("\\", "") + '"'
