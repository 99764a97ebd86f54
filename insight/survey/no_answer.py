"""Codes of a survey file that stand for no answer: what the file itself labels so, and what only looks like it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from insight.frames import Column

# What code books call an answer that was not given. A label is one of these from end to end, or several of them:
# 'Missing documents' and 'Don't know where to apply' are answers.
_WORDS = (
    r"(?:do(?:es)?(?: not|n['’]?t) know|d\.?k\.?|unknown|not known|can(?:not|['’]t) say"
    r"|refus(?:ed|al|es)(?: to answer)?|declined(?: to answer)?|prefers? not to (?:answer|say)|not answered"
    r"|no (?:answer|response|reply)|non[- ]?response|(?:not|in)[- ]?applicable|(?:does|do)(?: not|n['’]t) apply"
    r"|n\.?/?a\.?|not (?:asked|stated|ascertained|available)|(?:system |user )?missing|skip(?:ped)?|spontaneous"
    r"|不知道|不清楚|不了解|不适用|不详|不便回答|不想回答|不愿回答|拒答|拒绝回答|未回答|未答|未作答|无回答|没有回答|没回答"
    r"|无应答|缺失|缺失值|漏答|跳答|跳过|未问|说不清|说不清楚|无法回答)"
)
_BETWEEN = r"\s*(?:[/,;、，；()（）\[\]-]|\bor\b|\band\b|或|和)\s*"
_NO_ANSWER = re.compile(rf"[\s\d.:=+()（）\[\]-]*{_WORDS}(?:{_BETWEEN}{_WORDS}?)*[\s.。)）\]]*", re.IGNORECASE)
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
