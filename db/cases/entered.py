"""Cases that lived before this store did: their whole past is entered at once, as `act` would have written it."""

from collections.abc import Sequence
from dataclasses import dataclass

from db import clock, events, lookup, numbers, sql
from db.cases import past
from db.events import Event
from db.sql import Connection, Row


@dataclass(frozen=True)
class OldCase:
    """`own` is what was submitted, `told` what happened to it, `answer` the words of the answer that was given last."""

    own: Row
    told: tuple[Event, ...]
    answer: str | None


def known(con: Connection, table: str, ids: Sequence[str]) -> set[str]:
    """Those of the ids that the table has."""
    return set(sql.column(con, f"SELECT id FROM {table} WHERE id = ANY($ids)", {"ids": list(ids)}))


def forum_ids(con: Connection) -> dict[int, str]:
    """By number."""
    return {row["number"]: row["id"] for row in sql.rows(con, "SELECT number, id FROM forum")}


def add(con: Connection, made: Sequence[OldCase]) -> int:
    """Each gets the next number of the year in which it was raised. The caller has left out what is known."""
    rows, ended, bodies, told, last = list[Row](), list[Row](), list[Row](), list[Event](), dict[str, int]()
    for one in sorted(made, key=lambda one: one.told[0].happened_at):
        case_id, raised_at = one.own["id"], one.told[0].happened_at
        year = str(clock.day_of(raised_at).year)
        last[year] = last[year] + 1 if year in last else numbers.following(con, "case", year=year)
        born = one.own | {"submitted_at": raised_at}
        spells, now = past.lived(born, one.told)
        row = born | vars(now) | {"number": numbers.of_case(year, last[year]), "answer_text": one.answer,
                                  "due_provisional": False, "seq": len(one.told)}  # fmt: skip
        said = [words for event in one.told for words in lookup.said_in(event.detail)]
        rows.append(row | {"words": lookup.of_row("cases", row, *said)})
        ended += spells
        bodies += [{"case_id": case_id, "body_code": now.lead_body, "part": "lead"}] if now.lead_body else []
        bodies += [{"case_id": case_id, "body_code": body, "part": "co"} for body in now.co.split(",") if body]
        told += one.told
    for table, found in (("cases", rows), ("case_past", ended), ("case_body", bodies)):
        sql.insert_many(con, table, found)
    events.append(con, *told)
    return len(rows)
