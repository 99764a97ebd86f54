"""All that a letter's document says, as the fields of its template."""

from collections.abc import Mapping, Sequence
from datetime import date

import i18n
from casework.cases.counting import counting
from casework.cases.lifecycle import WORKING_DAYS
from casework.documents.letterhead import ZH
from db import clock, references
from db.cases import deadlines
from db.cases.cases import Case
from db.people import enterprises
from db.scope import ALL
from db.sql import Connection

MOST_ON_TITLE_LINE = 18  # characters of 22 pt


def facts_of(
    con: Connection,
    head: Mapping[str, str],
    number: str,
    chosen: Sequence[Case],
    lead: str,
    copied: Sequence[str],
    on: date,
    note: str,
) -> dict[str, object]:
    """In Chinese; `head` is `letterhead.letterhead`, `number` the full one."""
    names = {item.code: item.name_zh for item in references.items(con, "body")}
    first = min((case.due_on for case in chosen if case.due_on), default=None)
    helpers = dict.fromkeys(body for case in chosen for body in case.co)
    return {
        "issuer": head["issuer"],
        "number": number,
        "title": _title(chosen),
        "lead": names.get(lead, lead),
        "helpers": _listed("letter.doc.and", [names.get(body, body) for body in helpers if body in copied]),
        "copied": _listed("letter.doc.comma", [names.get(body, body) for body in copied]),
        "n": len(chosen),
        "deadline": _day(first) or i18n.text("letter.doc.no_deadline", ZH),
        "counting": _counting(con, chosen),
        "note": note,
        "corrects": "",
        "contact": head["contact"],
        "date": _day(on),
        "items": [_item(con, case) for case in chosen],
    }


def _title(chosen: Sequence[Case]) -> str:
    """On two lines where one would not hold it, broken where a reader would pause."""
    name, firms = chosen[0].enterprise_zh, len({case.enterprise_id for case in chosen})
    key = "letter.doc.title_one" if firms == 1 else "letter.doc.title_many"
    gap = "\n" if len(name) + 4 * (firms > 1) + 13 > MOST_ON_TITLE_LINE else ""
    return i18n.text(key, ZH, name=name, firms=firms, gap=gap)


def _item(con: Connection, case: Case) -> dict[str, str]:
    return {
        "number": case.number,
        "enterprise": case.enterprise_zh,
        "title": case.title,
        "text": "" if case.text.strip() == case.title.strip() else case.text,
        "due": _day(case.due_on) or i18n.text("letter.doc.no_deadline", ZH),
        "contact": _contact(con, case),
    }


def _contact(con: Connection, case: Case) -> str:
    """Whom to ask for; who handles the case reads the whole number in the system."""
    enterprise = enterprises.of_case(con, case.id)
    if enterprise is None or not enterprise.contact_name:
        return ""
    named = {"name": enterprise.contact_name, "phone": enterprise.contact_phone or ""}
    return i18n.text("letter.doc.contact", ZH, **named).strip()


def _counting(con: Connection, chosen: Sequence[Case]) -> str:
    """How the deadlines were counted, once each: cases of one letter may have been dispatched on different days."""
    standing = deadlines.running(con, ALL, list(WORKING_DAYS), [case.id for case in chosen])
    days = sorted({(clock.day_of(one.since), one.case.due_on) for one in standing if one.case.due_on})
    said = [counting(since, due, ZH) for since, due in days]
    if len(said) > 1:
        said = [i18n.text("letter.doc.until", ZH, day=_day(days[n][1]), counted=words) for n, words in enumerate(said)]
    return i18n.text("letter.doc.between", ZH).join(said)


def _listed(key: str, names: Sequence[str]) -> str:
    return i18n.text(key, ZH).join(names)


def _day(day: date | None) -> str:
    return i18n.day(day, ZH) if day else ""
