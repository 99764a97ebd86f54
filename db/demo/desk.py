"""Cases around today, so that every list of the desk has something on it: due, late, silent, sent back, promised."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from db.demo import workdays
from db.demo.common import stream
from db.demo.enterprises import CARED_FOR
from db.demo.plans import Plan, of_category
from db.people.enterprises import Enterprise

SINCE = date(2024, 2, 1)  # before it, these would be among the published cases
DAYS = 28  # they stand for those that came between the forums in so many days

# (enterprise's place in the register or None, category, state, working days since the state's clock began).
# A promise's number is the working days from today to its date.
OWN = (
    (0, "utilities", "awaiting", 3), (0, "labour", "silent", 9), (0, "policy", "in_progress", 4),
    (0, "land", "committed", 8), (0, "innovation", "submitted", 1), (0, "environment", "reopened", 2),
    (0, "tax", "returned", 2), (0, "finance", "closed", 12),
)  # fmt: skip
CARED = (
    (1, "policy", "awaiting", 2), (2, "utilities", "committed", 3), (3, "labour", "dispatched", 3),
    (4, "finance", "in_progress", 10), (5, "approvals", "silent", 8), (6, "market", "accepted", 1),
    (7, "innovation", "committed", -2), (1, "transport", "closed", 6),
)  # fmt: skip
OTHERS = (
    (None, "finance", "submitted", 1), (None, "foreign", "submitted", 1), (None, "environment", "accepted", 3),
    (None, "approvals", "accepted", 5), (None, "utilities", "dispatched", 7), (None, "policy", "dispatched", 7),
    (None, "safety", "dispatched", 9), (None, "innovation", "in_progress", 11), (None, "land", "in_progress", 14),
    (None, "labour", "in_progress", 5), (None, "utilities", "committed", 0), (None, "approvals", "committed", 0),
    (None, "living", "committed", -4), (None, "environment", "committed", -9), (None, "transport", "committed", 15),
    (None, "market", "awaiting", 1), (None, "foreign", "awaiting", 4), (None, "policy", "silent", 10),
    (None, "land", "silent", 13), (None, "labour", "silent", 21), (None, "law", "reopened", 3),
    (None, "policy", "reopened", 4), (None, "foreign", "returned", 4), (None, "other", "transferred", 2),
)  # fmt: skip
OF_HOTLINE = (16, 20, 25, 31)  # of all these, those that came by an order of 12345


def instead(today: date, usual: Sequence[Plan], register: Sequence[Enterprise]) -> list[Plan]:
    """These in the place of the last weeks' usual cases; the usual ones alone before `SINCE`."""
    if today < SINCE:
        return list(usual)
    since = today - timedelta(days=DAYS)
    kept = [plan for plan in usual if plan.forum or plan.submitted < since]
    return [*kept, *(_plan(number, row, today, register) for number, row in enumerate((*OWN, *CARED, *OTHERS)))]


def _plan(number: int, row: tuple[int | None, str, str, int], today: date, register: Sequence[Enterprise]) -> Plan:
    place, category, state, days = row
    rng = stream(f"desk:{number}")
    foreign = [e for e in register[CARED_FOR:] if e.foreign_funded]
    chosen = (
        register[place] if place is not None else rng.choice(foreign if category == "foreign" else register[CARED_FOR:])
    )
    leads = of_category(category)["leads"]
    blank = Plan(
        key=f"desk:{number}",
        enterprise=chosen,
        category=category,
        channel="self" if place == 0 else rng.choice(("point", "point", "line", "self")),
        submitted=today,
        route="solved",
        lead="economy_it" if "economy_it" in leads else None,
        led_by_demo_leader=number % 3 == 0,
        rating="very_satisfied",
    )
    blank = replace(blank, channel="hotline") if number in OF_HOTLINE else blank
    return _STATES[state](blank, workdays.on_or_before(today), days)


def _sent(plan: Plan, dispatched: date) -> Plan:
    day = workdays.plus(dispatched, -1)
    return replace(plan, submitted=workdays.plus(day, -1), accepted=day, dispatched=dispatched)


def _submitted(plan: Plan, today: date, days: int) -> Plan:
    return replace(plan, submitted=workdays.plus(today, -days))


def _returned(plan: Plan, today: date, days: int) -> Plan:
    return replace(plan, submitted=workdays.plus(today, -days - 1), returned=workdays.plus(today, -days))


def _transferred(plan: Plan, today: date, days: int) -> Plan:
    return replace(plan, submitted=workdays.plus(today, -days - 1), transferred=workdays.plus(today, -days))


def _accepted(plan: Plan, today: date, days: int) -> Plan:
    return replace(plan, submitted=workdays.plus(today, -days - 1), accepted=workdays.plus(today, -days))


def _dispatched(plan: Plan, today: date, days: int) -> Plan:
    return _sent(plan, workdays.plus(today, -days))


def _in_progress(plan: Plan, today: date, days: int) -> Plan:
    sent = _dispatched(plan, today, days)
    return replace(sent, started=workdays.plus(today, 1 - days))


def _committed(plan: Plan, today: date, days: int) -> Plan:
    begun = _in_progress(plan, today, 9 + max(0, -days))
    answered = workdays.plus(today, -4 - max(0, -days))
    return replace(
        begun, route="committed", answered=answered, promised_on=workdays.plus(today, days) if days else today
    )


def _awaiting(plan: Plan, today: date, days: int) -> Plan:
    return replace(_in_progress(plan, today, days + 5), settled=workdays.plus(today, -days))


def _reopened(plan: Plan, today: date, days: int) -> Plan:
    begun = _in_progress(plan, today, days + 8)
    way = "rating" if days % 2 == 0 else "reject"
    answered, opposed = workdays.plus(today, -days - 3), workdays.plus(today, -days)
    return replace(begun, route="again", answered=answered, opposed=opposed, opposed_by=way)


def _closed(plan: Plan, today: date, days: int) -> Plan:
    return replace(_awaiting(plan, today, days + 2), closed=workdays.plus(today, -days))


_STATES = {
    "submitted": _submitted,
    "returned": _returned,
    "transferred": _transferred,
    "accepted": _accepted,
    "dispatched": _dispatched,
    "in_progress": _in_progress,
    "committed": _committed,
    "awaiting": _awaiting,
    "silent": _awaiting,
    "reopened": _reopened,
    "closed": _closed,
}
