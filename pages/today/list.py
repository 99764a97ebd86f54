"""The day's list: one section a kind of duty, rows like the desk's."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

import i18n
from casework.cases.counting import special_days
from casework.cases.lifecycle import FOLLOW_UPS
from casework.cases.supervision import SILENT_FOR, Duty, cautions, not_mine_to_visit, own_clock
from db.cases.cases import Case
from pages.desk.follow_up import ask_for
from pages.desk.row import quiet_days, state_word
from pages.shared.deadlines import special_of
from pages.shared.here import actor, lang, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names
from pages.shared.rows import quiet_line
from pages.today.rows import case_cell, opening, section_head

_ANOTHER = {"return_visit": "today.not_by_you", "extension": "promise.not_your_own"}  # why it is not for this person
_OFFICES = ("no_reminder",)  # warnings of what the office has to do
_FIRST_SILENT = SILENT_FOR.days + 1  # days after the answer when the list first names it


def section(kind: str, found: Sequence[Duty], total: int, cases: Mapping[str, Case], names: Names, today: date) -> None:
    """The rows of one kind, those due for longest first; nothing where there are none."""
    if not found:
        return
    section_head(kind, t(f"today.kind.{kind}"), t(f"today.rule.{kind}"), total, len(found))
    ids = [duty.standing.id for duty in found]
    theirs = _not_mine(kind, found, ids)
    special = _special(found, today)
    with st.container(key=f"work-list-{kind}", gap=None):
        for duty in found:
            if duty.standing.id in cases:
                days = special.get(duty.standing.id, "")
                _row(duty, cases[duty.standing.id], names, today, days, mine=duty.standing.id not in theirs)


def _special(found: Sequence[Duty], today: date) -> Mapping[str, str]:
    """Case → the days that its deadline counts, for those whose day is shown: what is late shows none."""
    shown = [duty for duty in found if not duty.late(today)]
    own = {duty.standing.id: special_days(since, duty.due_on, lang()) for duty in shown if (since := own_clock(duty))}
    return own or special_of({d.standing.id: d.due_on for d in shown if d.due_on == d.standing.due_on})


def _not_mine(kind: str, found: Sequence[Duty], ids: Sequence[str]) -> set[str]:
    """The cases whose duty is for another hand than this person's."""
    if kind == "extension":
        return {duty.standing.id for duty in found if duty.standing.asked_by == actor().id}
    return not_mine_to_visit(store(), actor=actor(), case_ids=ids) if kind == "return_visit" else set()


def _row(duty: Duty, case: Case, names: Names, today: date, special: str, *, mine: bool) -> None:
    with st.container(
        key=f"case-row-{duty.kind}-{case.number}", horizontal=True, vertical_alignment="center", gap=None
    ):
        show(_markup(duty, case, names, today, special, mine=mine))
        opening(duty.kind, case)
        if duty.kind in FOLLOW_UPS and mine:
            label, key = t(f"today.do.{duty.kind}"), f"record-{duty.kind}-{case.number}"
            st.button(label, key=key, icon=":material/edit_note:", on_click=ask_for, args=(duty.kind, case))


def _markup(duty: Duty, case: Case, names: Names, today: date, special: str, *, mine: bool) -> Markup:
    mark = Markup('<span class="f2f-caution f2f-{}">{}</span>')
    why = [mark.format(one.colour, t(f"today.caution.{one.reason}")) for one in cautions(duty.standing, today)
           if one.reason not in _OFFICES or actor().may("triage_case")]  # fmt: skip
    why += [] if mine else [Markup('<span class="f2f-quiet">{}</span>').format(t(_ANOTHER[duty.kind]))]
    below = Markup('<div class="f2f-cautions">{}</div>').format(Markup().join(why)) if why else ""
    due = _due(duty, today) + quiet_days(special)
    return Markup(
        '<div class="f2f-case f2f-work">{}<span class="f2f-c-state">{}</span><span class="f2f-c-lead">{}</span>'
        '<span class="f2f-c-due">{}</span></div>'
    ).format(case_cell(case, names, below), state_word(case.state), _by_whom(duty, case, names), due)


def _by_whom(duty: Duty, case: Case, names: Names) -> str:
    body = names.who(case.lead_body)
    if duty.party == "lead":
        return body or t("today.party.office")
    if duty.party in ("step", "decision"):
        return names.who(getattr(duty.standing, f"{duty.party}_body"))
    if duty.kind in ("reminder_call", "monthly_check"):
        return t("today.office_asks", body=body)
    return t(f"today.party.{duty.party}")


def _due(duty: Duty, today: date) -> Markup:
    days = (duty.due_on - today).days
    if duty.kind == "awaiting" and duty.standing.settled_at:
        return Markup('<span class="f2f-soon">{}</span>').format(t("today.waiting", n=_FIRST_SILENT - days))
    words = t("desk.late", n=-days) if days < 0 else i18n.day(duty.due_on, lang()) if days else t("desk.due_today")
    said = Markup('<span class="{}">{}</span>').format("f2f-late" if days < 0 else "f2f-soon", words)
    moved = t("today.extended", day=i18n.day(duty.extended_on, lang())) if duty.extended_on else ""
    return said + quiet_line(moved)
