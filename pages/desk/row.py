"""A case as a row of the desk's list; on a phone as a card. The whole row is the button."""

from datetime import date
from html import escape

import streamlit as st

import i18n
from db import clock
from db.cases.cases import SOON, Case
from db.states import BY_CODE, OVER
from pages.shared.here import lang, t
from pages.shared.markup import markup
from pages.shared.names import Names

_HEADS = ("case", "state", "lead", "age", "due")


def list_head() -> None:
    heads = "".join(f'<span class="f2f-c-{name}">{escape(t(f"desk.head.{name}"))}</span>' for name in _HEADS)
    st.html(f'<div class="f2f-case f2f-case-head" aria-hidden="true">{heads}</div>')


def case_row(case: Case, names: Names, today: date, special: str) -> None:
    """Draw it; a press puts the case into the address, which opens the drawer. `special`: the days that what is due
    counts."""
    with st.container(key=f"case-row-{case.number}", gap=None):
        markup(_row(case, names, today, special))
        st.button(
            t("desk.open", number=case.number),
            key=f"open-{case.number}",
            on_click=open_case,
            args=(case.id,),
            width="stretch",
            type="tertiary",
        )


def open_case(case_id: str) -> None:
    st.query_params["case"] = case_id


def nothing_found(*, filtered: bool) -> None:
    """What to do about an empty list: a filter to loosen, or nothing to do at all."""
    key = "desk.empty_filtered" if filtered else "desk.empty"
    st.html(f'<div class="f2f-desk-empty"><b>{escape(t(key))}</b><span>{escape(t(f"{key}_hint"))}</span></div>')


def state_word(state: str) -> str:
    """The state as a word with a dot: our own markup."""
    return f'<span class="f2f-state f2f-tone-{BY_CODE[state].tone}">{escape(t(f"case.state.{state}"))}</span>'


def due_word(case: Case, today: date) -> str:
    """What is next, by when; late ones in red, near ones in amber. Our own markup."""
    if case.due_on is None:
        return '<span class="f2f-quiet">—</span>'
    if case.late(today):
        return f'<span class="f2f-late">{escape(t("desk.late", n=(today - case.due_on).days))}</span>'
    near = "f2f-soon" if case.due_on <= today + SOON else ""
    words = t("desk.due_today") if case.due_on == today else i18n.day(case.due_on, lang())
    return f'<span class="{near}">{escape(words)}</span>'


def quiet_days(special: str) -> str:
    """Below a deadline, the days that it counts; nothing where there are none. Our own markup."""
    return f'<div class="f2f-quiet f2f-special">{escape(special)}</div>' if special else ""


def age_word(case: Case, today: date) -> str:
    if case.state in OVER:
        return ""
    return t("desk.days", n=(today - clock.day_of(case.submitted_at)).days)


def _row(case: Case, names: Names, today: date, special: str) -> str:
    places = (case.number, case.enterprise(lang()), names.sector.get(case.sector_code), names.town.get(case.town_code))
    below = "".join(f"<span>{escape(place)}</span>" for place in places if place)
    lead = names.who(case.lead_body)
    return (
        f'<div class="f2f-case"><div class="f2f-c-case"><b>{escape(case.title)}</b><div>{below}</div></div>'
        f'<span class="f2f-c-state">{state_word(case.state)}</span><span class="f2f-c-lead">{escape(lead)}</span>'
        f'<span class="f2f-c-age">{escape(age_word(case, today))}</span>'
        f'<span class="f2f-c-due">{due_word(case, today)}{quiet_days(special)}</span></div>'
    )
