"""A leader's instruction as a row: on what, from whom, by when, with its words and its answer."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

import i18n
from access.actor import Actor
from db import clock
from db.cases.instructions import STATES, Instruction
from pages.shared import filters
from pages.shared.here import lang, t
from pages.shared.markup import Markup
from pages.shared.names import Names
from pages.shared.rows import pressed_row, quiet_line


def asked_of(who: Actor) -> dict[str, str]:
    """What the address asks for; a leader's own come first."""
    own = st.query_params.get("whose") or ("mine" if who.may("instruct") else "all")
    state = st.query_params.get("state", "")
    return {"state": state if state in STATES else "", "whose": own}


def instruction_filters(who: Actor, counts: Mapping[str, int]) -> None:
    """In the address, each choice with what it would leave."""
    with st.container(horizontal=True, key="instruction-filters", vertical_alignment="center"):
        if who.may("instruct"):
            words = {code: t(f"instruction.whose.{code}") for code in ("mine", "all")}
            filters.switch("whose", t("instruction.whose_label"), words, counts)
        words = {code: t(f"instruction.of.{code}") for code in STATES}
        filters.quick("state", t("instruction.state"), words, counts)


def instruction_row(one: Instruction, names: Names, today: date) -> None:
    """A press on it opens the case's drawer."""
    key, label = f"{one.case_id}-{one.seq}", t("desk.open", number=one.number)
    pressed_row(_row(one, names, today), f"press-row-{key}", f"press-{key}", label, "case", one.case_id)


def _row(one: Instruction, names: Names, today: date) -> Markup:
    places = (one.number, one.enterprise(lang()), one.title)
    below = Markup().join(map(Markup("<span>{}</span>").format, places))
    given = t("instruction.given", leader=one.leader, day=i18n.day(clock.day_of(one.given_at), lang()))
    answer = quiet_line(t("instruction.answer", words=one.answer)) if one.answer else ""
    return Markup(
        '<div class="f2f-plan f2f-promised"><div><b>{}</b>{}<div class="f2f-places">{}</div></div>'
        "<div>{}</div><div>{}</div><div>{}</div></div>"
    ).format(one.words, answer, below, given, names.who(one.body) or t("instruction.office"), _due(one, today))


def _due(one: Instruction, today: date) -> Markup:
    late, by = one.late, t("instruction.answer_by", day=i18n.day(one.answer_by, lang()))
    tone = "f2f-late" if late else "f2f-good" if one.answered_at else "f2f-soon"
    if one.answered_at:
        day = i18n.day(clock.day_of(one.answered_at), lang())
        said = t("instruction.answered_late" if late else "instruction.answered", day=day)
    else:
        said = t("instruction.late", n=(today - one.answer_by).days) if late else t("instruction.of.open")
    return Markup('<span class="{}">{}</span>{}').format(tone, said, quiet_line(by))
