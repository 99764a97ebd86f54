"""What a translator works on: every text of a language as one file, and what a language's texts still lack."""

import json
import re
from collections.abc import Iterator
from string import Formatter

from i18n import MAIN, catalogue

_FREE = {"n", "unit"}  # facts that one language may say and another not: a plural's count, a unit
_BARE = re.compile(r"[\w-]+", re.ASCII)


def texts(language: str) -> str:
    """TOML: a line a text, with the whole key, as a language's folder may hold it."""
    return "".join(f"{_key(key)} = {_value(entry[language])}\n" for key, entry in catalogue().items())


def gaps(language: str) -> list[str]:
    """Keys without a text, and texts that have no form for any count or leave out or invent a fact."""
    return [f"{key}: {said}" for key, entry in catalogue().items() for said in _wrong(entry, language)]


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
