"""The agenda of a forum as a Word document, for those who sit at the table."""

import i18n
from access.actor import Actor
from casework import documents
from casework.forums import known
from casework.letters import ZH, letterhead
from db import forum_day, references
from db.forum_day import AgendaLine
from db.sql import Connection
from db.store import Store


def agenda_paper(store: Store, *, actor: Actor, forum_id: str) -> bytes:
    """In Chinese. Raises Refused('forbidden' | 'forum_unknown')."""
    actor.must("see_forums")
    facts = store.read(lambda con: _facts(con, actor, forum_id))
    return documents.fill(documents.built_in("agenda"), facts)


def _facts(con: Connection, actor: Actor, forum_id: str) -> dict[str, object]:
    forum = known(con, forum_id)
    bodies = {item.code: item.name_zh for item in references.items(con, "body")}
    lines = forum_day.lines(con, actor.scope, forum_id)
    host = i18n.text(f"forum.office.{forum.host_office}", ZH)
    return {
        "issuer": letterhead(con)["issuer"],
        "title": i18n.text("agenda.title", ZH, number=forum.number, gap="\n"),
        "theme": forum.theme_zh,
        "held_on": i18n.day(forum.held_on, ZH),
        "place": forum.place_zh,
        "format": i18n.text(f"forum.format.{forum.format}", ZH),
        "host": i18n.text("minutes.host", ZH, body=bodies.get(forum.host_body, ""), office=host),
        "n": len(lines),
        "items": [_item(line, bodies) for line in lines],
        "date": i18n.day(forum.held_on, ZH),
    }


def _item(line: AgendaLine, bodies: dict[str, str]) -> dict[str, str]:
    none = i18n.text("minutes.none", ZH)
    return {
        "number": line.number or none,
        "enterprise": line.enterprise_zh,
        "title": line.item.title,
        "speaker": line.item.speaker or none,
        "lead": bodies.get(line.item.lead_body or line.item.suggested or "", none),
    }
