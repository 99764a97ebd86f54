"""The minutes (会议纪要) of a coordination or small meeting as a Word document."""

from collections.abc import Mapping, Sequence

import i18n
from access.actor import Actor
from casework.documents import documents
from casework.documents.letterhead import ZH, letterhead
from db import clock, minutes_files, references
from db.plans import meetings
from db.plans.meetings import Decision, Meeting, MetAbout
from db.refused import Refused
from db.sql import Connection
from db.store import Store


def meeting_minutes(store: Store, *, actor: Actor, meeting_id: str) -> tuple[Meeting, bytes]:
    """The meeting and its minutes in Chinese. Raises Refused('forbidden' | 'meeting_unknown')."""
    actor.must("see_plans")

    def read(con: Connection) -> tuple[Meeting, bytes, dict[str, object]]:
        meeting = meetings.get(con, actor.scope, meeting_id)
        if meeting is None:
            raise Refused("meeting_unknown")
        template = documents.present(con, "meeting", clock.start_of_day(meeting.held_on))
        return meeting, template.content, _facts(con, actor, meeting)

    meeting, template, facts = store.read(read)
    return meeting, documents.fill(template, facts)


def _facts(con: Connection, actor: Actor, meeting: Meeting) -> dict[str, object]:
    names = {item.code: item.name_zh for kind in ("town", "body") for item in references.items(con, kind)}
    about = meetings.cases_of(con, actor.scope, meeting.id)
    decided = meetings.decisions(con, actor.scope, meeting_id=meeting.id)
    kind = i18n.text(f"meeting.kind.{meeting.kind}", ZH)
    numbered = {"year": meeting.year, "number": meeting.number, "kind": kind}
    day = i18n.day(meeting.held_on, ZH)
    return {
        "issuer": letterhead(con)["issuer"],
        "title": i18n.text("meeting.doc.title", ZH, gap="\n", **numbered),
        **{name: getattr(meeting, name) for name in ("topic", "place", "chair")},
        "held_on": day,
        "summary": meeting.minutes,
        "files": [{"name": one.name} for one in minutes_files.of(con, "meeting", meeting.id)],
        "groups": _groups(meeting, [names.get(code, code) for code in meetings.bodies(con, meeting.id)]),
        "tally": _tally(about, decided),
        "items": _items(about, decided, names),
        "date": day,
    }


def _groups(meeting: Meeting, bodies: Sequence[str]) -> list[dict[str, str]]:
    came = [("meeting.bodies", i18n.text("letter.doc.and", ZH).join(bodies)), ("meeting.people", meeting.people)]
    return [{"name": i18n.text(label, ZH), "people": who} for label, who in came if who]


def _tally(about: Sequence[MetAbout], decided: Sequence[Decision]) -> str:
    key = "meeting.doc.tally" if decided else "meeting.doc.no_decision"
    return i18n.text(key, ZH, n=len(about), decisions=len(decided))


def _items(about: Sequence[MetAbout], decided: Sequence[Decision], names: Mapping[str, str]) -> list[dict[str, str]]:
    """What was decided about each case, as it was decided: what became of it stands in the case."""
    cases = {case.id: case for case in about}
    return [
        {
            "number": cases[one.case_id].number,
            "enterprise": cases[one.case_id].enterprise_zh,
            "title": cases[one.case_id].title,
            "decision": one.words,
            "due": i18n.day(one.due_on, ZH),
            "owner": names.get(one.body_code, one.body_code),
        }
        for one in decided
        if one.case_id in cases
    ]
