"""Choosing rows of the desk: a press chooses instead of opening, and the version that was seen is kept."""

import streamlit as st

from casework.many import MOST
from db.cases import cases
from db.cases.cases import Case, CaseFilters, Page
from pages.shared import filters
from pages.shared.here import actor, store, t

_CHOSEN = "desk-chosen"
MOST_NAMED = 300  # numbers in an address


def choosing() -> bool:
    return _CHOSEN in st.session_state


def chosen() -> dict[str, tuple[int, str]]:
    """Case → its version when it was chosen, and its number."""
    return st.session_state.get(_CHOSEN, {})


def begin() -> None:
    st.session_state[_CHOSEN] = {}


def end() -> None:
    st.session_state.pop(_CHOSEN, None)


def pick(case: Case) -> None:
    """A press on a row: in, or out again."""
    if chosen().pop(case.id, None) is None:
        chosen()[case.id] = case.seq, case.number


def choosing_bar(found: Page, asked: CaseFilters) -> None:
    """How many are chosen; this page, all that match, none."""
    here = {case.id: (case.seq, case.number) for case in found.rows}
    st.text(t("desk.many.chosen", n=len(chosen())), width="content")
    if not here.keys() <= chosen().keys():
        st.button(t("desk.many.page", n=len(here)), key="many-page", on_click=chosen().update, args=(here,))
    if len(here) < found.total <= MOST and len(chosen()) < found.total:
        label = t("desk.many.all", n=found.total)
        st.button(label, key="many-all", on_click=_all, args=(asked,))
    elif found.total > MOST:
        st.caption(t("desk.many.most", n=MOST), width="content")
    st.button(t("desk.many.end"), key="many-end", type="tertiary", icon=":material/close:", on_click=end)


def numbers_chosen(total: int) -> dict[str, str] | None:
    """What an address says of the chosen ones: their numbers, or the filter where they are all that match; None where
    there are too many for an address."""
    if len(chosen()) <= MOST_NAMED:
        return {"numbers": ",".join(sorted(number for _, number in chosen().values()))}
    return filters.chosen() if len(chosen()) == total else None


def _all(asked: CaseFilters) -> None:
    scope = actor().scope
    chosen().update(store().read(lambda con: cases.versions(con, scope, asked, most=MOST)))
