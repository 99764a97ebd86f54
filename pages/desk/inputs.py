"""What an action on a case asks for: bodies, an answer, a day, another case, and one box for words.

The words of a person stay in their box, whichever action they choose, until they are kept by the store.
"""

from datetime import date
from functools import partial
from typing import Any

import streamlit as st

import i18n
from access.actor import Actor
from casework.cases.act import TOO_EARLY, earliest
from casework.cases.holding import colleagues
from casework.cases.lifecycle import DECIDES, FOLLOW_UPS, PROMISE, RULE_OF, answer_kinds
from casework.cases.two_languages import in_two_languages
from casework.similar.asking import Before
from casework.similar.linear import Likely
from db import clock
from db.cases import cases, holders
from db.cases.cases import Case
from db.people import accounts
from pages.desk import boxes, confiding, correction, merging, objecting, set_words
from pages.desk.follow_up import fields
from pages.shared.choices import choose, choose_some, handling, loaded, pick, pick_day
from pages.shared.file_field import file_field
from pages.shared.here import lang, now, store, t
from pages.shared.names import Names
from pages.shared.plain import told
from pages.similar.solved import offer


def asked(
    who: Actor, case: Case, action: str, names: Names, before: Before | None, seen: dict[str, Any]
) -> dict[str, Any]:
    """What the action needs, as `act` takes it. `seen["turn"]` counts what was sent: each starts with an empty box."""
    given: dict[str, Any] = {}
    if action == "dispatch":
        given |= bodies(who, case, names, before, seen)
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
    key, taken = f"words-{case.id}-{seen['turn']}", seen["taken"]
    if rule.told and rule.words in rule.needs and who.may("answer_case"):
        set_words.set_words(case, names, key, taken)
    if "translated" in rule.takes and in_two_languages(case):
        given |= boxes.both(case, hint, key, taken)
    else:
        given[rule.words] = boxes.box(hint, key, taken)
    given["uploads"] = file_field(f"case-{case.id}-files-{seen['turn']}", shown="files" in rule.takes)
    return given


def bodies(who: Actor, case: Case, names: Names, before: Before | None, seen: dict[str, Any]) -> dict[str, Any]:
    """The bodies that settled such cases are named, and what is learnt of its words suggests: who chooses sees why, and
    presses or not. What was pressed begins the choice anew: put into the one that stands, it would be undone by what a
    page says that does not show it yet."""
    offered = handling()
    found = store().read(lambda con: cases.usual_leads(con, who.scope, case.category))
    usual = [(body, n) for body, n in found if body in offered]
    times, taken = seen["taken"].get("lead", (0, None))
    key, hint = f"lead-{case.id}-{times}", t("desk.choose_body")
    lead = choose(t("desk.lead"), offered, key=key, value=taken or case.lead_body, hint=hint)
    settled = sum(n for _, n in usual)
    likely = before.lead if before and before.lead else [Likely(body, n / settled) for body, n in usual]
    offer(likely, offered, t("similar.lead"), partial(_put, seen["taken"], times + 1), f"lead-{case.id}")
    if usual:
        shown = t("desk.comma").join(t("desk.usual_one", body=names.who(body), n=n) for body, n in usual)
        st.caption(told("desk.usual", category=names.category.get(case.category, ""), bodies=shown))
    others = {code: name for code, name in offered.items() if code != lead}
    co = choose_some(t("desk.co"), others, case.co, key=f"co-{case.id}-{lead}", hint=t("desk.choose_bodies"))
    leaders, hint = store().read(accounts.leaders), t("desk.choose_leader")
    leader = choose(t("desk.leader"), leaders, key=f"leader-{case.id}", value=case.leader_id, hint=hint)
    with_letter = who.may("triage_case") and st.checkbox(
        t("letter.with_letter"), value=True, key=f"with-letter-{case.id}"
    )
    return {"lead": lead, "co": tuple(co), "leader_id": leader, "with_letter": with_letter}


def holder(who: Actor, case: Case) -> str | None:
    """Of the reader's own desk, each with what is in their hand already; None for nobody."""
    found = loaded(colleagues(store(), actor=who))
    has = store().read(lambda con: holders.holder_of(con, who.scope, case.id, who.desk))
    return choose(t("desk.holder.label"), found, key=f"holder-{case.id}", value=has, hint=t("desk.holder.release"))


def _put(taken: dict[str, Any], times: int, body: str) -> None:
    taken["lead"] = times, body


def _answer(case: Case) -> dict[str, Any]:
    kinds = {kind: t(f"case.answer.{kind}") for kind in answer_kinds(case.state)}
    kind = pick(st.segmented_control, t("desk.answer_kind"), kinds, key=f"kind-{case.id}", persist_state="session")
    return {"answer_kind": kind} | ({"promised_on": _day("promised_on", case)} if kind == PROMISE else {})


def _day(name: str, case: Case) -> date | None:
    first, key = earliest(name, case, clock.day_of(now())), f"{name}-{case.id}"
    return pick_day(t(f"desk.day.{name}"), value=None, min_value=first, key=key)


def _what_is_asked(case: Case) -> None:
    if case.due_on and case.asked_until:
        days = {"standing": i18n.day(case.due_on, lang()), "until": i18n.day(case.asked_until, lang())}
        st.text(t("promise.asked_until", **days))
