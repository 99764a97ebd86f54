"""Cases that wait for their letter: dispatched ones, by department, and accepted ones that go out with it."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import Any
from uuid import uuid4

import streamlit as st

import i18n
from casework.letters import letters
from db import clock
from db.cases import cases
from db.cases.cases import Case
from db.letters import letters as kept
from db.letters.letters import Letter, Waiting
from db.states import waiting_for
from pages.shared import plain
from pages.shared.asking import attempt, by
from pages.shared.choices import choose, choose_some, handling
from pages.shared.deadlines import counted_from, with_special
from pages.shared.here import actor, lang, now, store, t
from pages.shared.names import Names
from pages.shared.rows import empty


def waiting_cases(names: Names) -> None:
    """Dispatched cases without a letter: a card for each lead department."""
    found = store().read(lambda con: kept.waiting(con, actor().scope))
    if not found:
        empty(t("letter.waiting_none"), t("letter.waiting_none_hint"))
    for body, lines in groupby(found, key=lambda line: line.lead_body):
        with st.container(border=True, key=f"card-waiting-{body}"):
            _batch(body, list(lines), names)


def cases_to_dispatch() -> list[Case]:
    """Accepted and reopened cases, what is due first."""
    scope, today = actor().scope, clock.day_of(now())
    how = {"sort": "due", "size": letters.MOST_CASES}
    asked = [cases.CaseFilters(today, state=state) for state in waiting_for("letter")]
    return store().read(lambda con: [case for one in asked for case in cases.find(con, scope, one, **how).rows])


def dispatch_batch(waiting: Sequence[Case], names: Names) -> None:
    """Choose cases and one department: they are dispatched and their letter is made in the same moment."""
    if not waiting:
        empty(t("letter.dispatch_none"), t("letter.dispatch_none_hint"))
        return
    today = clock.day_of(now())
    with st.container(border=True, key="card-dispatch"):
        st.caption(t("letter.choose"))
        begun = counted_from([case.id for case in waiting])
        chosen = [case for case in waiting if _chosen(case, case.due_on or today, begun.get(case.id), "send")]
        offered = handling()
        if chosen:
            st.caption(_usual(chosen[0].category, names))
        lead = choose(t("letter.body"), offered, key="dispatch-lead", hint=t("desk.choose_body")) or ""
        copied = _copied(offered, lead, "dispatch-copied")
        note = st.text_input(t("letter.note"), key="dispatch-note")
        seen = {case.id: case.seq for case in chosen}
        asked = {"seen": seen, "lead": lead, "copied": copied, "note": note}
        _made("dispatch", t("letter.dispatch", n=len(chosen)), letters.dispatch_with_letter, asked)


def _usual(category: str, names: Names) -> str:
    """Who settled most cases like the first one that was chosen; '' where nobody did."""
    usual = store().read(lambda con: cases.usual_leads(con, actor().scope, category))
    bodies = t("desk.comma").join(t("desk.usual_one", body=names.who(body), n=n) for body, n in usual)
    return plain.told("desk.usual", category=names.category.get(category, ""), bodies=bodies) if usual else ""


def _batch(body: str, lines: Sequence[Waiting], names: Names) -> None:
    """Choose the cases, whom to copy, and make their letter. The id is made when the form is drawn."""
    st.header(plain.letters(names.who(body)))
    by_id = {line.id: line for line in lines}
    begun = {line.id: clock.day_of(line.accepted_at) for line in lines}
    due = {line.id: letters.letter_due(line.accepted_at).day for line in lines}
    chosen = [key for key, line in by_id.items() if _chosen(line, due[key], begun[key], "wait", ticked=True)]
    helpers = list(dict.fromkeys(helper for case_id in chosen for helper in by_id[case_id].co))
    copied = _copied(handling(), body, f"copied-{body}", helpers)
    note = st.text_input(t("letter.note"), key=f"note-{body}")
    asked = {"case_ids": chosen, "lead": body, "copied": copied, "note": note}
    _made(body, t("letter.issue"), letters.issue_letter, asked)


def _copied(bodies: dict[str, str], lead: str, key: str, at_first: Sequence[str] = ()) -> list[str]:
    others = {code: name for code, name in bodies.items() if code != lead}
    return choose_some(t("letter.copied"), others, at_first, key=key, hint=t("letter.copied_hint"))


def _made(form: str, label: str, make: Callable[..., Letter], asked: dict[str, Any]) -> None:
    """The button; the letter's id is made with the form, so that a double click makes one."""
    letter_id = st.session_state.setdefault(f"letter-id-{form}", str(uuid4()))
    if st.button(label, key=f"issue-{form}", type="primary", icon=":material/drafts:"):
        made = attempt(lambda: make(store(), letter_id=letter_id, **by(), **asked))
        if made:
            st.session_state.pop(f"letter-id-{form}")
            st.toast(t("letter.issued", number=made.content["number"]), icon=":material/check:")
            st.rerun()


def _chosen(line: Waiting | Case, due: date, since: date | None, key: str, *, ticked: bool = False) -> bool:
    """One case with its box; its words are drawn as text beside it."""
    late = due < clock.day_of(now())
    words = t("letter.late" if late else "letter.due_on", day=i18n.day(due, lang()))
    with st.container(horizontal=True, vertical_alignment="center", key=f"in-{key}-{line.id}"):
        box = st.checkbox(line.number, value=ticked, key=f"{key}-{line.id}", width=140)
        st.text(i18n.DOT.join((line.title, line.enterprise(lang()), with_special(words, since, due))), width="stretch")
    return box
