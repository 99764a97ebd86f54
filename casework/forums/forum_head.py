"""What the agenda and the minutes of a forum say alike at their head, in Chinese."""

from collections.abc import Mapping

import i18n
from casework.documents.letterhead import ZH, letterhead
from db.forums.forums import Forum
from db.sql import Connection


def forum_head(con: Connection, forum: Forum, names: Mapping[str, str], title: str) -> dict[str, object]:
    """The template's fields of that name. `names` are those of the bodies; `title` is the text's key."""
    office = i18n.text(f"forum.office.{forum.host_office}", ZH)
    day = i18n.day(forum.held_on, ZH)
    return {
        "issuer": letterhead(con)["issuer"],
        "title": i18n.text(title, ZH, number=forum.number, gap="\n"),
        "theme": forum.theme_zh,
        "held_on": day,
        "place": forum.place_zh,
        "format": i18n.text(f"forum.format.{forum.format}", ZH),
        "host": i18n.text("minutes.host", ZH, body=names.get(forum.host_body, ""), office=office),
        "date": day,
    }
