"""Links for walls: many answer by one, each browser once, so many a day and from one address."""

import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from db import clock, sql
from db.people import wall_tokens
from db.refused import Refused
from db.sql import Connection


@dataclass(frozen=True)
class OpenLink:
    """`per_address` and `per_day` are how many answers it takes on one day of Shanghai's calendar."""

    id: str
    token: str
    wave_id: str
    forum_id: str | None
    per_address: int
    per_day: int
    created_at: datetime
    revoked_at: datetime | None


def add(con: Connection, link: OpenLink) -> None:
    sql.insert(con, "open_link", wall_tokens.kept(link))


def by_id(con: Connection, link_id: str) -> OpenLink | None:
    return next(iter(_found(con, "id = $id", id=link_id)), None)


def by_token(con: Connection, token: str) -> OpenLink | None:
    return next(iter(_found(con, "token_hash = $hash", hash=wall_tokens.digest(token))), None)


def live(con: Connection, wave_id: str) -> list[OpenLink]:
    """Those of a wave that were not taken back, oldest first."""
    return _found(con, "wave_id = $wave_id AND revoked_at IS NULL", wave_id=wave_id)


def _found(con: Connection, where: str, **asked: str) -> list[OpenLink]:
    found = sql.rows(con, f"SELECT * FROM open_link WHERE {where} ORDER BY created_at, id", asked)
    return [OpenLink(**row) for row in wall_tokens.said(con, found)]


def revoke(con: Connection, link_id: str, at: datetime) -> None:
    statement = "UPDATE open_link SET revoked_at = $revoked_at WHERE id = $id AND revoked_at IS NULL"
    sql.run(con, statement, {"id": link_id, "revoked_at": at})


def answers_by(con: Connection, link_id: str, *, since: datetime) -> int:
    statement = "SELECT count(*) FROM participation WHERE open_link_id = $id AND submitted_at >= $since"
    return sql.scalar(con, statement, {"id": link_id, "since": since})


def response_id(actor_id: str) -> str:
    """Of the one answer that a browser can give in a wave: the id follows from who it is."""
    return str(uuid5(NAMESPACE_URL, f"face-to-face/{actor_id}"))


def answered(con: Connection, actor_id: str) -> bool:
    return sql.scalar(con, "SELECT count(*) FROM participation WHERE id = $id", {"id": response_id(actor_id)}) > 0


@dataclass
class RoomLeft:
    """How many answers more a link takes today, and how many there are by address."""

    per_address: int
    left: int
    here: Counter[str]

    def take(self, address_hash: str | None) -> None:
        """Raises Refused('open_full_today' | 'open_full_here') where the day's limit is reached."""
        if self.left < 1:
            raise Refused("open_full_today")
        if self.here[address_hash or ""] >= self.per_address:
            raise Refused("open_full_here", most=self.per_address)
        self.left -= 1
        self.here[address_hash or ""] += 1


def room(con: Connection, link: OpenLink, address_hashes: Collection[str | None], *, at: datetime) -> RoomLeft:
    since = clock.start_of_day(clock.day_of(at))
    statement = """
        SELECT address_hash, count(*) FROM participation
        WHERE wave_id = $wave_id AND source = 'open' AND address_hash = ANY($hashes) AND submitted_at >= $since
        GROUP BY address_hash
        """
    given = {"wave_id": link.wave_id, "hashes": [one or "" for one in address_hashes], "since": since}
    here = Counter[str](sql.pairs(con, statement, given))
    return RoomLeft(link.per_address, link.per_day - answers_by(con, link.id, since=since), here)


def address_hash(con: Connection, address: str, *, at: datetime) -> str:
    """The address under the day's key. The key of earlier days is destroyed here: their hashes lead nowhere."""
    today = clock.day_of(at)
    key = sql.scalar(con, "SELECT key FROM address_key WHERE day = $day", {"day": today})
    if key is None:
        key = secrets.token_hex(32)
        sql.run(con, "DELETE FROM address_key WHERE day < $day", {"day": today})
        sql.insert(con, "address_key", {"day": today, "key": key})
    return hmac.new(bytes.fromhex(key), address.encode(), hashlib.sha256).hexdigest()
