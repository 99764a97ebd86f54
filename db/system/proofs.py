"""What a receipt proves: that its event stands in the chain under the hash that was printed then, and still holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db import clock, events, sql
from db.events import ChainBreak
from db.sql import Connection
from db.system import integrity

PRINTED = 12  # characters of the hash on a receipt: 48 bits, too many to hit by chance for a given number
_SURVEY_NUMBER = re.compile(r"S-[0-9]{4}-([0-9]{6,9})")
# A pasted link may have a message's full stop behind it: what is no letter or digit ends number and mark.
_NUMBER = re.compile(r"[0-9A-Z-]+")
_MARK = re.compile(rf"[0-9a-f]{{{PRINTED},64}}(?![0-9a-z])")


@dataclass(frozen=True)
class Proof:
    """The event behind a receipt. `head_n` is the chain's end now; `breaks` are empty where everything holds.

    Looked at are the event itself, its links to both neighbours, and what was submitted: a case's words, a survey's
    answers while they are sealed. `covers` is False where no digest of that was kept, or they stand by themselves. The
    whole chain is `python -m db verify`.
    """

    number: str
    n: int
    area: str
    happened_at: datetime
    hash: str
    head_n: int
    breaks: list[ChainBreak]
    covers: bool


def hash_of_submission(con: Connection, subject: str) -> str:
    """The chain's hash at the event that received a case or a survey's answers: what its receipt shows."""
    return hashes_of_submissions(con, [subject]).get(subject, "")


def hashes_of_submissions(con: Connection, subjects: Sequence[str]) -> dict[str, str]:
    """The same of many: of each the first event's."""
    statement = "SELECT subject, hash FROM event WHERE subject = ANY($subjects) AND kind = 'submit' ORDER BY n DESC"
    return sql.pairs(con, statement, {"subjects": list(subjects)})


def mark(whole: str) -> str:
    """As much of a hash as a receipt prints."""
    return whole[:PRINTED]


def survey_number(year: int, number: int) -> str:
    """S-2026-000123: the year of submission on Shanghai's calendar, and the receipt's own number."""
    return f"S-{year}-{number:06d}"


def find(con: Connection, number: str, printed: str) -> Proof | None:
    """The proof for a receipt's number and the hash on it, whole or as printed; None where they do not go together."""
    mark_, number_ = _MARK.match("".join(printed.split()).lower()), _NUMBER.match("".join(number.split()).upper())
    subject = _subject(con, number_.group()) if number_ and mark_ else None
    if subject is None or mark_ is None:
        return None
    statement = """
        SELECT n, area, happened_at, hash FROM event
        WHERE subject = $subject AND substr(hash, 1, length($wanted)) = $wanted ORDER BY n LIMIT 1
        """
    found = sql.one(con, statement, {"subject": subject[1], "wanted": mark_.group()})
    if found is None:
        return None
    content = integrity.verify_content(con, found["area"], subject[1])
    breaks = [*events.verify_at(con, found["n"]), *(content or [])]
    return Proof(number=subject[0], head_n=events.revision(con), breaks=breaks, covers=content is not None, **found)


def _subject(con: Connection, number: str) -> tuple[str, str] | None:
    """(the number as it is written, the record's id) of a case or of who answered a survey."""
    response = _SURVEY_NUMBER.fullmatch(number)
    if response is None:
        case_id = sql.scalar(con, "SELECT id FROM cases WHERE number = $number", {"number": number})
        return (number, case_id) if case_id else None
    statement = "SELECT id, submitted_at FROM participation WHERE number = $number"
    found = sql.one(con, statement, {"number": int(response.group(1))})
    if found is None or survey_number(_year(found["submitted_at"]), int(response.group(1))) != number:
        return None
    return number, found["id"]


def _year(at: datetime) -> int:
    return clock.local(at).year
