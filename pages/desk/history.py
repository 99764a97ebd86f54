"""What happened to a case, in plain words, the latest first: by which body, never by which person.

In whose hand a case is, its own desk reads by name.
"""

from collections.abc import Sequence
from datetime import date

import i18n
from access.actor import Actor
from casework.cases.lifecycle import DATED, UNTIL, is_inside
from db import clock
from db.calendar.workdays import working_days
from db.cases import cases, milestones
from db.cases.cases import CaseEvent
from db.people import accounts
from db.states import SETTLED
from pages.shared.corrections import what_changed
from pages.shared.deadlines import with_special
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup, file_links, show
from pages.shared.names import Names

_WORDS = ("reason", "text", "translated", "note")


def history_part(happened: Sequence[CaseEvent], names: Names) -> None:
    show(Markup('<h3 class="f2f-drawer-part">{}</h3>').format(t("desk.history")))
    lines = Markup().join(history_line(event, names) for event in reversed(happened))
    show(Markup('<ol class="f2f-history">{}</ol>').format(lines))


def told_of(who: Actor, case_id: str) -> tuple[list[CaseEvent], list[CaseEvent]]:
    """What its reader is shown: of the case itself, and the same with what happened beside it. What another desk did
    inside itself, as in whose hand it has a case, is not."""
    happened = [
        event
        for event in store().read(lambda con: cases.history(con, who.scope, case_id))
        if not is_inside(event.detail.get("undoes", event.kind)) or event.detail.get("desk") == who.desk
    ]
    plans_too = who.may("see_case_plan")
    beside = store().read(lambda con: milestones.of_case(con, who.scope, case_id)) if plans_too else []
    return happened, milestones.among(happened, beside)


def what_happened(event: CaseEvent, names: Names) -> str:
    """One sentence: who did what."""
    detail = event.detail
    facts = {
        "who": _who(event, names),
        "was": names.who(detail.get("was")),
        "lead": names.who(detail.get("lead") or detail.get("better")),
        "n": len(detail.get("readers", ())),
        "day": _day(detail.get("promised_on")),
        "answer_by": _day(detail.get("answer_by")),
        "working": _working(event),
        "until": _day(next(filter(None, map(detail.get, UNTIL)), None)),
        "rating": t(f"case.rating.{detail['rating']}") if detail.get("rating") else "",
        "what": t(f"case.action.{detail['undoes']}") if detail.get("undoes") else "",
        "holder": _name(detail.get("holder")),
    }
    said = t(f"case.event.{_kind(event)}", **facts)
    helpers = [names.who(code) for code in detail.get("co", ())]
    said += f"{i18n.DOT}{outcome}" if (outcome := _outcome(event, names)) else ""
    said += f"{i18n.DOT}{changed}" if (changed := what_changed(event, names)) else ""
    return said + (t("case.event.with_help", bodies=t("desk.comma").join(helpers)) if helpers else "")


def _outcome(event: CaseEvent, names: Names) -> str:
    """How a call, a check or a visit turned out, and with which body."""
    result = event.detail.get("result")
    if not result:
        return ""
    spoken_to = names.who(event.detail.get("spoken_to"))
    words = t(f"today.outcome.{event.kind}.{result}")
    return t("case.event.spoken_to", body=spoken_to, result=words) if spoken_to else words


def _name(account_id: str | None) -> str:
    """Of somebody at the reader's own desk."""
    return store().read(lambda con: accounts.name_of(con, account_id)) if account_id else ""


def _kind(event: CaseEvent) -> str:
    if event.kind == "reorganise" and event.detail.get("town_code"):
        return "reorganise_town"
    if event.kind == "assign":
        return "assign" if event.detail.get("holder") else "assign_nobody"
    if event.kind == "answer":
        return f"answer_{event.detail.get('answer_kind', 'explained')}"
    return "close_reopened" if event.kind == "close" and event.state not in SETTLED else event.kind


def _who(event: CaseEvent, names: Names) -> str:
    if event.body_code:
        return names.who(event.body_code)
    return t(f"role.{event.actor_role}") if event.actor_role else t("case.event.system")


def _day(value: object) -> str:
    return i18n.day(date.fromisoformat(str(value)), lang()) if value else ""


def history_line(event: CaseEvent, names: Names) -> Markup:
    """What happened and when, its words, its files, and what became due by it."""
    words = Markup().join(
        Markup("<blockquote>{}</blockquote>").format(str(event.detail[w])) for w in _WORDS if event.detail.get(w)
    )
    words += file_links(event.detail.get("files", ()))
    due = _due(event)
    when = i18n.moment(clock.local(event.happened_at), lang())
    return Markup("<li><b>{}</b><time>{}</time>{}{}</li>").format(what_happened(event, names), when, words, due)


def _working(event: CaseEvent) -> str:
    """How many working days an instruction gives."""
    given = event.detail.get("answer_by")
    n = working_days(clock.day_of(event.happened_at), date.fromisoformat(given)) if given else 0
    return t("instruction.working_days", n=n)


def _due(event: CaseEvent) -> Markup:
    rule = event.detail.get("due_rule")
    if not rule or not event.detail.get("due_on") or rule in DATED:
        return Markup()
    said = t("case.event.due", day=_day(event.detail["due_on"]), rule=t(f"case.due_rule.{rule}"))
    if event.kind != "recompute_deadline":  # that one counts from an earlier event
        said = with_special(said, clock.day_of(event.happened_at), date.fromisoformat(str(event.detail["due_on"])))
    return Markup('<div class="f2f-quiet">{}</div>').format(said)
