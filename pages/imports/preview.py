"""The pieces of bringing a file in: its kind, the file chosen, the button that confirms, what was written."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import uuid4

import streamlit as st

from db.sql import Connection
from intake.files.imports import Outcome
from intake.files.upload import MOST_BYTES, Upload
from pages.imports.findings import SHOWN, cut_short, lines
from pages.shared.asking import attempt, by
from pages.shared.file_types import FILE_TYPES
from pages.shared.here import lang, store, t
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
    shown: int = SHOWN  # rows of the file
    returned: Callable[..., bytes] | None = None  # the refused rows with their reasons, where the others can be taken
    written: Callable[[Any], int] = attrgetter("written")


def import_style() -> None:
    """Once a page: our rows, and our words on Streamlit's uploader, which speaks English only."""
    row_style()
    style("shared/files", "imports/imports")
    words = {name: t(f"import.{name}") for name in ("choose", "again", "too_large", "kind")}
    words_in_style({**words, "lost": t("issue.field.files_lost")})


def confirmed(key: str, n: int) -> bool:
    """Whether somebody presses the button that writes the `n` rows."""
    st.info(t("import.all_clear", n=n), icon=":material/fact_check:")
    return st.button(t("import.confirm", n=n), type="primary", icon=":material/upload:", key=f"confirm-{key}")


def bring(kind: Import, key: str, **said: Any) -> Outcome[Any] | None:  # noqa: ANN401
    """Written, the page begins anew; what was refused after all is given back."""
    outcome = attempt(lambda: kind.bring(store(), import_id=import_id(key), **by(), **said))
    if outcome is None or outcome.written is None:
        return outcome
    st.session_state[f"{key}-done"] = kind.written(outcome)
    del st.session_state[f"import-{key}"]
    st.rerun()


def told_done(key: str, words: str) -> None:
    """How many rows were written just now; said once."""
    done = st.session_state.pop(f"{key}-done", None)
    if done is not None:
        st.success(t(words, n=done), icon=":material/check:")


def read_rows(kind: Import, outcome: Outcome[Any]) -> None:
    if outcome.read:
        st.header(t("import.read_rows"), anchor=False)
        lines(kind.line_kind, [kind.line(reading) for reading in outcome.read[: kind.shown]])
        cut_short(len(outcome.read), kind.shown)


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
        key, types = f"upload-{import_id(kind.name)}", ["csv", "xlsx", "xls"]
        picked = st.file_uploader(t("import.choose"), types, key=key, label_visibility="collapsed")
    return Upload(picked.name, picked.read(MOST_BYTES + 1)) if picked else None


def import_id(key: str) -> str:
    """Of this try: the widgets carry it, so that a second press meets the first and a new try begins empty."""
    return st.session_state.setdefault(f"import-{key}", str(uuid4()))
