"""Who has answered, and what they answered, sealed, until the last correction of their wave (docs/decisions/0025)."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from db import keys, sql
from db.sql import Connection, Row

STEP = 2048  # a sealed answer sheet is so many characters long, or twice so many …
FEWEST, MOST = 100_000_000, 999_999_999  # receipts' numbers: nobody counts answers by them, or tells who came next


@dataclass(frozen=True)
class Participation:
    """That somebody answered, when, how and under which notice, never what; `number` is the receipt's.

    `source` is link, account, open or paper. By an open link somebody answers for no enterprise: `enterprise_id` is
    None and a code that was not declared is empty. `address_hash` is equal for one address on one day, and goes when
    the wave's answers stand by themselves. `sealed` is the digest of what was sealed.
    """

    id: str
    number: int
    wave_id: str
    enterprise_id: str | None
    sector_code: str
    town_code: str
    size: str
    notice_version: int
    submitted_at: datetime
    source: str = "link"
    open_link_id: str | None = None
    address_hash: str | None = None
    sealed: str | None = None


@dataclass(frozen=True)
class AnswerSheet:
    """What is sealed. `answers` are rows of item, value, choice and text; `typed` is a paper form as it was keyed."""

    language: str
    started_at: datetime | None
    answers: Sequence[Row]
    typed: dict[str, Any] = field(default_factory=dict)


def cast(con: Connection, came: Sequence[tuple[Participation, AnswerSheet]]) -> list[Participation]:
    """Keep that they answered, and what, sealed. They come back with the digest of that."""
    key_of = {wave_id: keys.made(con, wave_id) for wave_id in {one.wave_id for one, _ in came}}
    content = {one.id: _sealed(key_of[one.wave_id], one, sheet) for one, sheet in came}
    made = [replace(one, sealed=_digest(content[one.id])) for one, _ in came]
    sql.insert_many(con, "participation", made)
    sql.insert_many(con, "ballot", [{"id": p.id, "wave_id": p.wave_id, "content": content[p.id]} for p in made])
    return made


def recast(con: Connection, one: Participation, sheet: AnswerSheet) -> Participation:
    """The same with other answers: a slip of the keying was found."""
    content = _sealed(keys.made(con, one.wave_id), one, sheet)
    made = replace(one, sealed=_digest(content))
    sql.run(con, "UPDATE participation SET sealed = $sealed WHERE id = $id", vars(made))
    sql.run(con, "UPDATE ballot SET content = $content WHERE id = $id", {"id": one.id, "content": content})
    return made


def sheet_of(con: Connection, one: Participation) -> AnswerSheet:
    """Raises keys.Unreadable where it stands by itself by now, or its key is not there."""
    content = sql.scalar(con, "SELECT content FROM ballot WHERE id = $id", {"id": one.id})
    return sheet_in(keys.of(con, one.wave_id), one.id, content or "")


def sheet_in(key: bytes | None, participation_id: str, content: str) -> AnswerSheet:
    told = keys.opened(key, participation_id, content)
    began = datetime.fromisoformat(told["started_at"]) if told["started_at"] else None
    return AnswerSheet(told["language"], began, told["answers"], told["typed"])


def fresh_numbers(con: Connection, n: int) -> list[int]:
    """So many receipts' numbers that nobody has."""
    drawn = set[int]()
    while len(drawn) < n:
        more = {FEWEST + secrets.randbelow(MOST - FEWEST + 1) for _ in range(n - len(drawn))}
        drawn |= more - set(
            sql.column(con, "SELECT number FROM participation WHERE number = ANY($more)", {"more": list(more)})
        )
    return list(drawn)


def these(con: Connection, ids: Sequence[str]) -> dict[str, Participation]:
    found = sql.fetch(con, Participation, "SELECT * FROM participation WHERE id = ANY($ids)", {"ids": list(ids)})
    return {one.id: one for one in found}


def participation(con: Connection, participation_id: str) -> Participation | None:
    return these(con, [participation_id]).get(participation_id)


def participation_of(con: Connection, *, wave_id: str, enterprise_id: str) -> Participation | None:
    """The enterprise's in this wave: there is one at most."""
    statement = "SELECT * FROM participation WHERE wave_id = $wave_id AND enterprise_id = $enterprise_id"
    return sql.first(con, Participation, statement, {"wave_id": wave_id, "enterprise_id": enterprise_id})


def answered(con: Connection, *, wave_id: str, enterprise_ids: Sequence[str]) -> set[str]:
    """Those of them that have answered in this wave."""
    statement = "SELECT enterprise_id FROM participation WHERE wave_id = $wave_id AND enterprise_id = ANY($ids)"
    return set(sql.column(con, statement, {"wave_id": wave_id, "ids": list(enterprise_ids)}))


_COUNTED = {"sector": "sector_code", "town": "town_code", "size": "size"}


def counts(con: Connection, wave_id: str, by: str) -> dict[str, int]:
    """Of a wave's answers by 'sector', 'town' or 'size', most first: how many, never what."""
    column = _COUNTED[by]
    statement = f"""
        SELECT {column} AS code, count(*) AS n FROM participation WHERE wave_id = $id
        GROUP BY {column} ORDER BY count(*) DESC, {column}
        """
    return sql.pairs(con, statement, {"id": wave_id})


def keep_copies(con: Connection, content_of: Mapping[str, object]) -> None:
    """The holders' own, each under its code: nothing says whose it is or of which answers."""
    sql.insert_many(con, "own_copy", [
        {"locator": _locator(code), "content": keys.sealed(keys.key_from(code), "", content, step=STEP)}
        for code, content in content_of.items()
    ])  # fmt: skip


def copy_of(con: Connection, code: str) -> Any:  # noqa: ANN401
    """What the code opens; None where it opens nothing."""
    statement = "SELECT content FROM own_copy WHERE locator = $locator"
    content = sql.scalar(con, statement, {"locator": _locator(code)})
    return keys.opened(keys.key_from(code), "", content) if content else None


def has_copy(con: Connection, code: str) -> bool:
    return bool(sql.scalar(con, "SELECT count(*) FROM own_copy WHERE locator = $locator", {"locator": _locator(code)}))


def _locator(code: str) -> str:
    return hashlib.sha256(keys.key_from(code)).hexdigest()


def _sealed(key: bytes, one: Participation, sheet: AnswerSheet) -> str:
    began = sheet.started_at.isoformat() if sheet.started_at else None
    told = vars(sheet) | {"started_at": began, "answers": list(sheet.answers)}
    return keys.sealed(key, one.id, told, step=STEP)


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()
