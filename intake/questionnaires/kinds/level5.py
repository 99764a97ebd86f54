"""Five levels of satisfaction. The rows of a table share the scale."""

import re
from typing import Any

from db.survey.kinds import LEVELS
from intake.questionnaires.kind import Inferred, Looks, as_it_was
from intake.questionnaires.kinds.choices import as_level, levels_without_value, one_choice, read_choice
from intake.questionnaires.model import Option

# Words of five levels, best first: satisfaction, agreement, fit, change, quality.
_LEVELS = tuple(
    tuple(frozenset(level.split("|")) for level in row.split(","))
    for row in (
        "非常满意|很满意,满意|比较满意,基本满意|一般,不满意|不太满意|比较不满意,非常不满意|很不满意",
        "非常同意|完全同意,同意|比较同意,一般|不确定|中立,不同意|不太同意|比较不同意,非常不同意|完全不同意",
        "非常符合|完全符合,符合|比较符合,一般|不确定,不符合|不太符合|比较不符合,非常不符合|完全不符合",
        "明显改善|明显提升,有所改善|有所提升,基本持平|没有变化,有所下降,明显下降",
        "非常好|很好,好|比较好,一般,差|不太好|比较差,非常差|很差",
    )
)
_RATED = re.compile(r"满意|评价|打分|评分|同意|程度|符合")
_SCORE = re.compile(r"[1-5]")


def levels(values: list[str]) -> tuple[Option, ...]:
    """The five levels that these words are of, in the file's words; () where they are of none."""
    distinct = set(values)
    for family in _LEVELS:
        if len(distinct) > 1 and all(any(value in level for level in family) for value in distinct):
            words = [sorted(level & distinct) for level in family]
            if all(len(found) <= 1 for found in words):
                return tuple(_level(n, found[0] if found else _usual(family[n])) for n, found in enumerate(words))
    return ()


def _usual(level: frozenset[str]) -> str:
    return min(level, key=lambda word: (len(word), word))


def _level(place: int, words: str) -> Option:
    return Option(words, "", f"l{5 - place}", value=100 - 25 * place)


def scores() -> tuple[Option, ...]:
    """5 is best: what a scale of one to five means is confirmed by a person."""
    return tuple(Option(str(5 - n), str(5 - n), f"l{5 - n}", value=100 - 25 * n) for n in range(5))


def _in_words(_words: str, values: list[str], _numbered: bool) -> dict[str, object] | None:
    return {"words": "、".join(sorted(set(values))[:5])} if levels(values) else None


def _in_numbers(words: str, values: list[str], _numbered: bool) -> dict[str, object] | None:
    small = all(re.fullmatch(r"0*[1-5](\.0+)?", value) for value in values)
    numbers = [float(value) for value in values] if small else []
    return {"low": f"{min(numbers):g}", "high": f"{max(numbers):g}"} if numbers and _RATED.search(words) else None


def _made(values: list[str]) -> dict[str, Any]:
    return {"options": levels(values) or scores()}


LEVEL5 = one_choice(
    LEVELS, stored=as_level, wrong=levels_without_value, scale=LEVELS, down=True, mixes=False, start={}, select="",
    foreign=Inferred((Looks(30, "levels", _in_words), Looks(50, "scores", _in_numbers)),
                    lambda value: bool(_SCORE.fullmatch(value)), _made, as_it_was, read_choice),
    results="index",
)  # fmt: skip
