"""Take what is personal of an enterprise, an account or somebody who came to forums out of every table and event.

Rows that are nobody's record go; in the others a mark takes the words' place, so that figures stay what they are. What
identifies is looked for in all text of the store, as others quote it. The history keeps its numbers and hashes: of what
was changed the record's key is another one from here on (`event_key.since`), so that nothing can be held against the
old digests, neither by us nor by whoever guesses. The bytes go with the file: `Store.rewrite`.
"""

import json
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from db import events, sql
from db.events import Event
from db.lookup import KEPT_WITH
from db.people.accounts import folded
from db.refused import FilesUnavailable
from db.sql import Connection, Row
from db.store import Store
from db.system import backups, integrity, outside, refold, seals

MARK = "\uff0a" * 3  # in the place of what was taken out
SHORTEST = 4  # characters of a name that is looked for everywhere: a shorter one is others' too
WORDY = 8  # and of what somebody wrote
HEAD = 24  # characters of it that are looked for
AT_ONCE = 100  # of them
LEARNT = "learnt"  # the folder beside the store with what was learnt of cases (casework.similar)
OFFICIAL = ("answer", "fulfil")  # a body's act, which stays without what identifies


@dataclass(frozen=True)
class Whose:
    """Ids of all that is erased at once."""

    enterprises: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    people: tuple[str, ...] = ()  # attendance.person_id
    visits: tuple[str, ...] = ()  # of officers
    files: tuple[str, ...] = ()  # beside the minutes of meetings about the cases

    @property
    def subjects(self) -> tuple[str, ...]:
        """Whom events speak of."""
        contacts = (f"contact:enterprise:{one}" for one in self.enterprises)
        return (*self.enterprises, *self.accounts, *self.cases, *self.visits, *self.files, *contacts,
                *(f"contact:account:{one}" for one in self.accounts))  # fmt: skip


@dataclass(frozen=True)
class Own:
    """Rows of a table that are theirs: `put` names the columns that get another value; none: the row goes. What stands
    in `names` and `words` is looked for everywhere, in `near` where somebody speaks of their cases."""

    table: str
    where: str
    put: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


_BY_LINK = "SELECT id FROM invitation WHERE enterprise_id = ANY($enterprises)"
_OWNERS = f"t.owner = ANY($accounts) OR t.owner IN (SELECT 'invitation:' || id FROM ({_BY_LINK}) AS link)"
_TOLD = "t.subject = ANY($cases) OR t.recipient_id = ANY($accounts) OR t.recipient_id = ANY($enterprises)"
_MARK = f"'{MARK}'"
_IF_SAID = "CASE WHEN {0} IS NULL THEN NULL ELSE '" + MARK + "' END"
_IF_ANY = "CASE WHEN {0} = '' THEN {0} ELSE " + _IF_SAID + " END"
OWN = (
    Own("attachment", "t.case_id = ANY($cases)", near=("name",)),
    Own("minutes_file", "t.id = ANY($files)", near=("name",)),
    Own("draft", _OWNERS),
    Own("draft_file", _OWNERS, near=("name",)),
    Own("session", f"t.account_id = ANY($accounts) OR t.case_id = ANY($cases) OR t.invitation_id IN ({_BY_LINK})"),
    Own("sign_in", f"""t.name = ANY($logins) OR lower(t.name) = ANY($logins)
        OR t.name IN ({_BY_LINK}) OR t.name IN (SELECT number FROM cases WHERE id = ANY($cases))"""),
    Own("contact", f"""t.owner_id = ANY($accounts) OR t.owner_id = ANY($enterprises)
        OR t.owner_id IN (SELECT t.id FROM outbox t WHERE {_TOLD})""", near=("channel_url",)),
    Own("outbox", _TOLD),
    Own("second_factor", "t.account_id = ANY($accounts)"),
    Own("reset_link", "t.account_id = ANY($accounts)"),
    Own("inbox_looked", "t.account_id = ANY($accounts)"),
    Own("stand_in", "t.account_id = ANY($accounts) OR t.stand_in_id = ANY($accounts)"),
    Own("saved_view", "t.owner IN (SELECT 'account:' || id FROM account WHERE id = ANY($accounts))"),
    Own("follow_code", "t.case_id = ANY($cases)"),
    Own("invitation", "t.enterprise_id = ANY($enterprises)", {"revoked_at": "coalesce(t.revoked_at, $at)"}),
    Own("follow_up", "t.case_id = ANY($cases)", {"note": _IF_SAID.format("t.note")}),
    Own("visit", "t.id = ANY($visits)", {name: _IF_ANY.format(f"t.{name}") for name in ("about", "said")},
        near=("about", "said")),
    Own("agenda_item", "t.enterprise_id = ANY($enterprises)",
        {"title": _MARK, "speaker": _IF_SAID.format("t.speaker")}, words=("title",), near=("speaker",)),
    Own("attendance", "t.enterprise_id = ANY($enterprises) OR t.person_id = ANY($people)",
        {"person_name": _MARK, "organisation": _IF_SAID.format("t.organisation")},
        near=("person_name", "organisation")),
    Own("cases", "t.id = ANY($cases)", {"title": _MARK, "text": _MARK}, words=("title", "text")),
    Own("account", "t.id = ANY($accounts)",
        {"login": f"{_MARK} || substr(t.id, 1, 12)", "name": _MARK, "password_hash": "NULL", "active": "FALSE",
         "disabled_at": "coalesce(t.disabled_at, $at)", "seq": "t.seq + 1"}, near=("name",)),
    Own("enterprise", "t.id = ANY($enterprises)",
        {"name_zh": _MARK, "name_en": _MARK, "uscc": f"{_MARK} || substr(t.id, 1, 12)", "contact_name": "NULL",
         "contact_phone": "NULL", "active": "FALSE", "seq": "t.seq + 1"},
        names=("name_zh", "name_en", "uscc", "contact_phone"), near=("contact_name",)),
)  # fmt: skip
# Rows of others that speak of their cases: there short names are theirs too.
_OF_CASES = "t.case_id = ANY($cases)"
LINKED = {
    "cases": "t.id = ANY($cases)",
    "letter": f"t.id IN (SELECT t.letter_id FROM letter_case t WHERE {_OF_CASES})",
    "meeting": f"t.id IN (SELECT t.meeting_id FROM meeting_case t WHERE {_OF_CASES})",
    "meeting_decision": _OF_CASES,
    "case_plan": _OF_CASES,
    "plan_step": f"t.plan_id IN (SELECT t.id FROM case_plan t WHERE {_OF_CASES})",
    "green_channel": _OF_CASES,
    "hotline_line": _OF_CASES,
    "agenda_item": "t.enterprise_id = ANY($enterprises)",
    "guidance": f"t.id IN (SELECT t.guidance_id FROM guidance_case t WHERE {_OF_CASES})",
    "event": f"""t.subject = ANY($subjects) OR (CAST(t.detail AS JSON) ->> 'case') = ANY($cases)
        OR t.subject IN (SELECT t.letter_id FROM letter_case t WHERE {_OF_CASES})
        OR t.subject IN (SELECT t.meeting_id FROM meeting_case t WHERE {_OF_CASES})
        OR t.subject IN (SELECT t.guidance_id FROM guidance_case t WHERE {_OF_CASES})""",
}
_NOT_LOOKED_AT = ("event_key", "migration", "setting")
# The record that events speak of, by the column that names it: of it the history holds a digest.
_TOLD_OF = {"event": "subject", "cases": "id", "enterprise": "id", "account": "id", "letter": "id",
            "guidance": "id",
            "policy_beneficiary": "policy_id", "comment": "wave_id", "answer": "wave_id",
            "hotline_line": "file_id"}  # fmt: skip


@dataclass(frozen=True)
class Needles:
    """What is taken out of others' text: `wide` of all, `near` of what speaks of their cases too."""

    wide: tuple[str, ...]
    near: tuple[str, ...]

    def out_of(self, said: str, *, near: bool) -> str:
        for form in self.near if near else self.wide:
            said = said.replace(form, MARK)
        return said


@dataclass(frozen=True)
class Outlook:
    """What an erasure would do: how many rows of a table go, in how many of one a mark takes the words' place, and how
    many rows and events of others quote what is theirs. `name` is what they are called by, to be typed."""

    name: str
    going: dict[str, int]
    marked: dict[str, int]
    quoting: int


Who = tuple[str | None, str | None]  # an account's id and its role
NOBODY: Who = (None, None)


@dataclass(frozen=True)
class Erased:
    """How many rows and events were changed, and the files of before that still hold what was."""

    changed: int
    left: tuple[Path, ...]


def carried_out(
    store: Store, path: Path, kind: str, key: str, *, reason: str, at: datetime, forget: bool, who: Who = NOBODY
) -> Erased:
    """Beside whatever the service does; `who` is nobody where an operator asks. With `forget` the backups of before go
    too, but for those from before an upgrade. Raises ValueError where there is nobody of this `key`, StoreUnavailable
    as `Store.rewrite`."""
    whose = store.read(lambda con: KINDS[kind](con, key))
    if whose is None:
        raise ValueError(f"no {kind} has this id")
    folder = path.resolve().parent / backups.FOLDER
    earlier = backups.listed(folder)
    changed = store.rewrite(lambda con: erase(con, whose, reason=reason, actor_id=who[0], role=who[1], at=at))
    shutil.rmtree(path.resolve().parent / LEARNT, ignore_errors=True)  # of everybody's words; it is learnt anew
    with suppress(FilesUnavailable):  # the log says so, and the service tries again
        outside.let_go_erased(store)
    for old in earlier if forget else ():
        if old.events:
            backups.forget(folder / old.name)
    left = [folder / old.name for old in earlier if (folder / old.name).exists()]
    return Erased(changed, (*left, *sorted(path.resolve().parent.glob(f"{path.name}.replaced*"))))


def of_enterprise(con: Connection, asked: str) -> Whose | None:
    """Asked for by its id or its credit code: with its accounts and all of its cases."""
    found = sql.column(con, "SELECT id FROM enterprise WHERE id = $asked OR uscc = $asked", {"asked": asked})
    of = {"ids": found}
    accounts = sql.column(con, "SELECT id FROM account WHERE enterprise_id = ANY($ids) ORDER BY id", of)
    cases = sql.column(con, "SELECT id FROM cases WHERE enterprise_id = ANY($ids) ORDER BY id", of)
    files = sql.column(con, _LAID_BESIDE, {"cases": cases})
    visits = sql.column(con, "SELECT id FROM visit WHERE enterprise_id = ANY($ids) ORDER BY id", of)
    more = {"files": tuple(files), "visits": tuple(visits)}
    return Whose(tuple(found), tuple(accounts), tuple(cases), **more) if found else None


_LAID_BESIDE = """
    SELECT id FROM minutes_file WHERE record_kind = 'meeting'
      AND record_id IN (SELECT meeting_id FROM meeting_case WHERE case_id = ANY($cases)) ORDER BY id
    """


def of_account(con: Connection, asked: str) -> Whose | None:
    """By its id or its login."""
    found = sql.column(con, "SELECT id FROM account WHERE id = $asked OR login = $asked", {"asked": asked})
    return Whose(accounts=tuple(found)) if found else None


def of_person(con: Connection, asked: str) -> Whose | None:
    """Who came to forums, by the id that is one at all of them."""
    found = sql.column(con, "SELECT DISTINCT person_id FROM attendance WHERE person_id = $asked", {"asked": asked})
    return Whose(people=tuple(found)) if found else None


KINDS = {"enterprise": of_enterprise, "account": of_account, "person": of_person}


def outlook(con: Connection, whose: Whose) -> Outlook:
    """Nothing is changed."""
    given = _given(con, whose)
    found = [(own, sql.scalar(con, f"SELECT count(*) FROM {own.table} t WHERE {own.where}", given)) for own in OWN]
    going, marked = ({own.table: n for own, n in found if n and bool(own.put) is put} for put in (False, True))
    quoting = sum(1 for _ in _quotes(con, _needles(con, given), given, others=True))
    return Outlook(called(con, whose), going, marked, quoting)


def called(con: Connection, whose: Whose) -> str:
    """Their credit code, login or name."""
    return sql.scalar(con, _CALLED_BY, _given(con, whose))


_CALLED_BY = """
    SELECT coalesce((SELECT max(uscc) FROM enterprise WHERE id = ANY($enterprises)),
                    (SELECT max(login) FROM account WHERE id = ANY($accounts)),
                    (SELECT max(person_name) FROM attendance WHERE person_id = ANY($people)))
    """


def erase(con: Connection, whose: Whose, *, reason: str, actor_id: str | None, role: str | None, at: datetime) -> int:
    """All of it, in a copy that nobody else has open. Returns how many rows and events it changed."""
    given = _given(con, whose)
    needles = _needles(con, given)
    for own in OWN:
        outside.erased(con, own.table, own.where, given)
    changed = sum(_put(con, own, given | {"at": at}) for own in OWN)
    touched, n = _taken_out(con, needles, given)
    told = _own_events(con, whose, needles)
    _rekey(con, touched | told)
    _look_up_anew(con, touched | {*whose.subjects})
    who = (actor_id, role)
    events.append(
        con, *_said(con, whose, needles.out_of(reason, near=True), who, at), *_resealed(con, touched, who, at)
    )
    return changed + n + len(told)


def _given(con: Connection, whose: Whose) -> Row:
    """All ids, and the logins: as they are written, and as their tries are counted."""
    statement = "SELECT login FROM account WHERE id = ANY($accounts)"
    logins = sql.column(con, statement, {"accounts": list(whose.accounts)})
    of_all = vars(whose) | {"subjects": whose.subjects, "logins": [*logins, *map(folded, logins)]}
    return {name: list(ids) for name, ids in of_all.items()}


def _needles(con: Connection, given: Row) -> Needles:
    names, words, near = (_values(con, given, which) - {MARK} for which in ("names", "words", "near"))
    near |= _of_the_hotline(con, given)
    given = given | {"names": list(names), "words": list(words)}
    others = set(sql.column(con, _OTHERS, given))
    wide = {one for one in names if len(one) >= SHORTEST} | {one for one in words if len(one) >= WORDY}
    return Needles(_forms(wide - others), _forms(one for one in names | words | near if _telling(one)))


def _values(con: Connection, given: Row, which: str) -> set[str]:
    """What stands in these columns of their rows."""
    asked = [(own, getattr(own, which)) for own in OWN if getattr(own, which)]
    found = (sql.rows(con, f"SELECT {', '.join(columns)} FROM {own.table} t WHERE {own.where}", given)
             for own, columns in asked)  # fmt: skip
    return {value for rows in found for row in rows for value in row.values() if value}


def _of_the_hotline(con: Connection, given: Row) -> set[str]:
    """Who called it about their cases, its numbers of them, and why they went over, as a file for it has them too."""
    told = sql.column(con, "SELECT detail FROM event WHERE area = 'case' AND subject = ANY($cases)", given)
    stood = sql.column(con, f"SELECT said FROM hotline_line t WHERE {_OF_CASES}", given)
    of_orders = [(json.loads(one).get("order") or {}, ("number", "caller", "phone")) for one in told]
    of_lines = [(json.loads(one), ("order_number", "caller", "phone", "transfer_reason")) for one in stood]
    return {said[name] for said, names in of_orders + of_lines for name in names if said.get(name)} - {MARK}


# What others have, or said, too: it is theirs.
_OTHERS = """
    SELECT unnest(ARRAY[title, text]) FROM cases
    WHERE (title = ANY($words) OR text = ANY($words)) AND NOT id = ANY($cases)
    UNION SELECT unnest(ARRAY[name_zh, name_en, contact_phone]) FROM enterprise
    WHERE (name_zh = ANY($names) OR name_en = ANY($names) OR contact_phone = ANY($names)) AND NOT id = ANY($enterprises)
    """


def _telling(said: str) -> bool:
    """Whether it is long enough to be no word of ours, such as those that a detail calls its parts by."""
    return len(said) >= (SHORTEST + 1 if said.isascii() else 2)


def _forms(said: Iterable[str]) -> tuple[str, ...]:
    """As they stand in text, and in JSON; the longest first, for one may hold another."""
    forms = {form for one in said for form in (one, json.dumps(one)[1:-1], json.dumps(one, ensure_ascii=False)[1:-1])}
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def _put(con: Connection, own: Own, given: Row) -> int:
    sets = ", ".join(f"{column} = {value}" for column, value in own.put.items())
    verb = f"UPDATE {own.table} AS t SET {sets}" if sets else f"DELETE FROM {own.table} AS t"
    return sql.scalar(con, f"{verb} WHERE {own.where}", given)


def _taken_out(con: Connection, needles: Needles, given: Row) -> tuple[set[str], int]:
    """The records of which an event or sealed rows were changed, and how many rows."""
    touched, n, found = set[str](), 0, list(_quotes(con, needles, given))
    quoting = [row["id"] for table, row, _ in found if table == "cases"]
    whole = [one.case_id for one in integrity.seals_of_cases(con, quoting) if one.said == one.stands]
    for table, row, differs in found:
        sets = ", ".join(f"{name} = ${name}" for name in differs)
        new = differs | {"row_place": row["row_place"]}
        sql.run(con, f"UPDATE {table} SET {sets} WHERE {sql.place(con)} = $row_place", new)
        touched |= {row[key] for key in [_TOLD_OF.get(table)] if key}
        n += 1
    _seal_anew(con, whole)
    return touched, n


def _seal_anew(con: Connection, case_ids: Sequence[str]) -> None:
    """What was submitted, as it stands by now."""
    for one in (seal for seal in integrity.seals_of_cases(con, case_ids) if seal.said):
        said = json.loads(sql.scalar(con, "SELECT detail FROM event WHERE n = $n", {"n": one.n}))
        detail = events.canonical(said | {"content": one.stands})
        sql.run(con, "UPDATE event SET detail = $detail WHERE n = $n", {"detail": detail, "n": one.n})


_OWN_ROWS = {own.table: own.where for own in OWN} | {"event": "t.subject = ANY($subjects)"}


def _quotes(
    con: Connection, needles: Needles, given: Row, *, others: bool = False
) -> Iterator[tuple[str, Row, dict[str, str]]]:
    """Of each table the rows that say something of it, and what their columns say without it; `others`: but their
    own."""
    for table, columns in _texts(con).items():
        those = f"NOT coalesce(({_OWN_ROWS[table]}), FALSE)" if others and table in _OWN_ROWS else "TRUE"
        for row in _quoting(con, table, columns, needles, given, those):
            said = {name: value for name, value in row.items() if name in columns and value}
            after = {name: needles.out_of(value, near=row["row_near"]) for name, value in said.items()}
            differs = {name: value for name, value in after.items() if value != said[name]}
            if differs:
                yield table, row, differs


def _texts(con: Connection) -> dict[str, list[str]]:
    """Of each table the columns that hold text; what rows are looked up by is folded anew."""
    found = sql.rows(con, """SELECT table_name, array_agg(CAST(column_name AS VARCHAR)) AS columns
        FROM information_schema.columns WHERE table_schema = current_schema()
          AND lower(data_type) IN ('varchar', 'character varying') AND (table_name <> 'event' OR column_name = 'detail')
          AND (column_name <> 'words' OR NOT table_name = ANY($folded))
        GROUP BY table_name ORDER BY table_name""", {"folded": list(KEPT_WITH)})  # fmt: skip
    return {row["table_name"]: row["columns"] for row in found if row["table_name"] not in _NOT_LOOKED_AT}


def _quoting(
    con: Connection, table: str, columns: Sequence[str], needles: Needles, given: Row, those: str
) -> list[Row]:
    """Rows that are linked with them, or in which something of it begins."""
    linked, found = LINKED.get(table, "FALSE"), dict[Any, Row]()
    whole = f"concat_ws(chr(1), {', '.join(f't.{name}' for name in columns)})"
    heads = sorted({form[:HEAD] for form in needles.wide})
    for start in range(0, max(len(heads), 1), AT_ONCE):
        pattern = "|".join(map(re.escape, heads[start : start + AT_ONCE])) or "a^"
        statement = f"""
            SELECT t.*, t.{sql.place(con)} AS row_place, coalesce({linked}, FALSE) AS row_near FROM {table} t
            WHERE ({linked} OR regexp_matches({whole}, $pattern)) AND {those}
            """
        found |= {row["row_place"]: row for row in sql.rows(con, statement, given | {"pattern": pattern})}
    return list(found.values())


def _own_events(con: Connection, whose: Whose, needles: Needles) -> set[str]:
    """What the history of their own records said. Returns the records of which it said something."""
    touched, rows = set[str](), _own_rows(con, whose)
    statement = "SELECT n, subject, area, kind, detail FROM event WHERE subject = ANY($subjects) ORDER BY n"
    for event in sql.rows(con, statement, {"subjects": list(whose.subjects)}):
        said = json.loads(event["detail"])
        after = said | _instead(event, said, rows.get(event["subject"], {}))
        detail = needles.out_of(events.canonical(after), near=True)
        if detail != event["detail"]:
            sql.run(con, "UPDATE event SET detail = $detail WHERE n = $n", {"detail": detail, "n": event["n"]})
        touched.add(event["subject"])
    _seal_anew(con, whose.cases)
    return touched


def _own_rows(con: Connection, whose: Whose) -> dict[str, Row]:
    """As they stand by now."""
    found: dict[str, Row] = {}
    for table, ids in (("enterprise", whose.enterprises), ("account", whose.accounts), ("cases", whose.cases)):
        found |= {
            row["id"]: row for row in sql.rows(con, f"SELECT * FROM {table} WHERE id = ANY($ids)", {"ids": list(ids)})
        }
    return found


def _instead(event: Row, said: Mapping[str, Any], row: Row) -> Row:
    """What an event says once its words are taken out: of a column what stands there."""
    after: Row = {name: row[name] for name in said if name in _CALLED and name in row}
    if event["kind"] not in OFFICIAL:
        after |= {name: MARK for name in ("text", "note", "reason") if said.get(name)}
    if said.get("files"):  # they are gone, and so is what told one from another
        after["files"] = []
    if said.get("order"):  # who called the hotline, and its number, by which others find them
        after["order"] = {"number": MARK}
    return after


_CALLED = {column for own in OWN if own.table in ("enterprise", "account") for column in own.put}


def _rekey(con: Connection, touched: set[str]) -> None:
    """The keys of before are gone: what was said cannot be guessed against its digests."""
    since = events.revision(con) + 1
    for subject in sorted(touched):
        given = {"subject": subject, "key": secrets.token_hex(32), "since": since}
        sql.run(con, "UPDATE event_key SET key = $key, since = $since WHERE subject = $subject", given)


def _look_up_anew(con: Connection, touched: set[str]) -> None:
    """Also rows of others of which something was taken out."""
    for name in KEPT_WITH:
        for one in sql.column(con, f"SELECT id FROM {name} WHERE id = ANY($ids) ORDER BY id", {"ids": list(touched)}):
            refold.fold(con, (name, one, one))


def _said(con: Connection, whose: Whose, reason: str, who: tuple[str | None, str | None], at: datetime) -> list[Event]:
    """One event for each record with a version of its own."""
    told = []
    for area, ids in (("enterprise", whose.enterprises), ("account", whose.accounts)):
        seqs = sql.pairs(con, f"SELECT id, seq FROM {area} WHERE id = ANY($ids) ORDER BY id", {"ids": list(ids)})
        told += [Event(at, area, "erase", one, seq, *who, detail={"reason": reason, "active": False})
                 for one, seq in seqs.items()]  # fmt: skip
    return told + [Event(at, "forum", "erase", one, 1, *who, detail={"reason": reason}) for one in whose.people]


def _resealed(con: Connection, touched: set[str], who: tuple[str | None, str | None], at: datetime) -> list[Event]:
    """Of a letter, a policy or a file for the hotline what stands there now is sealed again."""
    given = {"ids": sorted(touched)}
    sql.run(con, "UPDATE policy SET seq = seq + 1 WHERE id = ANY($ids)", given)
    policies = sql.pairs(con, "SELECT id, seq FROM policy WHERE id = ANY($ids) ORDER BY id", given)
    letters = sql.column(con, "SELECT id FROM letter WHERE id = ANY($ids) ORDER BY id", given)
    files = sql.column(con, "SELECT id FROM hotline_file WHERE id = ANY($ids) ORDER BY id", given)
    return seals.sealed(
        con,
        *(Event(at, "policy", "erase", one, seq, *who) for one, seq in policies.items()),
        *(Event(at, "letter", "erase", one, 2, *who) for one in letters),
        *(Event(at, "hotline", "erase", one, 2, *who) for one in files),
    )
