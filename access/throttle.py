"""Tries to come in: each is counted in the transaction that lets it be made, so that many at once get no more.

Who fails too often under one name, or from one address, waits. A password is guessed under its name from anywhere; a
receipt's code is not guessed at all, so whoever fails at a case shuts their own address out of it and nobody else's.
A hall or an office is one address: what others of it get wrong shuts out neither who has a link that is right, which
nobody guesses, nor who came in from there before under that name.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import uuid4

from db.people import accounts
from db.people.accounts import SignIn
from db.refused import Refused
from db.sql import Connection
from db.store import Store

T = TypeVar("T")

WINDOW = timedelta(minutes=15)
MOST_UNDER_NAME = 5
MOST_FROM_ADDRESS = 30
NAME_OF_ONE_ADDRESS = frozenset({"follow"})  # ways whose names are counted for each address apart


@dataclass(frozen=True)
class Try:
    """One attempt: `way` as in `sign_in`, `name` what it is made under ('' where the secret alone counts);
    a login is counted in small letters, as it is looked for."""

    way: str
    name: str
    address: str
    at: datetime


def decided(store: Store, tried: Try, find: Callable[[Connection], T | None], *, wrong: str) -> T:
    """What `find` gives, asked for in the transaction that counts; None is a wrong try. For secrets that are looked up.

    Raises Refused(`wrong` | 'too_many_tries').
    """

    def decide(con: Connection) -> T | Refused:
        over = _over(con, tried)
        found = None if over and tried.name else find(con)
        if found is None:
            noted(con, tried, "throttled" if over else "refused")
            return _too_many() if over else Refused(wrong)
        return found

    found = store.write(decide)
    if isinstance(found, Refused):  # returned, not raised: what was kept stays
        raise found
    return found


def reserved(store: Store, tried: Try) -> SignIn:
    """For a secret that is slow to compare: the try counts as wrong until it is `accepted`. Raises
    Refused('too_many_tries')."""

    def reserve(con: Connection) -> SignIn:
        return noted(con, tried, "throttled" if _over(con, tried) else "refused")

    attempt = store.write(reserve)
    if attempt.outcome == "throttled":
        raise _too_many()
    return attempt


def accepted(con: Connection, attempt: SignIn) -> None:
    """The try was right after all."""
    accounts.decide_sign_in(con, replace(attempt, outcome="accepted"))


def _over(con: Connection, tried: Try) -> bool:
    found = accounts.refusals_since(con, way=tried.way, name=tried.name, address=tried.address, since=tried.at - WINDOW)
    under_name = found.both if tried.way in NAME_OF_ONE_ADDRESS else found.under_name
    if tried.name and under_name >= MOST_UNDER_NAME:
        return True
    return found.from_address >= MOST_FROM_ADDRESS and not _came_from_there(con, tried)


def _came_from_there(con: Connection, tried: Try) -> bool:
    known = tried.name and tried.way not in NAME_OF_ONE_ADDRESS
    return bool(known) and accounts.came_in(con, way=tried.way, name=tried.name, address=tried.address)


def noted(con: Connection, tried: Try, outcome: str) -> SignIn:
    attempt = SignIn(str(uuid4()), tried.at, tried.way, tried.name, tried.address, outcome)
    accounts.note_sign_in(con, attempt)
    return attempt


def _too_many() -> Refused:
    return Refused("too_many_tries", minutes=int(WINDOW.total_seconds() // 60))
