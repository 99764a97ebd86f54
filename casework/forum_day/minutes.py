"""The minutes (纪要) of a forum as a Word document: who came, what was raised, what was answered and promised."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import i18n
from access.actor import Actor
from casework.documents import documents
from casework.documents.letterhead import ZH
from casework.forums.attendance import KINDS
from casework.forums.forum_head import forum_head
from db import clock, minutes_files, references
from db.cases import cases
from db.cases.cases import Case, CaseFilters
from db.forums import forum_day, forums
from db.forums.forums import Forum, Present
from db.refused import Refused
from db.sql import Connection
from db.states import UNCOUNTED
from db.store import Store

MOST_ITEMS = 500


def minutes(store: Store, *, actor: Actor, forum_id: str) -> bytes:
    """The forum's minutes in Chinese. Raises Refused('forbidden' | 'forum_unknown')."""
    actor.must("see_forums")

    def read(con: Connection) -> tuple[bytes, dict[str, object]]:
        forum = forums.get(con, forum_id)
        if forum is None:
            raise Refused("forum_unknown")
        template = documents.present(con, "minutes", clock.start_of_day(forum.held_on))
        return template.content, _facts(con, actor, forum)

    template, facts = store.read(read)
    return documents.fill(template, facts)


def _facts(con: Connection, actor: Actor, forum: Forum) -> dict[str, object]:
    names = {item.code: item.name_zh for kind in ("body", "town") for item in references.items(con, kind)}
    raised = _items(con, actor, forum)
    return {
        **forum_head(con, forum, names, "minutes.title"),
        "summary": forum.summary or "",
        "files": [{"name": one.name} for one in minutes_files.of(con, "forum", forum.id)],
        "groups": _groups(forums.present(con, actor.scope, forum.id, whole=True), names),
        "tally": _tally(raised),
        "items": [_item(con, actor, case, names) for case in raised],
    }


def _items(con: Connection, actor: Actor, forum: Forum) -> list[Case]:
    """The issues of the forum that the reader may see, merged ones left out, in the agenda's order, then as raised."""
    wanted = CaseFilters(today=forum.held_on, forum=forum.id)
    found = cases.find(con, actor.scope, wanted, sort="oldest", size=MOST_ITEMS)
    places = {item.subject: item.position for item in forum_day.items(con, forum.id)}
    listed = [case for case in found.rows if case.state not in UNCOUNTED]
    return sorted(listed, key=lambda case: places.get(case.id, len(places) + 1))


def _groups(present: Sequence[Present], names: Mapping[str, str]) -> list[dict[str, object]]:
    """Those who came, by kind in the order of the kinds, each with where they come from."""
    in_order = sorted(present, key=lambda person: (KINDS.index(person.kind), person.body_code or ""))
    groups = [(kind, list(people)) for kind, people in groupby(in_order, key=lambda person: person.kind)]
    return [
        {
            "name": i18n.text(f"attendance.{kind}", ZH),
            "n": len(people),
            "people": i18n.text("letter.doc.and", ZH).join(_person(person, names) for person in people),
        }
        for kind, people in groups
    ]


def _person(person: Present, names: Mapping[str, str]) -> str:
    place = person.enterprise_zh or person.organisation or names.get(person.body_code or "", "")
    if not place or place in person.person_name:  # '区发改局主要负责人' says already whose
        return person.person_name
    return i18n.text("minutes.person", ZH, name=person.person_name, place=place)


def _tally(raised: Sequence[Case]) -> str:
    counted = {kind: sum(case.on_spot == kind for case in raised) for kind in ("solved", "committed", "explained")}
    return i18n.text("minutes.tally" if raised else "minutes.no_item", ZH, n=len(raised), **counted)


def _item(con: Connection, actor: Actor, case: Case, names: Mapping[str, str]) -> dict[str, str]:
    """What was answered at the table, which a later answer does not change."""
    spot = _spot_answer(con, actor, case)
    kind = i18n.text(f"minutes.kind.{case.on_spot}", ZH) if case.on_spot else i18n.text("minutes.kind.later", ZH)
    return {
        "number": case.number,
        "enterprise": case.enterprise_zh,
        "title": case.title,
        "kind": kind,
        "answer": spot.answer_text or "",
        "promised": i18n.day(spot.promised_on, ZH) if spot.promised_on else i18n.text("minutes.none", ZH),
        "lead": names.get(spot.lead_body or "", "") or i18n.text("minutes.none", ZH),
    }


def _spot_answer(con: Connection, actor: Actor, case: Case) -> Case:
    """The case with the lead and the answer that it got at the forum: of its first round, unless it had been to another
    body before the forum's list was finished."""
    ended = forum_day.finish_of(con, case.forum_id or "")
    since = [e for e in cases.history(con, actor.scope, case.id) if ended and e.happened_at >= ended.finished_at]
    happened = since or cases.history(con, actor.scope, case.id)
    sent = next((event.detail for event in happened if event.kind == "dispatch"), {})
    case = replace(case, lead_body=sent.get("lead") or case.lead_body)
    if not case.on_spot:
        return replace(case, answer_text=None, promised_on=None)
    given = next((event.detail for event in happened if event.kind == "answer"), {})
    promised = case.promised_on if given.get("promised_on") else None
    return replace(case, answer_text=given.get("text"), promised_on=promised)
