"""What a letter says of its sender: the office, its code and whom to call."""

from datetime import datetime

import i18n
from access.actor import Actor
from access.typed import one_line
from access.verbs import writes
from db import events
from db.events import Event
from db.letters import letters
from db.refused import Refused
from db.sql import Connection
from db.system import settings

ZH = "zh"  # an official paper is in Chinese
LONGEST_NAME = 40


@writes("triage_case")
def set_letterhead(con: Connection, *, actor: Actor, issuer: str, code: str, contact: str, at: datetime) -> None:
    """What later letters say of their sender; those issued keep what they said. Raises Refused('letterhead')."""
    words = {"letter_issuer": one_line(issuer), "letter_code": one_line(code), "letter_contact": one_line(contact)}
    if any(len(word) > LONGEST_NAME for word in words.values()):
        raise Refused("letterhead", most=LONGEST_NAME)
    for name, word in words.items():
        settings.put(con, name, word)
    seq = len(events.of_subject(con, "letterhead")) + 1
    events.append(con, Event(at, "letter", "letterhead", "letterhead", seq, actor.id, actor.role, detail=words))


def letterhead(con: Connection) -> dict[str, str]:
    """issuer, code, contact: what staff set, else made of the district's name."""
    found = letters.letterhead(con)
    district = settings.district(con).name_zh
    return {
        "issuer": found.get("letter_issuer") or i18n.text("letter.doc.issuer", ZH, district=district),
        "code": found.get("letter_code") or i18n.text("letter.doc.code", ZH),
        "contact": found.get("letter_contact") or "",
    }


def full_number(code: str, year: int, number: int) -> str:
    """The code of the sender, the year in square brackets, the number without zeros before it."""
    return i18n.text("letter.doc.number", ZH, code=code, year=year, number=number)
