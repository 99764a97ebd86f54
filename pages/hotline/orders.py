"""The hotline's orders that are under way here, each with its number and the day that the hotline wants it by."""

import streamlit as st

import i18n
from casework.hotline.orders import open_orders
from db import clock
from db.cases.cases import Case
from db.hotline import Order
from db.states import SETTLED
from pages.imports.findings import SHOWN, cut_short, lines
from pages.shared.here import actor, lang, now, store, t
from pages.shared.markup import Markup
from pages.shared.rows import cell


def orders_here() -> None:
    found = open_orders(store(), actor=actor())
    if found:
        st.header(t("hotline.open", n=len(found)), anchor=False)
        lines("order", [_line(case, order) for case, order in found[:SHOWN]])
        cut_short(len(found))


def case_named(case_id: str, title: str, *quiet: str) -> Markup:
    """A case that opens on the desk."""
    link = Markup('<div><a href="/desk?case={}" target="_self"><b>{}</b></a><div class="f2f-quiet">{}</div></div>')
    return link.format(case_id, title, i18n.DOT.join(quiet))


def _line(case: Case, order: Order) -> list[Markup]:
    late = order.due_on is not None and order.due_on < clock.day_of(now()) and case.state not in SETTLED
    due = i18n.day(order.due_on, lang()) if order.due_on else ""
    return [
        case_named(case.id, case.title, t("hotline.order", number=order.number), case.number, case.enterprise(lang())),
        cell(t(f"case.state.{case.state}")),
        cell(t("hotline.wanted", day=due) if due else "", style="f2f-hotline-late" if late else ""),
    ]
