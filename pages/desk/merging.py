"""Which case another one is merged into: of those most like it, or found by words or number; and which it was."""

from collections.abc import Iterable
from functools import partial

import streamlit as st

import i18n
from access.actor import Actor
from casework.similar.asking import Before
from db import clock
from db.cases import cases
from db.cases.cases import Case, CaseFilters
from db.states import OPEN
from pages.shared.choices import pick
from pages.shared.here import actor, lang, now, store, t
from pages.shared.markup import Markup

_FOUND = 6


def into(who: Actor, case: Case, before: Before | None) -> str | None:
    """Its id. Every case that can be chosen says its number, enterprise and title."""
    likely = [one.case for one in before.duplicates] if before else []
    typed = st.text_input(t("desk.into"), key=f"into-{case.id}", placeholder=t("desk.into_hint"))
    asked = CaseFilters(clock.day_of(now()), text=typed, state="open")  # itself may be among them
    search = partial(cases.find, scope=who.scope, filters=asked, sort="newest", size=_FOUND + 1)
    found = store().read(search) if typed else None
    offered = found.rows if found else likely
    choices = {one.id: _line(one) for one in offered if one.id != case.id and one.state in OPEN}
    if not choices:
        st.caption(t("desk.into_none" if typed else "desk.into_nothing_alike"))
        return None
    itself = any(one.id == case.id for one in offered)
    label = t("desk.into_found", n=found.total - itself) if found else t("desk.into_alike")
    return pick(st.radio, label, choices, key=f"into-{case.id}-{typed}", index=None)


def joined(case: Case) -> dict[str, Markup]:
    """Where it went, and what came to it: a link to each that its reader sees, beside what they type here."""
    found = store().read(lambda con: cases.joined(con, actor().scope, case.id))
    return {
        "merged_into": _links(one for one in found if one.id == case.merged_into),
        "merged": _links(one for one in found if one.merged_into == case.id),
    }


def _links(found: Iterable[Case]) -> Markup:
    link = Markup('<a href="/desk?case={}" target="_blank" rel="noopener">{}</a>')
    return Markup(" ").join(link.format(one.id, one.number) for one in found)


def _line(one: Case) -> str:
    return i18n.DOT.join((one.number, one.enterprise(lang()), one.title))
