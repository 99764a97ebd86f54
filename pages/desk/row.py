"""The cases as rows of the desk's list; on a phone as cards. Each whole row is a button."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

import streamlit as st

import i18n
from db import clock
from db.cases import cases, holders
from db.cases.cases import SOON, Case, CaseFilters
from db.cases.order import ListPlace
from db.scope import Scope
from db.sql import Connection
from db.states import BY_CODE, OVER
from i18n import folding
from pages.desk.columns import SHOWN, CaseLine, cells, wide
from pages.desk.hits import hidden_hits
from pages.desk.marking import marked
from pages.many.choosing import choosing, chosen, pick
from pages.shared import filters
from pages.shared.deadlines import special_of
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names, names, person
from pages.shared.paging import PAGE
from pages.shared.rows import quiet_line, under_buttons


def rows_written(
    con: Connection, scope: Scope, asked: CaseFilters, order: str, place: ListPlace, columns: Sequence[str], _: str
) -> Markup:
    """The page of the list in the reader's language, written once for all who look at the same."""
    found, today, called = cases.find(con, scope, asked, sort=order, place=place, size=PAGE).rows, asked.today, names()
    special = special_of({case.id: case.due_on for case in found if not case.late(today)})
    words = folding.words_of(asked.text or "")
    hidden = hidden_hits(con, found, words, called)
    hands = holders.names(con, scope, [case.id for case in found], asked.desk) if asked.desk else {}
    look = partial(_row, called=called, today=today, words=words, hands=hands, columns=columns)
    written = [look(case, special.get(case.id, ""), hidden[case.id]) for case in found]
    return under_buttons(_head(columns), written, "" if columns == SHOWN else f"--f2f-cols: {wide(columns)}")


def case_rows(found: Sequence[Case], written: Markup) -> None:
    """Draw them; a press puts the case into the address, which opens the drawer, or chooses it where one chooses."""
    show(written)
    if choosing():
        for case in found:
            how = "in" if case.id in chosen() else "out"
            label = t(f"desk.many.{how}", number=case.number)
            st.button(label, key=f"open-{how}-{case.number}", on_click=pick, args=(case,), width="stretch",
                      type="tertiary")  # fmt: skip
        return
    for case in found:
        st.button(t("desk.open", number=case.number), key=f"open-{case.number}", on_click=filters.put,
                  args=("case", case.id), width="stretch", type="tertiary")  # fmt: skip


def nothing_found(*, filtered: bool) -> None:
    """What to do about an empty list: a filter to loosen, or nothing to do at all."""
    key = "desk.empty_filtered" if filtered else "desk.empty"
    show(Markup('<div class="f2f-desk-empty"><b>{}</b><span>{}</span></div>').format(t(key), t(f"{key}_hint")))


def state_word(state: str) -> Markup:
    """The state as a word with a dot: our own markup."""
    return Markup('<span class="f2f-state f2f-tone-{}">{}</span>').format(BY_CODE[state].tone, t(f"case.state.{state}"))


def due_word(case: Case, today: date) -> Markup:
    """What is next, by when; late ones in red, near ones in amber. Our own markup."""
    if case.due_on is None:
        return Markup('<span class="f2f-quiet">—</span>')
    if case.late(today):
        return Markup('<span class="f2f-late">{}</span>').format(t("desk.late", n=(today - case.due_on).days))
    near = "f2f-soon" if case.due_on <= today + SOON else ""
    words = t("desk.due_today") if case.due_on == today else i18n.day(case.due_on, lang())
    return Markup('<span class="{}">{}</span>').format(near, words)


def quiet_days(special: str) -> Markup:
    """Below a deadline, the days that it counts; nothing where there are none. Our own markup."""
    return Markup('<div class="f2f-quiet f2f-special">{}</div>').format(special) if special else Markup()


def age_word(case: Case, today: date) -> str:
    if case.state in OVER:
        return ""
    return t("desk.days", n=(today - clock.day_of(case.submitted_at)).days)


def _head(columns: Sequence[str]) -> Markup:
    head = Markup('<span class="f2f-c-{}">{}</span>')
    heads = Markup().join(head.format(name, t(f"desk.head.{name}")) for name in ("case", *columns))
    return Markup('<div class="f2f-case f2f-case-head" aria-hidden="true">{}</div>').format(heads)


def _row(
    case: Case, special: str, hidden: Markup, *, called: Names, today: date, words: Sequence[str],
    hands: Mapping[str, tuple[str, str]], columns: Sequence[str],
) -> Markup:  # fmt: skip
    """Each of the `words` that were looked for is marked where it stands; `hidden` shows those that stand elsewhere.
    `hands` say in whose hand a case is."""
    sector, town = called.sector.get(case.sector_code), called.town.get(case.town_code)
    places = (marked(case.number, words), marked(case.enterprise(lang()), words), sector, marked(town, words))
    below = Markup().join(map(Markup("<span>{}</span>").format, filter(None, places)))
    who = hands.get(case.id, ("", ""))[1]
    hand = quiet_line(t("desk.in_hand", name=person(who))) if who and "holder" not in columns else Markup()
    own = {
        "state": state_word(case.state),
        "lead": marked(called.who(case.lead_body), words) + hand,
        "age": age_word(case, today),
        "due": due_word(case, today) + quiet_days(special),
    }
    beside = cells(columns, own, CaseLine(case, called, today, who))
    return Markup('<div class="f2f-case"><div class="f2f-c-case"><b>{}</b><div>{}</div>{}</div>{}</div>').format(
        marked(case.title, words), below, hidden, beside
    )
