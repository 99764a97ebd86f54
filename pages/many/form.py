"""Doing the same to many cases: what, with which words, and what became of each."""

from collections import Counter
from typing import Any
from uuid import uuid4

import streamlit as st

from access.actor import Actor
from casework.cases.act import Given
from casework.cases.holding import colleagues, dealt
from casework.cases.lifecycle import allowed_actions
from casework.many import ACTIONS, act_on_many, letters_of_many
from db.cases import cases
from db.people import accounts
from db.refused import Refused
from pages.many.choosing import chosen, end, numbers_chosen
from pages.many.done import keep_done
from pages.shared.asking import attempt, by
from pages.shared.choices import choose, choose_some, handling, loaded
from pages.shared.export_links import export_links
from pages.shared.here import actor, store, t
from pages.shared.names import people
from pages.shared.plain import letters

_OPENED = "desk-many-opened"


def many_bar(total: int) -> None:
    """Below the list's head while somebody chooses: what is done to the chosen ones, and taking them away."""
    if not chosen():
        st.caption(t("desk.many.hint"))
        return
    with st.container(key="desk-many", horizontal=True, vertical_alignment="center"):
        label = t("desk.many.open", n=len(chosen()))
        st.button(label, type="primary", key="many-open", icon=":material/checklist:", on_click=_open)
        if address := numbers_chosen(total):
            export_links("cases", address, printed=True)
    if st.session_state.get(_OPENED):  # it stays until it is done or dismissed, whatever else draws the page anew
        title = letters(t("desk.many.title", n=len(chosen())))
        st.dialog(title, width="medium", on_dismiss=_shut)(many_form)()


def _open() -> None:
    st.session_state[_OPENED] = True


def _shut() -> None:
    st.session_state.pop(_OPENED, None)


def many_form() -> None:
    """In a dialog, which runs by itself: it asks again who is here and how the chosen cases stand."""
    who, ids = actor(), list(chosen())
    found = store().read(lambda con: cases.these(con, who.scope, ids))
    able = Counter(action for case in found.values() for action in allowed_actions(case, who) if action in ACTIONS)
    offered = {action: f"{t(f'case.action.{action}')} {able[action]}" for action in ACTIONS if able[action]}
    if not offered:
        st.caption(t("desk.many.nothing"))
        return
    action = st.pills(t("desk.what_to_do"), list(offered), format_func=offered.__getitem__, key="many-do",
                      default=next(iter(offered)), required=True)  # fmt: skip
    given = _asked(who, action)
    if able[action] < len(ids):
        st.caption(t("desk.many.only", n=able[action], of=len(ids)))
    label = t("desk.many.do", what=t(f"case.action.{action}"), n=able[action])
    if st.button(letters(label), type="primary", key=f"many-go-{action}"):  # also of the others it is told why not
        attempt(lambda: _take(action, {one: seen for one, (seen, _) in chosen().items()}, given))


def _asked(who: Actor, action: str) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if action == "dispatch":
        offered = handling()
        given["lead"] = choose(t("desk.lead"), offered, key="many-lead", hint=t("desk.choose_body"))
        others = {code: name for code, name in offered.items() if code != given["lead"]}
        hint = t("desk.choose_bodies")
        given["co"] = tuple(choose_some(t("desk.co"), others, key="many-co", hint=hint))
        leaders, hint = people(store().read(accounts.leaders)), t("desk.choose_leader")
        given["leader_id"] = choose(t("desk.leader"), leaders, key="many-leader", hint=hint)
        given["with_letter"] = st.checkbox(t("letter.with_letter"), value=True, key="many-letter")
    elif action == "assign":
        given["people"] = colleagues(store(), actor=who)
        hint = t("desk.holder.release")
        given["among"] = choose_some(
            t("desk.many.among"), loaded(given["people"]), [who.id], key="many-among", hint=hint
        )
    words, key = t(f"desk.words.{action}"), f"many-words-{action == 'note'}"
    given["note"] = st.text_area(words, key=key, height=100)
    return given


def _take(action: str, seen: dict[str, int], given: dict[str, Any]) -> None:
    """What was chosen is let go; what became of each is told above the list."""
    people, among = given.pop("people", []), given.pop("among", [])
    with_letter, many, hands = given.pop("with_letter", False), str(uuid4()), None
    if action == "dispatch" and not given["lead"]:
        raise Refused("needs_lead")
    if action == "note" and not given["note"].strip():
        raise Refused("needs_note")
    if among:
        hands = dealt(seen, among, {one.id: one.load for one in people})
    bar = st.progress(0.0)
    say = {"told": lambda n: bar.progress(n / len(seen)), "many": many, "holders": hands}
    done = act_on_many(store(), action=action, seen=seen, given=Given(**given), **say, **by())
    keep_done(action, done)
    end()
    if with_letter and any(one.case for one in done):
        letters_of_many(store(), done=done, lead=given["lead"], copied=given["co"], many=many, **by())
    _shut()
    st.rerun()
