"""Tokens of the links that hang on walls. The store has their digests alone; what staff are shown again follows from
the link's id and a key that lies in the file of keys beside the store."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from typing import Protocol

from db import keys
from db.keys import LINKS
from db.sql import Connection, Row

LENGTH = 22  # characters: 132 bits, in a code that a camera reads across a room


class WallLink(Protocol):
    """`token` is '' where nobody here can say it: the link is older than this, or its key is lost."""

    @property
    def id(self) -> str: ...
    @property
    def token(self) -> str: ...


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def made(con: Connection, link_id: str) -> str:
    """A new link's."""
    return _of(keys.made(con, LINKS), link_id)


def kept(link: WallLink) -> Row:
    """The link as it is written."""
    row = {**vars(link), "token_hash": digest(link.token)}
    del row["token"]
    return row


def said(con: Connection, rows: Sequence[Row]) -> list[Row]:
    """The rows with the token in their digest's place."""
    key = keys.of(con, LINKS) if rows else None
    return [_with_token(key, row) for row in rows]


def _with_token(key: bytes | None, row: Row) -> Row:
    token = _of(key, row["id"]) if key else ""
    rest = {name: value for name, value in row.items() if name != "token_hash"}
    return {**rest, "token": token if digest(token) == row["token_hash"] else ""}


def _of(key: bytes, link_id: str) -> str:
    return base64.urlsafe_b64encode(hmac.digest(key, link_id.encode(), "sha256")).decode()[:LENGTH]
