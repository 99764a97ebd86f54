"""The agenda of a forum as a Word document, for those who sit at the table."""

import i18n
from access.actor import Actor
from casework.documents import documents
from casework.documents.letterhead import ZH
from casework.forums.forum_head import forum_head
from casework.forums.forums import known
from db import references
from db.forums import forum_day
from db.forums.forum_day import AgendaLine
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
    head = forum_head(con, forum, bodies, "agenda.title")
    return {**head, "n": len(lines), "items": [_item(line, bodies) for line in lines]}


def _item(line: AgendaLine, bodies: dict[str, str]) -> dict[str, str]:
    none = i18n.text("minutes.none", ZH)
    return {
        "number": line.number or none,
        "enterprise": line.enterprise_zh,
        "title": line.item.title,
        "speaker": line.item.speaker or none,
        "lead": bodies.get(line.item.lead_body or line.item.suggested or "", none),
    }
