"""What this person may do to a case: the lifecycle's table draws the buttons, the same table refuses the write.

The words of a person stay in their box, whichever action they choose, until they are kept by the store.
"""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from access.actor import Actor
from casework.cases.act import CaseMovedOn, Given
from casework.cases.lifecycle import VISITED, allowed_actions
from casework.cases.supervision import not_mine_to_visit
from casework.letters.letters import dispatch_with_letter
from casework.notices.notices import reaches_enterprise
from casework.similar.asking import Before, keep_choice
from db import clock
from db.cases import cases
from db.cases.cases import Case, CaseEvent
from db.refused import Refused
from intake.issue.acting import act_with_files
from pages.desk.boxes import left
from pages.desk.event_words import what_happened
from pages.desk.inputs import asked, words_boxes
from pages.desk.memory import done_is, remembered, sent
from pages.desk.objecting import in_time
from pages.shared.here import now, store, t
from pages.shared.names import Names
from pages.shared.refused import tell


def case_actions(who: Actor, case: Case, happened: Sequence[CaseEvent], names: Names, before: Before | None) -> None:
    """Draw the actions, and tell what changed since this person opened the case."""
    seen = remembered(case)
    if seen["unreached"]:
        st.info(t("desk.tell_them", number=case.number), icon=":material/call:")
    handled = who.may("triage_case") and bool(not_mine_to_visit(store(), actor=who, case_ids=[case.id]))
    offered = in_time(who, allowed_actions(case, who, handled=handled), happened, clock.day_of(now()))
    _tell_what_changed(case, seen["opened"], happened, names, "moved_on" if offered else "moved_on_over")
    if not offered:
        st.caption(t("desk.read_only"))
        for key, taken in words_boxes(case, seen):
            left(case, t("desk.words_left"), key, taken)
        return
    if case.asked_by == who.id:
        st.caption(t("promise.not_your_own"))
    if handled and case.state in VISITED:
        st.caption(t("today.not_by_you"))
    with st.container(key="desk-actions"):
        action = _chosen(case, offered)
        given = asked(who, case, action, names, before, seen)
        refusals = st.container()  # above the button, where the eye is
        if st.button(t(f"desk.do.{action}"), type="primary", key=f"submit-{case.id}-{action}"):
            with refusals:
                _take(who, case, action, seen, given, before)
    seen["drawn"] = case.seq


def _chosen(case: Case, offered: Sequence[str]) -> str:
    """What was chosen stays chosen while the case allows it."""
    words, key = {action: t(f"case.action.{action}") for action in offered}, f"do-{case.id}"
    before = st.session_state.get(key)
    st.session_state[key] = before if before in offered else offered[0]
    return st.pills(t("desk.what_to_do"), offered, format_func=lambda a: words[a], key=key, required=True) or offered[0]


def _done(who: Actor, case: Case, action: str, seen: int, form: str, given: dict[str, Any]) -> Case:
    """A dispatch makes its letter in the same moment, unless it was told not to."""
    uploads = given.pop("uploads", ())
    if not given.pop("with_letter", False):
        return act_with_files(store(), actor=who, case_id=case.id, action=action, seen=seen, at=now(), form_id=form,
                              given=Given(**given), uploads=uploads)  # fmt: skip
    asked = {"copied": given["co"], "remark": given["note"], "leader_id": given["leader_id"]}
    letter = {"letter_id": form, "seen": {case.id: seen}, "lead": given["lead"] or ""}
    dispatch_with_letter(store(), actor=who, at=now(), **letter, **asked)
    return store().read(lambda con: cases.get(con, who.scope, case.id)) or case


def _tell_what_changed(case: Case, known: int, happened: Sequence[CaseEvent], names: Names, said: str) -> None:
    news = [event for event in happened if event.seq > known]
    if case.seq > known and news:
        st.warning(t(f"desk.{said}"), icon=":material/sync_problem:")
        for event in news:
            at = clock.local(event.happened_at)
            st.text(t("desk.moved_on_line", at=f"{at:%H:%M}", act=what_happened(event, names)))


def _take(
    who: Actor, case: Case, action: str, seen: dict[str, Any], given: dict[str, Any], before: Before | None
) -> None:
    try:
        kept = _done(who, case, action, seen["drawn"], seen["form"], given)
    except CaseMovedOn:
        st.rerun()  # drawn anew, it says what changed; the words stay in their box
    except Refused as refusal:
        tell(refusal)
        return
    if action == "dispatch" and before and before.lead:
        choice = {"version": before.about.version, "likely": before.lead[0], "chosen": kept.lead_body or ""}
        keep_choice(store(), actor=who, case_id=case.id, what="lead", at=now(), **choice)
    unreached = action == "proxy" and not reaches_enterprise(store(), actor=who, case=kept)
    sent(kept, unreached=unreached)
    done_is(t(f"desk.done.{action}", number=case.number))
    st.rerun()
