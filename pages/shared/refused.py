"""Which fields of the house's forms have to be filled, and of which a refusal speaks: fields.toml."""

import tomllib
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

import streamlit as st

from db.refused import Refused
from pages.shared import lead
from pages.shared.plain import why

_TOLD = tomllib.loads(Path(__file__).with_name("fields.toml").read_text(encoding="utf-8"))
NEEDED: dict[str, list[str]] = _TOLD["needed"]
FIELDS: dict[str, list[str]] = {
    code: NEEDED.get(code, []) + _TOLD["others"].get(code, []) for code in NEEDED | _TOLD["others"]
}
_LONG: dict[str, list[str]] = _TOLD["too_long"]
FIELDS["too_long"] = [key for keys in _LONG.values() for key in keys]

_HOUSE = sorted({key for keys in NEEDED.values() for key in keys})


def tell(refusal: Refused) -> None:
    """Beside the form, all that is wrong with it, each with a way to the fields that it speaks of."""
    lead.refused([(why(one), _spoken_of(one)) for one in refusal.each])


def mark_needed() -> None:
    """Once on each page of who is signed in: its forms and dialogs come and go."""
    lead.needed("house", _HOUSE)


def _spoken_of(refusal: Refused) -> list[str]:
    """Those that are empty, else all of them; of what may be too long, what is longer than it may be."""
    if refusal.code == "too_long":
        keys, most = _LONG[str(refusal.facts.get("field", "any"))], int(str(refusal.facts["most"]))
        return [key for key in _there(keys) if len(str(st.session_state[key])) > most]
    there = _there(FIELDS.get(refusal.code, ()))
    return [key for key in there if not _filled(st.session_state[key])] or there


def _there(keys: Iterable[str]) -> list[str]:
    known = [str(key) for key in st.session_state]
    return list(dict.fromkeys(one for key in keys for one in known if fnmatchcase(one, key)))


def _filled(value: object) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)
