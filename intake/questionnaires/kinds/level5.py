"""Five levels of satisfaction. The rows of a table share the scale."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from db.survey.kinds import LEVELS
from intake.questionnaires.kind import Inferred, Looks, as_it_was
from intake.questionnaires.kinds.choices import as_level, levels_without_value, one_choice, read_choice
from intake.questionnaires.model import Option
from intake.questionnaires.scale_words import by_number, ends_said, falls, levels_said, number_said

_RATED = re.compile(r"满意|评价|打分|评分|同意|程度|符合")
_SCORE = re.compile(r"[1-5]\s*分?")


def levels(values: Sequence[str]) -> tuple[Option, ...]:
    """The five levels that these words are of, in the file's words; () where they are of none."""
    return _levels(levels_said(values))


def _levels(words: Sequence[str]) -> tuple[Option, ...]:
    return tuple(Option(said, "", f"l{5 - n}", value=100 - 25 * n) for n, said in enumerate(words))


def turned(options: Sequence[Option]) -> tuple[Option, ...]:
    """The same scale with its other end as the best."""
    return tuple(replace(one, value=None if one.value is None else 100 - one.value) for one in reversed(options))


def scores() -> tuple[Option, ...]:
    """5 is best: what a scale of one to five means is confirmed by a person."""
    return tuple(Option(str(5 - n), str(5 - n), f"l{5 - n}", value=100 - 25 * n) for n in range(5))


def _in_words(_words: str, values: list[str], _numbered: bool) -> dict[str, object] | None:
    return {"words": "、".join(sorted(set(values))[:5])} if levels(values) else None


def _in_numbers(words: str, values: list[str], _numbered: bool) -> dict[str, object] | None:
    small = all(re.fullmatch(r"0*[1-5](\.0+)?", value) for value in values)
    numbers = [float(value) for value in values] if small else []
    return {"low": f"{min(numbers):g}", "high": f"{max(numbers):g}"} if numbers and _RATED.search(words) else None


def _as_said(words: str, values: list[str], _numbered: bool) -> dict[str, object] | None:
    """Numbers of which the heading says what 1 and 5 mean; `turned` where 1 is the best."""
    ends = ends_said(words)
    if ends is None or not all(_SCORE.fullmatch(value) for value in values):
        return None
    return {"one": ends[0], "five": ends[1], "turned": falls(*ends)}


def _made(values: list[str]) -> dict[str, Any]:
    return {"options": levels(values) or _levels(by_number(values)) or scores()}


LEVEL5 = one_choice(
    LEVELS, stored=as_level, wrong=levels_without_value, scale=LEVELS, down=True, mixes=False, start={}, select="",
    foreign=Inferred((Looks(30, "levels", _in_words), Looks(35, "ends", _as_said),
                     Looks(50, "scores", _in_numbers)),
                    lambda value: number_said(value) is not None, _made, as_it_was, read_choice),
    results="index",
)  # fmt: skip
