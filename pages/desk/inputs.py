"""What an action on a case asks for: bodies, an answer, a day, another case, and one box for words.

The words of a person stay in their box, whichever action they choose, until they are kept by the store. A reason that
only the desk reads has another one: it must not stand in a note to those it is kept from.
"""

from datetime import date
from typing import Any

import streamlit as st

import i18n
from access.actor import Actor
from casework.cases.act import TOO_EARLY, earliest
from casework.cases.holding import colleagues
from casework.cases.lifecycle import DECIDES, FOLLOW_UPS, PROMISE, RULE_OF, answer_kinds
from casework.cases.two_languages import in_two_languages
from casework.similar.asking import Before
from db import clock
from db.calendar.workdays import due_date
from db.cases import holders
from db.cases.cases import Case
from pages.desk import boxes, confiding, correction, dispatching, merging, objecting, set_words
from pages.desk.follow_up import fields
from pages.shared import lead
from pages.shared.choices import choose, loaded, pick, pick_day
from pages.shared.file_field import file_field
from pages.shared.here import lang, now, store, t
from pages.shared.names import Names

USUAL = {"answer_by": 3}  # working days that a day begins with where one mostly gives so many
OWN = {"confide", "open_up", "correct"}  # their reason is the desk's own


def words_boxes(case: Case, seen: dict[str, Any]) -> tuple[tuple[str, dict[str, Any]], tuple[str, dict[str, Any]]]:
    """The key, and what was taken into it, of the box for words that others read and of the one for the desk's own."""
    key = f"words-{case.id}-{seen['turn']}"
    return (key, seen["taken"]), (f"{key}-own", {})


def asked(
    who: Actor, case: Case, action: str, names: Names, before: Before | None, seen: dict[str, Any]
) -> dict[str, Any]:
    """What the action needs, as `act` takes it. `seen["turn"]` counts what was sent: each starts with an empty box."""
    given: dict[str, Any] = {}
    if action == "dispatch":
        given |= dispatching.bodies(who, case, names, before, seen)
    elif action == "answer":
        given |= _answer(case)
    elif action == "correct":
        given |= correction.fields(case)
    elif action == "merge":
        given["into"] = merging.into(who, case, before)
    elif action == "confide":
        given["readers"] = confiding.readers(case, names)
    elif action == "object":
        given["better"] = objecting.better(case)
    elif action == "assign":
        given["holder"] = holder(who, case)
    elif action in FOLLOW_UPS:
        given |= fields(action, case, names)
    elif action in DECIDES:
        _what_is_asked(case)
    rule, hint = RULE_OF[action], t(f"desk.words.{action}")
    given |= {name: _day(name, case) for name in rule.needs if name in TOO_EARLY}
    key, taken = words_boxes(case, seen)[action in OWN]
    if rule.told and rule.words in rule.needs and who.may("answer_case"):
        set_words.set_words(case, names, key, taken)
    if "translated" in rule.takes and in_two_languages(case):
        given |= boxes.both(case, hint, key, taken)
    else:
        given[rule.words] = boxes.box(hint, key, taken)
    lead.needed("words", [boxes.box_key(key, taken)] if rule.words in rule.needs else [])
    given["uploads"] = file_field(f"case-{case.id}-files-{seen['turn']}", shown="files" in rule.takes)
    return given


def holder(who: Actor, case: Case) -> str | None:
    """Of the reader's own desk, each with what is in their hand already; None for nobody."""
    found = loaded(colleagues(store(), actor=who))
    has = store().read(lambda con: holders.holder_of(con, who.scope, case.id, who.desk))
    return choose(t("desk.holder.label"), found, key=f"holder-{case.id}", value=has, hint=t("desk.holder.release"))


def _answer(case: Case) -> dict[str, Any]:
    kinds = {kind: t(f"case.answer.{kind}") for kind in answer_kinds(case.state)}
    kind = pick(st.segmented_control, t("desk.answer_kind"), kinds, key=f"kind-{case.id}", persist_state="session")
    return {"answer_kind": kind} | ({"promised_on": _day("promised_on", case)} if kind == PROMISE else {})


def _day(name: str, case: Case) -> date | None:
    first, key = earliest(name, case, clock.day_of(now())), f"{name}-{case.id}"
    usual = due_date(clock.day_of(now()), USUAL[name]).day if name in USUAL else None
    return pick_day(t(f"desk.day.{name}"), value=usual, min_value=first, key=key)


def _what_is_asked(case: Case) -> None:
    if case.due_on and case.asked_until:
        days = {"standing": i18n.day(case.due_on, lang()), "until": i18n.day(case.asked_until, lang())}
        st.text(t("promise.asked_until", **days))
