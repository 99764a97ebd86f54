"""Bringing indicators in: a file, a pasted table, one figure by hand. All three go through the same checks."""

from functools import partial

import streamlit as st

from intake.files.upload import Upload
from intake.indicators.checking import Checked
from intake.indicators.importing import check_indicators, import_indicators
from intake.indicators.template import indicators_template
from intake.indicators.terms.given import Given
from intake.indicators.typed import pasted
from pages.imports.preview import Import, chosen, findings, lines, summary, template_button, while_read
from pages.indicators.asked import (
    ask_growth,
    ask_hidden,
    ask_place,
    ask_sure,
    ask_until,
    given_of,
    import_id,
    stated,
)
from pages.indicators.lines import reading_cells, revision_cells
from pages.indicators.names import say_names
from pages.indicators.new import new_indicator
from pages.indicators.sheet_view import sheet_view
from pages.shared.asking import attempt
from pages.shared.here import actor, now, store, t

IMPORT = Import("indicators", check_indicators, import_indicators, indicators_template, "reading", reading_cells)
SHOWN = 60


def file_panel() -> None:
    template_button(IMPORT)
    st.caption(t("indicators.layouts"))
    done("indicators")
    upload = chosen(IMPORT)
    if upload is not None:
        _preview(upload, "indicators")


def paste_panel() -> None:
    st.caption(t("indicators.paste_lead"))
    done("paste")
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
    ask_sure(outcome, key)
    if unsaid and not outcome.refused:
        st.info(t("indicators.say_first"), icon=":material/edit:")
    elif not outcome.refused and (outcome.read or outcome.targets):
        _confirm(upload, outcome, key, given)
    _differences(outcome)
    if outcome.sheets:
        sheet_view(outcome)
    if outcome.read:
        st.header(t("import.read_rows"), anchor=False)
        lines("reading", [reading_cells(reading) for reading in outcome.read[:SHOWN]])
        if len(outcome.read) > SHOWN:
            st.caption(t("import.first_shown", most=SHOWN, n=len(outcome.read)))


def _not_yet(outcome: Checked) -> None:
    """What only waits for a word needs no other file."""
    if all(found in outcome.doubts for found in outcome.refused):
        st.warning(t("indicators.only_doubts"), icon=":material/fact_check:")
    else:
        st.error(t("import.nothing_yet"), icon=":material/block:")


def _differences(outcome: Checked) -> None:
    """Revisions before and after, and the rest of what to look at."""
    revised = [found for found in outcome.warnings if found.code in ("revision", "older_release")]
    others = [found for found in outcome.warnings if found not in revised]
    if revised:
        st.header(t("indicators.revisions"), anchor=False)
        lines("revision", [revision_cells(found) for found in revised[:SHOWN]])
    if others:
        st.header(t("import.to_look_at"), anchor=False)
        findings(others)


def _confirm(upload: Upload, outcome: Checked, key: str, given: Given) -> None:
    n = len(outcome.read) + len(outcome.targets)
    st.info(t("import.all_clear", n=n), icon=":material/fact_check:")
    if st.button(t("import.confirm", n=n), type="primary", icon=":material/upload:", key=f"confirm-{key}"):
        bring(upload, key, given)


def bring(upload: Upload, key: str, given: Given) -> Checked | None:
    """What was refused, if anything was; else the page begins anew."""
    verb = partial(import_indicators, store(), actor=actor(), upload=upload, at=now(), given=given)
    outcome = attempt(lambda: verb(import_id=import_id(key)))
    if outcome is None:
        return None
    if outcome.written is None:
        findings(outcome.refused)
        return outcome
    st.session_state[f"{key}-done"] = max(outcome.written, len(outcome.targets))
    del st.session_state[f"import-{key}"]
    st.rerun()


def done(key: str) -> None:
    done = st.session_state.pop(f"{key}-done", None)
    if done is not None:
        st.success(t("import.done", n=done), icon=":material/check:")
