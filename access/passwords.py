"""Passwords: argon2id, a few at a time, so that a rush of sign-ins cannot take all memory."""

import threading

from pwdlib import PasswordHash

from db.refused import Refused

_HASHER = PasswordHash.recommended()
_GATE = threading.BoundedSemaphore(4)
_NOBODY = _HASHER.hash("the account that does not exist")  # an unknown name costs as long as a known one

SHORTEST = 10


def hash_password(password: str) -> str:
    """Raises Refused('password_too_short')."""
    check_length(password)
    with _GATE:
        return _HASHER.hash(password)


def check_length(password: str) -> None:
    """Raises Refused('password_too_short')."""
    if len(password) < SHORTEST:
        raise Refused("password_too_short", shortest=SHORTEST)


def matches(password: str, password_hash: str | None) -> bool:
    with _GATE:
        return _HASHER.verify(password, password_hash or _NOBODY) and password_hash is not None
