"""Bringing indicators in: a file, a pasted table, one figure by hand. All three go through the same checks."""

from functools import partial
from typing import cast

import streamlit as st

from intake.files.upload import Upload
from intake.indicators.checking import Checked
from intake.indicators.importing import check_indicators, import_indicators, refused_indicators
from intake.indicators.template import indicators_template
from intake.indicators.terms.given import Supplement
from intake.indicators.typed import pasted
from pages.imports.findings import findings, lines, summary, to_look_at, while_read
from pages.imports.panel import at_hand, good_rows
from pages.imports.preview import (
    Import,
    bring,
    chosen,
    confirmed,
    import_id,
    read_rows,
    template_button,
    told_done,
)
from pages.indicators.asked import ask_growth, ask_hidden, ask_place, ask_sure, ask_until, given_of, stated
from pages.indicators.lines import reading_cells, revision_cells
from pages.indicators.names import new_indicator, say_names
from pages.indicators.sheet_view import sheet_view
from pages.shared.here import actor, now, store, t

IMPORT = Import("indicators", check_indicators, import_indicators, indicators_template, "reading", reading_cells,
                shown=60, returned=refused_indicators,
                written=lambda done: max(done.written, len(done.targets)))  # fmt: skip


def file_panel() -> None:
    template_button(IMPORT)
    st.caption(t("indicators.layouts"))
    told_done("indicators", "import.done")
    upload = chosen(IMPORT)
    at_hand("indicators", upload)
    if upload is not None:
        _preview(upload, "indicators")


def paste_panel() -> None:
    st.caption(t("indicators.paste_lead"))
    told_done("paste", "import.done")
    text = st.text_area(t("indicators.paste"), height=180, key=f"paste-{import_id('paste')}")
    if text.strip():
        _preview(pasted(text), "paste")


def _preview(upload: Upload, key: str) -> None:
    """What the file says, what is refused and why, what it changes; then the press that writes it."""
    given = given_of(key)
    check = partial(check_indicators, store(), actor=actor(), upload=upload, at=now(), given=given)
    with while_read():
        outcome = check()
        unsaid = outcome.layout == "table" and any(found.field in ("source", "released") for found in outcome.refused)
        if unsaid:  # shown as it would be read, until somebody says who published it and when
            outcome = check(strict=False)
    if outcome.layout == "table":
        stated(outcome, key)
    ask_place(outcome, key)
    ask_until(outcome, key)
    ask_hidden(outcome, key)
    ask_growth(outcome, key)
    if outcome.layout == "table":
        say_names(outcome, key)
        new_indicator(outcome, key)
    summary(outcome)
    if outcome.refused:
        _not_yet(outcome)
        findings(outcome.refused)
        good_rows(IMPORT, key, upload, outcome, given=given)
    ask_sure(outcome, key)
    if unsaid and not outcome.refused:
        st.info(t("indicators.say_first"), icon=":material/edit:")
    elif not outcome.refused and (n := len(outcome.read) + len(outcome.targets)) and confirmed(key, n):
        take(upload, key, given)
    _differences(outcome)
    if outcome.sheets:
        sheet_view(outcome)
    read_rows(IMPORT, outcome)


def _not_yet(outcome: Checked) -> None:
    """What only waits for a word needs no other file."""
    if all(found in outcome.doubts for found in outcome.refused):
        st.warning(t("indicators.only_doubts"), icon=":material/fact_check:")
    else:
        st.error(t("import.nothing_yet"), icon=":material/block:")


def _differences(outcome: Checked) -> None:
    """Revisions before and after, and the rest of what to look at."""
    revised = [found for found in outcome.warnings if found.code in ("revision", "repeated", "older_release")]
    if revised:
        st.header(t("indicators.revisions"), anchor=False)
        lines("revision", [revision_cells(found) for found in revised[: IMPORT.shown]])
    to_look_at([found for found in outcome.warnings if found not in revised])


def take(upload: Upload, key: str, given: Supplement) -> Checked | None:
    """What was refused, if anything was; else the page begins anew."""
    outcome = cast("Checked | None", bring(IMPORT, key, upload=upload, given=given))
    if outcome:
        findings(outcome.refused)
    return outcome
