"""Where some of the demonstration's people are told, and the notices of its last days. Nothing of it reaches anybody:
every address ends in .example, which no mail server can find."""

from datetime import date, datetime, timedelta

from db import sql
from db.demo.common import moment, uid
from db.demo.enterprises import DEMO_ENTERPRISE
from db.demo.people import id_of
from db.notices.outbox import Contact, Notice, add
from db.sql import Connection

LOGINS = ("enterprise", "officer", "department", "staff")
_ROWS = """
    SELECT c.id, c.number, c.category, b.name_zh AS body, c.due_on FROM cases c
    LEFT JOIN reference_item b ON b.list = 'body' AND b.code = c.lead_body
    WHERE c.lead_body = 'economy_it' AND c.due_on IS NOT NULL ORDER BY c.dispatched_at DESC, c.number LIMIT 8
    """
_NAMES = "SELECT code, name_zh FROM reference_item WHERE list = 'category'"


def write(con: Connection, today: date) -> None:
    """Into a store that holds the demonstration's cases."""
    sql.insert_many(con, "contact", contacts())
    names = {row["code"]: row["name_zh"] for row in sql.rows(con, _NAMES)}
    for row, told in zip(sql.rows(con, _ROWS), _told(today), strict=False):
        state, attempts, error, at = told
        due = row["due_on"].isoformat()
        params = {"number": row["number"], "category": names[row["category"]], "body": row["body"], "due": due}
        add(con, [_notice(row["id"], params, state, attempts, error, at)])


def contacts() -> list[Contact]:
    """One address a demo login, and the enterprise's shared one."""
    own = [Contact("account", id_of(login), f"mailto://{login}@demo.example", "zh", True, 1) for login in LOGINS]
    return [*own, Contact("enterprise", DEMO_ENTERPRISE, "mailto://office@demo.example", "en", True, 1)]


def _told(today: date) -> list[tuple[str, int, str | None, datetime]]:
    """State, attempts, reason and instant of each: two wait, one is tried again, one was given up, four went out."""
    yesterday, before = today - timedelta(days=1), today - timedelta(days=4)
    return [
        ("queued", 0, None, moment(yesterday, 16, 40)),
        ("queued", 0, None, moment(yesterday, 15, 5)),
        ("failed", 9, "unreachable Connection error", moment(yesterday, 9, 30)),
        ("abandoned", 20, "refused mailbox full", moment(before, 10, 15)),
        *[("sent", 1, None, moment(before, hour, 20)) for hour in (9, 11, 14, 16)],
    ]


def _notice(case: str, params: dict[str, str], state: str, attempts: int, error: str | None, at: datetime) -> Notice:
    return Notice(
        id=uid("notice", case),
        created_at=at,
        kind="lead",
        subject=case,
        recipient_kind="account",
        recipient_id=id_of("department"),
        language="zh",
        params={**params, "path": f"/desk?case={case}"},
        state=state,
        attempts=attempts,
        next_at=at + timedelta(days=1),
        last_error=error,
        sent_at=at + timedelta(seconds=8) if state == "sent" else None,
    )
