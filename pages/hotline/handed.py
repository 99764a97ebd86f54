"""What goes over to the hotline: what waits, the files of it, and the hotline's file back."""

import streamlit as st

import i18n
from casework.hotline.files import hand_file, waiting
from db import clock
from db.cases.cases import Case
from db.hotline import HANDED
from pages.hotline.files import files_made, make_button
from pages.hotline.orders import case_named
from pages.imports.findings import SHOWN, cut_short, lines
from pages.imports.ledger_panel import ledger_panel
from pages.shared.asking import by
from pages.shared.here import actor, lang, store, t
from pages.shared.markup import Markup
from pages.shared.rows import cell, empty


def handed() -> None:
    st.caption(t("hotline.to_lead"))
    found = waiting(store(), actor=actor())
    if found:
        st.header(t("hotline.waiting", n=len(found)), anchor=False)
        lines("order", [case_line(case) for case in found[:SHOWN]])
        cut_short(len(found))
        make_button(HANDED, len(found), lambda file_id: hand_file(store(), file_id=file_id, **by()))
    else:
        empty(t("hotline.waiting_none"), t("hotline.waiting_none_hint"))
    files_made(HANDED)
    st.header(t("hotline.back"), anchor=False)
    ledger_panel("12345-outcomes")


def case_line(case: Case) -> list[Markup]:
    return [
        case_named(case.id, case.title, case.number, case.enterprise(lang())),
        cell(t(f"case.state.{case.state}")),
        cell(i18n.moment(clock.local(case.since), lang())),
    ]
