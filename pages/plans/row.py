"""Plans as rows of a list, and the small pieces that plans, green channels and meetings share."""

from datetime import date

import i18n
from db import clock
from db.plans.plans import Plan, PlanLine
from pages.shared.here import lang, t
from pages.shared.markup import Markup
from pages.shared.names import Names
from pages.shared.rows import pressed_row
from pages.shared.style import style

DOTS = {
    "active": "f2f-dot f2f-next",
    "finished": "f2f-dot f2f-on",
    "withdrawn": "f2f-dot",
    "open": "f2f-dot f2f-next",
    "done": "f2f-dot f2f-on",
    "dropped": "f2f-dot",
    "asked": "f2f-dot f2f-waits",
    "granted": "f2f-dot f2f-on",
    "refused": "f2f-dot f2f-bad",
}


def plan_style() -> None:
    """Once on the page."""
    style("shared/rows", "plans/plans")


def reasons(plan: Plan) -> str:
    return t("desk.comma").join(t(f"plan.reason.{code}") for code in plan.why)


def state_of(state: str, group: str) -> Markup:
    """The state as a word with a dot: our own markup."""
    return Markup('<span class="{}">{}</span>').format(DOTS[state], t(f"{group}.{state}"))


def due_words(due: date, today: date) -> Markup:
    """By when; late in red, near in amber. Our own markup."""
    days = (due - today).days
    if days < 0:
        return Markup('<span class="f2f-late">{}</span>').format(t("desk.late", n=-days))
    words = t("desk.due_today") if days == 0 else t("plan.by_day", day=i18n.day(due, lang()))
    return Markup('<span class="{}">{}</span>').format("f2f-soon" if days <= 3 else "", words)


def plan_row(line: PlanLine, called: Names, today: date) -> None:
    id_, label = line.plan.id, t("plan.open_number", number=line.number)
    pressed_row(_row(line, called, today), f"press-row-{id_}", f"press-{id_}", label, "plan", id_)


def _row(line: PlanLine, called: Names, today: date) -> Markup:
    plan, places = line.plan, (line.number, line.enterprise(lang()), called.who(line.plan.lead_body))
    below = Markup().join(map(Markup("<span>{}</span>").format, filter(None, places)))
    share, gone = 100 * line.done / line.steps if line.steps else 0, t("plan.progress", done=line.done, n=line.steps)
    state = Markup('{}<div class="f2f-quiet">{}</div>').format(state_of(plan.state, "plan.state"), _days(plan, today))
    return Markup(
        '<div class="f2f-plan"><div><b>{}</b><div class="f2f-places">{}</div><div class="f2f-quiet">{}</div></div>'
        '<div><div class="f2f-progress"><i style="width:{:.0f}%"></i></div><div class="f2f-quiet">{}</div></div>'
        "<div>{}</div><div>{}</div></div>"
    ).format(line.title, below, reasons(plan), share, gone, _next(line, called, today), state)


def _next(line: PlanLine, called: Names, today: date) -> Markup:
    if line.plan.state != "active":
        return Markup('<span class="f2f-quiet">{}</span>').format(line.plan.outcome or "")
    if line.next_due is None:
        return Markup('<span class="f2f-soon">{}</span>').format(t("plan.no_next"))
    return Markup('{}<div class="f2f-quiet">{}　{}</div>').format(
        line.next_title or "", called.who(line.next_body), due_words(line.next_due, today)
    )


def _days(plan: Plan, today: date) -> str:
    ended = clock.day_of(plan.ended_at) if plan.ended_at else today
    n = (ended - clock.day_of(plan.opened_at)).days
    return t("plan.days_open" if plan.state == "active" else "plan.days_taken", n=n)
