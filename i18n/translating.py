"""What a translator works on: the texts of a language as one file, and what a language's texts still lack."""

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from string import Formatter

from i18n import LANGUAGES, MAIN, Entry, catalogue

_FREE = {"n", "unit"}  # facts that one language may say and another not: a plural's count, a unit
_BARE = re.compile(r"[\w-]+", re.ASCII)


def texts(language: str, *, part: bool = False) -> str:
    """TOML: a line a text, with the whole key, as a language's folder may hold it; `part` of what a language in part
    has."""
    found = enterprises() if part else catalogue()
    return "".join(f"{_key(key)} = {_value(entry[language])}\n" for key, entry in found.items())


def gaps(language: str) -> list[str]:
    """Keys without a text, and texts that have no form for any count or leave out or invent a fact."""
    found = enterprises() if LANGUAGES[language].otherwise else catalogue()
    return [f"{key}: {said}" for key, entry in found.items() for said in _wrong(entry, language)]


def enterprises() -> dict[str, Entry]:
    """What the enterprise's pages say, which a language in part has (`enterprise.txt`)."""
    lines = Path(__file__).with_name("enterprise.txt").read_text(encoding="utf-8").splitlines()
    known = [line for line in lines if line and not line.startswith("#")]
    return {key: entry for key, entry in catalogue().items() if any(fnmatchcase(key, one) for one in known)}


def _wrong(entry: dict[str, str | dict[str, str]], language: str) -> Iterator[str]:
    found = entry.get(language, "")
    if not all(form.strip() for form in _forms(found)):
        yield "no text"
    elif isinstance(found, dict) and "other" not in found:
        yield "no form 'other'"
    elif differs := (_facts(found) ^ _facts(entry[MAIN])) - _FREE:
        yield f"not in both: {', '.join(sorted(differs))}"


def _forms(entry: str | dict[str, str]) -> list[str]:
    return list(entry.values()) if isinstance(entry, dict) else [entry]


def _facts(entry: str | dict[str, str]) -> set[str]:
    return {name for form in _forms(entry) for _, name, _, _ in Formatter().parse(form) if name}


def _key(key: str) -> str:
    return ".".join(part if _BARE.fullmatch(part) else json.dumps(part, ensure_ascii=False) for part in key.split("."))


def _value(entry: str | dict[str, str]) -> str:
    """A text of JSON is one of TOML too."""
    if isinstance(entry, str):
        return json.dumps(entry, ensure_ascii=False)
    return f"{{ {', '.join(f'{form} = {_value(said)}' for form, said in entry.items())} }}"
