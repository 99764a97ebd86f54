"""Promises as rows: the first day with how it was kept, the extended one beside it, each request for more time."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

import i18n
from casework.cases.promise_ledger import VERDICTS
from db.cases.promises import STATES, PromiseLine, Tally, how_many
from pages.desk.row import state_word
from pages.shared import filters
from pages.shared.export_links import export_links
from pages.shared.here import lang, t
from pages.shared.markup import Markup
from pages.shared.names import Names
from pages.shared.promise import extension_words
from pages.shared.rows import pressed_row, quiet_line

TONES = {"kept": "f2f-good", "late": "f2f-late", "open": ""}


def promise_sum(found: Sequence[Tally]) -> None:
    """One sentence: kept, late and open by the first promise; what extensions would make of it beside it."""
    counts = {code: i18n.number(sum(one.n for one in found if one.verdict == code), lang()) for code in TONES}
    extended = sum(one.n for one in found if one.as_standing == "kept")
    st.text(t("promise.sum", **counts, extended=i18n.number(extended, lang())))


def promise_filters(found: Sequence[Tally], names: Names) -> tuple[dict[str, str], int]:
    """Body and state in the address, each choice with what it would leave. Returns them, and how many they leave."""
    asked = {"body": st.query_params.get("body", ""), "state": st.query_params.get("state", "")}
    with st.container(horizontal=True, key="promise-filters", vertical_alignment="bottom"):
        known = {one.body for one in found}
        bodies = {code: name for code, name in names.body.items() if code in known}
        left = {code: how_many(found, body=code, state=asked["state"]) for code in bodies}
        filters.choice("body", t("promise.body"), t("promise.every_body"), bodies, left)
        states = {code: t(f"promise.state.{code}") for code in STATES}
        left = {code: how_many(found, body=asked["body"], state=code) for code in states}
        filters.choice("state", t("promise.state_label"), t("promise.every_state"), states, left)
        export_links("promises", {name: code for name, code in asked.items() if code})
    return asked, how_many(found, **asked)


def promise_row(line: PromiseLine, names: Names, today: date) -> None:
    """A press on it opens the case's drawer."""
    id_, label = line.case.id, t("desk.open", number=line.case.number)
    pressed_row(_row(line, names, today), f"press-row-{id_}", f"press-{id_}", label, "case", id_)


def _row(line: PromiseLine, names: Names, today: date) -> Markup:
    case, promise = line.case, line.promise
    places = (case.number, case.enterprise(lang()), names.who(case.lead_body))
    below = Markup().join(map(Markup("<span>{}</span>").format, filter(None, places)))
    moved = promise.standing != promise.first
    now_due = _day("standing", promise.standing, promise.in_time_as_extended(today)) if moved else ""
    first, state = _day("first", promise.first, promise.in_time(today)), state_word(case.state)
    said = ("　".join(extension_words(one, names.who, lang())) for one in promise.extensions)
    asked = Markup().join(map(Markup("<li>{}</li>").format, said))
    asked = Markup("<ol>{}</ol>").format(asked) if asked else asked
    return Markup(
        '<div class="f2f-plan f2f-promised"><div><b>{}</b><div class="f2f-places">{}</div></div>'
        "<div>{}</div><div>{}</div><div>{}{}</div>{}</div>"
    ).format(case.title, below, first, now_due, state, _answered(promise.fulfilled_on), asked)


def _day(name: str, day: date, in_time: bool | None) -> Markup:
    verdict = VERDICTS[in_time]
    said = Markup('{} <span class="{}">{}</span>').format(
        i18n.day(day, lang()), TONES[verdict], t(f"promise.state.{verdict}")
    )
    return quiet_line(t(f"promise.{name}")) + said


def _answered(day: date | None) -> Markup:
    return quiet_line(t("promise.answered_on", day=i18n.day(day, lang())) if day else "")
