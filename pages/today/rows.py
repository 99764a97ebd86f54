"""What the sections of the day's list share: a head, a case's cell, and the button that a whole row is."""

import streamlit as st

import i18n
from db.cases.cases import Case
from pages.shared.filters import put
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names


def section_head(kind: str, title: str, rule: str, total: int, shown: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"work-head-{kind}"):
        head = Markup('<h2 class="f2f-work-title">{} <span>{}</span></h2><p class="f2f-quiet">{}</p>')
        show(head.format(title, i18n.number(total, lang()), rule))
        if total > shown and not st.query_params.get("what"):
            st.button(t("today.all", n=total), key=f"all-{kind}", type="tertiary", on_click=put, args=("what", kind))


def case_cell(case: Case, names: Names, below: Markup | str = "") -> Markup:
    """Title and place of a case, with our own markup `below`."""
    sector, town = names.sector.get(case.sector_code), names.town.get(case.town_code)
    places = filter(None, (case.number, case.enterprise(lang()), sector, town))
    return Markup('<div class="f2f-c-case"><b>{}</b><div>{}</div>{}</div>').format(
        case.title, Markup().join(map(Markup("<span>{}</span>").format, places)), below
    )


def opening(kind: str, case: Case) -> None:
    """The whole row is the button that opens the drawer."""
    label = t("desk.open", number=case.number)
    st.button(label, key=f"open-{kind}-{case.number}", on_click=put, args=("case", case.id), type="tertiary")
