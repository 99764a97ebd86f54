"""The history of a case, the latest first: what happened and when, its words, its files, what became due by it."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

import i18n
from access.actor import Actor
from casework.cases.lifecycle import DATED, is_inside
from db import clock
from db.cases import cases, milestones
from db.cases.cases import CaseEvent
from db.people.stand_ins import DoneInPlace
from pages.desk.event_words import day, what_happened
from pages.shared.deadlines import with_special
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup, file_links, show
from pages.shared.names import Names, person

Stood = Mapping[int, DoneInPlace]  # by an event's number
_NOBODY: Stood = MappingProxyType({})
_WORDS = ("reason", "text", "translated", "note")


def history_part(happened: Sequence[CaseEvent], names: Names, stood: Stood = _NOBODY) -> None:
    show(Markup('<h3 class="f2f-drawer-part">{}</h3>').format(t("desk.history")))
    lines = Markup().join(history_line(event, names, stood) for event in reversed(happened))
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


def history_line(event: CaseEvent, names: Names, stood: Stood) -> Markup:
    words = Markup().join(
        Markup("<blockquote>{}</blockquote>").format(str(event.detail[w])) for w in _WORDS if event.detail.get(w)
    )
    words += file_links(event.detail.get("files", ()))
    below = _stood_in(stood.get(event.n)) + _due(event)
    when = i18n.moment(clock.local(event.happened_at), lang())
    return Markup("<li><b>{}</b><time>{}</time>{}{}</li>").format(what_happened(event, names), when, words, below)


def _stood_in(one: DoneInPlace | None) -> Markup:
    """Its own desk reads who did it in whose place."""
    if one is None:
        return Markup()
    names = {"absent": person(one.absent), "stand_in": person(one.stand_in)}
    return Markup('<div class="f2f-quiet">{}</div>').format(t("stand_in.did", **names))


def _due(event: CaseEvent) -> Markup:
    rule = event.detail.get("due_rule")
    if not rule or not event.detail.get("due_on") or rule in DATED:
        return Markup()
    said = t("case.event.due", day=day(event.detail["due_on"]), rule=t(f"case.due_rule.{rule}"))
    if event.kind != "recompute_deadline":  # that one counts from an earlier event
        said = with_special(said, clock.day_of(event.happened_at), date.fromisoformat(str(event.detail["due_on"])))
    return Markup('<div class="f2f-quiet">{}</div>').format(said)
