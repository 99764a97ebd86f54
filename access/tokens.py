"""Random secrets that a person carries; the store keeps only their hashes."""

import hashlib
import hmac
import secrets

_READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L: the code may be copied from paper


def new_token() -> str:
    """256 random bits, for a cookie or a link."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """A receipt's code of 16 characters (79 bits) that a person can copy."""
    return "".join(secrets.choice(_READABLE) for _ in range(16))


def code_for(mark: str, subject: str) -> str:
    """The code of a receipt that one browser can have again: it follows from the mark in its cookie, which is kept
    nowhere else."""
    number = int.from_bytes(hmac.new(mark.encode(), subject.encode(), hashlib.sha256).digest(), "big")
    return "".join(_READABLE[number // len(_READABLE) ** place % len(_READABLE)] for place in range(16))


def hashed(token: str) -> str:
    """SHA-256: enough for a secret that nobody chose."""
    return hashlib.sha256(token.encode()).hexdigest()
