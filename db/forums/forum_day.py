"""The day of a forum: its agenda and what was recorded there, its link, who signed in by phone, who records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db import sql
from db.scope import Scope, cases_within, enterprises_within
from db.shared_fields import OfEnterprise
from db.sql import Connection


@dataclass(frozen=True)
class AgendaItem:
    """One issue of a forum. `answer_kind` None: nothing recorded yet. `case_id` None: raised at the table.

    `words_translated`: the words in the language of whoever raised the case, where that is another.
    """

    id: str
    forum_id: str
    position: int
    case_id: str | None
    enterprise_id: str
    kind: str
    category: str
    title: str
    speaker: str | None
    suggested: str | None
    named: bool
    answer_kind: str | None
    lead_body: str | None
    promised_on: date | None
    answered_by: str | None
    words: str | None
    recorded_at: datetime | None
    recorded_by: str | None
    seq: int
    words_translated: str | None = None

    @property
    def subject(self) -> str:
        """The id of its case, whether that is open yet or not."""
        return self.case_id or self.id


@dataclass(frozen=True)
class AgendaLine(OfEnterprise):
    """An item with the name of its enterprise and how its case stands, where there is one; `lead` is in charge now."""

    item: AgendaItem
    number: str | None
    state: str | None
    lead: str | None
    clerk: str | None


@dataclass(frozen=True)
class Finish:
    forum_id: str
    finished_at: datetime
    finished_by: str
    reached: int


@dataclass(frozen=True)
class ForumLink:
    """What the wall's code and the sign-in's code hold."""

    id: str
    token: str
    forum_id: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True)
class SignedIn:
    """That somebody came by the code on the wall."""

    attendance_id: str
    forum_id: str
    link_id: str
    address: str
    happened_at: datetime
    confirmed_at: datetime | None


_FIELDS = tuple(AgendaItem.__dataclass_fields__)


def items(con: Connection, forum_id: str) -> list[AgendaItem]:
    statement = "SELECT * FROM agenda_item WHERE forum_id = $id ORDER BY position, id"
    return sql.fetch(con, AgendaItem, statement, {"id": forum_id})


def item(con: Connection, item_id: str) -> AgendaItem | None:
    return sql.first(con, AgendaItem, "SELECT * FROM agenda_item WHERE id = $id", {"id": item_id})


def lines(con: Connection, scope: Scope, forum_id: str) -> list[AgendaLine]:
    """The agenda in its order: of the cases and enterprises within the scope."""
    statement = f"""
        SELECT i.*, e.name_zh AS enterprise_zh, e.name_en AS enterprise_en, c.number, c.state,
               c.lead_body AS lead, a.name AS clerk
        FROM agenda_item i JOIN enterprise e ON e.id = i.enterprise_id
        LEFT JOIN cases c ON c.id = coalesce(i.case_id, i.id) AND {cases_within(scope)}
        LEFT JOIN account a ON a.id = i.recorded_by
        WHERE i.forum_id = $id AND {enterprises_within(scope)} ORDER BY i.position, i.id
        """
    rows = sql.rows(con, statement, {"id": forum_id, "scope_key": scope.key})
    return [AgendaLine(AgendaItem(**{n: row.pop(n) for n in _FIELDS}), **row) for row in rows]


def taken(con: Connection, case_ids: Sequence[str]) -> dict[str, int]:
    """Case → the number of the forum, not finished yet, that has it on its agenda."""
    statement = """
        SELECT i.case_id, f.number FROM agenda_item i JOIN forum f ON f.id = i.forum_id
        WHERE i.case_id = ANY($ids) AND f.state = 'planned'
          AND i.forum_id NOT IN (SELECT forum_id FROM forum_finish)
        """
    return sql.pairs(con, statement, {"ids": list(case_ids)})


def add(con: Connection, added: Sequence[AgendaItem]) -> None:
    sql.insert_many(con, "agenda_item", added)


def change(con: Connection, changed: AgendaItem) -> None:
    """Write the item over the version before its own. Raises MovedOn."""
    columns = " ".join(name for name in _FIELDS if name not in ("id", "seq"))
    sql.rewrite(con, "agenda_item", changed, columns, number=changed.position)


def keep_leads(con: Connection, items: Sequence[AgendaItem]) -> None:
    """The bodies that the end gave them to, also of those that nobody recorded."""
    for item in items:
        params = {"lead": item.lead_body, "id": item.id}
        sql.run(con, "UPDATE agenda_item SET lead_body = $lead WHERE id = $id", params)


def place(con: Connection, order: Sequence[str]) -> None:
    """Number the items from 1 in this order; what was recorded of them, and their version, stay."""
    for position, item_id in enumerate(order, start=1):
        sql.run(con, "UPDATE agenda_item SET position = $n WHERE id = $id", {"n": position, "id": item_id})


def remove(con: Connection, item_id: str) -> None:
    sql.run(con, "DELETE FROM agenda_item WHERE id = $id", {"id": item_id})


def finish_of(con: Connection, forum_id: str) -> Finish | None:
    return sql.first(con, Finish, "SELECT * FROM forum_finish WHERE forum_id = $id", {"id": forum_id})


def add_finish(con: Connection, finish: Finish) -> None:
    sql.insert(con, "forum_finish", finish)


# What a later notice of the same moment says as well: an enterprise is told once what became of its issue.
_OVERTAKEN = ("new", "accepted")
_OVERTAKEN_BY_AN_ANSWER = "dispatched"


def keep_last_notices(con: Connection, case_ids: Sequence[str], answered: Sequence[str], at: datetime) -> None:
    """Of the notices queued at this moment, take back those that the last one overtakes."""
    statement = """
        DELETE FROM outbox WHERE created_at = $created AND state = 'queued'
            AND ((subject = ANY($cases) AND kind = ANY($kinds)) OR (subject = ANY($answered) AND kind = $kind))
        """
    wanted = {"cases": list(case_ids), "answered": list(answered), "kinds": list(_OVERTAKEN)}
    sql.run(con, statement, {**wanted, "kind": _OVERTAKEN_BY_AN_ANSWER, "created": at})


def notices_at(con: Connection, case_ids: Sequence[str], at: datetime) -> int:
    """How many enterprises are told of these cases by what was queued at this moment."""
    statement = """
        SELECT count(DISTINCT recipient_id) FROM outbox
        WHERE created_at = $created AND recipient_kind = 'enterprise' AND subject = ANY($cases)
        """
    return sql.scalar(con, statement, {"created": at, "cases": list(case_ids)})


def note_clerk(con: Connection, forum_id: str, account_id: str, at: datetime) -> None:
    params = {"forum": forum_id, "account": account_id, "seen": at}
    changed = sql.scalar(
        con, "UPDATE forum_clerk SET seen_at = $seen WHERE forum_id = $forum AND account_id = $account", params
    )
    if not changed:
        sql.insert(con, "forum_clerk", {"forum_id": forum_id, "account_id": account_id, "seen_at": at})


def clerks(con: Connection, forum_id: str, since: datetime) -> dict[str, str]:
    """Account → name of those who had the clerk's screen open since then."""
    statement = """
        SELECT c.account_id, a.name FROM forum_clerk c JOIN account a ON a.id = c.account_id
        WHERE c.forum_id = $id AND c.seen_at >= $since ORDER BY a.name
        """
    return sql.pairs(con, statement, {"id": forum_id, "since": since})
