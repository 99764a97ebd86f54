"""Codes of a survey file that stand for no answer: what the file itself labels so, and what only looks like it."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from insight.frames import Column

_WORDS = tomllib.loads(Path(__file__).with_name("no_answer.toml").read_text(encoding="utf-8"))
_ONE = f"(?:{'|'.join(_WORDS['said'])})"
# A label is one of these from end to end, or several: 'Missing documents' and 'Don't know where to apply' are answers.
_NO_ANSWER = re.compile(f"{_WORDS['before']}{_ONE}(?:{_WORDS['between']}(?:{_ONE})?)*{_WORDS['behind']}", re.IGNORECASE)
_BELOW_0 = re.compile(r"-(?:[1-9]|([6-9])\1{1,4}|9+[5-8])")
_ABOVE = re.compile(r"([7-9])\1{0,4}|9+[5-8]")
_END_OF_BALANCE = 5  # of a scale that goes as far below 0 as above
_MOST = 6  # codes for no answer that one question has


def says_none(label: str) -> bool:
    return _NO_ANSWER.fullmatch(label) is not None


def labelled(labels: Mapping[Any, str]) -> dict[Any, str]:
    """The codes that a file's own labels call no answer."""
    return {code: words for code, words in labels.items() if says_none(str(words))}


def suspect(column: Column) -> list[object]:
    """Values that look like such codes, though no label says so: words; -9 where nothing else is below 0; 99 where the
    others end at 10. It is for a person to say what they are."""
    values = sorted(column.dropna().unique(), key=lambda value: (isinstance(value, str), value))
    words = [value for value in values if isinstance(value, str) and says_none(value)]
    numbers = [float(value) for value in values if not isinstance(value, str) and np.isfinite(value)]
    return [*_below(numbers), *_above([x for x in numbers if x >= 0]), *words]


def _below(numbers: Sequence[float]) -> list[float]:
    """Nothing else may be below 0, as a change or a profit is; and a scale from -2 to 2 has no codes."""
    found = [x for x in numbers if x < 0]
    if found and max(numbers) == -found[0] <= _END_OF_BALANCE:
        return []
    return found if len(found) <= _MOST and all(_BELOW_0.fullmatch(f"{x:.15g}") for x in found) else []


def _above(numbers: Sequence[float]) -> list[float]:
    """Codes at the upper end, far from all others: 8 and 9 on a scale to 5, 99 on one to 10, 999 beside percentages."""
    found = list[float]()
    rest = list(numbers)
    while rest and len(found) < _MOST and _ABOVE.fullmatch(f"{rest[-1]:.15g}"):
        found.insert(0, rest.pop())
    return found if found and rest and rest[-1] <= _end_of_scale(found[0]) else []


def _end_of_scale(code: float) -> float:
    digits = len(f"{code:.15g}")
    return 5 if digits == 1 else 10 ** (digits - 1)
