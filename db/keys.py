"""Answers that wait for their wave's end are sealed, each wave's under its own key, which lies in a file beside the
store: whoever has the store, its journal or an old backup without that file reads none of them, and nobody does once
the key is destroyed (docs/decisions/0025).
"""

import base64
import hashlib
import json
import os
import secrets
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.journal import on_disk
from db.sql import Connection
from db.system.backups import beside, store_of

LINKS = "links"  # not of a wave, but of the links on walls (db.people.wall_tokens): it is never destroyed
_NONCE = 12  # bytes


class Unreadable(ValueError):
    """What was sealed does not open: another key, or somebody changed it."""


def path_beside(store: Path) -> Path:
    return Path(f"{store}.keys")


def of(con: Connection, wave_id: str) -> bytes | None:
    """The wave's key, while there is one."""
    found = _read(path_beside(store_of(con))).get(wave_id)
    return bytes.fromhex(found) if found else None


def made(con: Connection, wave_id: str) -> bytes:
    """The wave's key, on the disk before anything is sealed with it."""
    path = path_beside(store_of(con))
    known = _read(path)
    if wave_id not in known:
        known[wave_id] = secrets.token_hex(32)
        _write(path, known)
    return bytes.fromhex(known[wave_id])


def held(con: Connection) -> set[str]:
    """The waves that have a key."""
    return set(_read(path_beside(store_of(con)))) - {LINKS}


def destroy(con: Connection, wave_ids: set[str]) -> None:
    """Nobody opens any more what these keys sealed, not in the backups that lie here either."""
    for path in (path_beside(store_of(con)), *beside(con).glob("*.keys")):
        known = _read(path)
        if wave_ids & known.keys():
            _write(path, {wave: key for wave, key in known.items() if wave not in wave_ids})


def carry(store: Path, copy: Path) -> None:
    """Lay the keys of a store beside its copy, those that lie there kept."""
    known = _read(path_beside(store))
    there = _read(path_beside(copy))
    if known.keys() - there.keys():
        _write(path_beside(copy), known | there)


def sealed(key: bytes, about: str, content: object, *, step: int) -> str:
    """`content` as nobody reads it without the key, in a length that says little of it: a multiple of `step`. It opens
    for what it is `about` alone."""
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    nonce = secrets.token_bytes(_NONCE)
    padded = plain.ljust(-(-len(plain) // step) * step)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, padded, about.encode())).decode()


def opened(key: bytes | None, about: str, content: str) -> Any:  # noqa: ANN401
    """Raises Unreadable."""
    whole = base64.b64decode(content)
    try:
        return json.loads(AESGCM(key or bytes(32)).decrypt(whole[:_NONCE], whole[_NONCE:], about.encode()))
    except (InvalidTag, ValueError) as error:
        raise Unreadable(about) from error


def key_from(code: str) -> bytes:
    """The key that a code of 79 random bits or more stands for."""
    return hashlib.sha256(f"face-to-face/own-copy/{code}".encode()).digest()


def _read(path: Path) -> dict[str, str]:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _write(path: Path, known: dict[str, str]) -> None:
    fresh = Path(f"{path}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(known, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    on_disk(path.parent)
