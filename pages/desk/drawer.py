"""The drawer of one case: what it says, how it stands, what may be done, what happened. The list stays behind it."""

from collections.abc import Sequence

import streamlit as st

import i18n
from access.actor import Actor
from casework.cases.standing_in import stood_in
from db import clock
from db.cases import cases, handed_over, promises, similar
from db.cases.handed_over import HandedOver
from db.people import enterprises
from db.states import waiting_for
from pages.desk.actions import case_actions
from pages.desk.facts import case_answer, case_facts, case_files, case_head, file_list
from pages.desk.history import history_part, told_of
from pages.desk.hotline import order_facts
from pages.desk.memory import forget
from pages.desk.merging import joined
from pages.desk.plan import case_plan
from pages.guidance.of_case import guidance_part
from pages.letters.sent import letter_of_case
from pages.shared.here import actor, lang, now, store, t
from pages.shared.links import beside_link
from pages.shared.names import Names
from pages.shared.plain import letters, plain
from pages.shared.promise import promise_ledger
from pages.similar.solved import history, solved_part

UNSENT = waiting_for("acceptance", "letter", "answer")  # what was solved before may still help


def drawer(asked: str, around: Sequence[str], names: Names) -> None:
    """Open it for the case that the address names, by id or number. `around` are the ids of the page's rows."""
    scope = actor().scope
    case = store().read(lambda con: cases.get(con, scope, asked) or cases.by_number(con, scope, asked))
    left = None if case else store().read(lambda con: handed_over.had_by(con, scope, asked))
    case = case or (left.case if left else None)
    title = t("desk.case", number=case.number) if case else t("desk.no_case")
    opened = st.dialog(title, width="medium", position="right", on_dismiss=_close)(_draw)
    opened(case.id if case else "", around, names)


def _draw(case_id: str, around: Sequence[str], names: Names) -> None:
    """Runs by itself whenever something in the drawer is touched, so it asks again who is here."""
    who = actor()
    case = store().read(lambda con: cases.get(con, who.scope, case_id))
    if case is None:
        _not_theirs(who, case_id, names)
        return
    happened, all_told = told_of(who, case_id)
    _neighbours(case_id, around)
    case_head(case)
    beside_link(t("desk.print"), f"/print/cases?numbers={case.number}")
    firm = store().read(lambda con: enterprises.get(con, who.enterprise_scope, case.enterprise_id))
    case_facts(case, firm, names, joined(case))
    order_facts(case, happened)
    plain(case.text)
    case_files(who, case)
    case_answer(case, names)
    letter_of_case(who, case)
    promise = promises.of_history(case, happened)
    if promise:
        promise_ledger(promise, names, clock.day_of(now()))
    case_plan(who, case, names)
    before = history(who, similar.said(case.title, case.text), besides=case.number) if case.state in UNSENT else None
    solved_part(before)
    guidance_part(who, case)
    case_actions(who, case, happened, names, before)
    history_part(all_told, names, stood_in(store(), actor=who, case_id=case.id))


def _not_theirs(who: Actor, case_id: str, names: Names) -> None:
    """A body that had the case reads it as it was; for all others it is not there."""
    left = store().read(lambda con: handed_over.had_by(con, who.scope, case_id))
    if left:
        _former(left, names)
    else:
        st.info(t("error.case_unknown"), icon=":material/search_off:")


def _former(left: HandedOver, names: Names) -> None:
    """As the former body had it: to read, and nothing to do."""
    day = i18n.moment(clock.local(left.at), lang())
    st.info(t("desk.handed_over", day=day, body=letters(names.who(left.to))), icon=":material/move_up:")
    case_head(left.case)
    case_facts(left.case, None, names)
    plain(left.case.text)
    file_list(store().read(lambda con: handed_over.files(con, left)))
    case_answer(left.case, names)
    history_part(left.history, names)


def _close() -> None:
    forget(st.query_params.pop("case", ""))


def _neighbours(case_id: str, around: Sequence[str]) -> None:
    """The row above and the row below, also by the keys k and j."""
    place = around.index(case_id) if case_id in around else -1
    if place < 0 or len(around) < 2:
        return
    with st.container(horizontal=True, key="desk-neighbours"):
        steps = 0  # two keys that are taken together are two steps
        for label, icon, key, by in (
            ("desk.previous", ":material/keyboard_arrow_up:", "k", -1),
            ("desk.next", ":material/keyboard_arrow_down:", "j", 1),
        ):
            there = 0 <= place + by < len(around)
            if st.button(t(label), icon=icon, shortcut=key, key=f"go-{key}", disabled=not there, type="tertiary"):
                steps += by
    if steps:
        forget(case_id)
        st.query_params["case"] = around[place + steps]
        st.rerun()
