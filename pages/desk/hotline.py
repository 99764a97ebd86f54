"""What the hotline's order said that a case came by, beside what the case says."""

from collections.abc import Sequence
from datetime import date, datetime

import i18n
from casework.cases import calling
from casework.cases.calling import ToCall
from db.cases.cases import Case, CaseEvent
from db.hotline import Order
from pages.desk.contact import call, said
from pages.shared.asking import by
from pages.shared.here import actor, lang, store, t
from pages.shared.markup import show
from pages.shared.rows import listed


def order_facts(case: Case, happened: Sequence[CaseEvent]) -> None:
    """Nothing where it came another way. Whom to call is for those who may call, the number masked."""
    order = next(filter(None, (Order.of(event.detail) for event in happened[:1])), None)
    if order is None:
        return
    may_call = calling.may_call(actor())
    caller = calling.whom_to_call(store(), case_id=case.id, caller=True, **by()) if may_call else ToCall()
    pairs = {
        "number": order.number,
        "called": _when(order.called),
        "caller": said(caller),
        "said_class": order.said_class,
        "body": order.body,
        "due": i18n.day(order.due_on, lang()) if order.due_on else "",
    }
    show(listed("f2f-desk-facts", ((t(f"hotline.fact.{name}"), value) for name, value in pairs.items())))
    call(case, caller, caller=True)


def _when(called: date | datetime | None) -> str:
    """Of some calls the day alone is known."""
    if isinstance(called, datetime):
        return i18n.moment(called, lang())
    return i18n.day(called, lang()) if called else ""
