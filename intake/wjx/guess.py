"""What a question of a result file seems to be, from its words and its answers; the evidence is said."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from intake.questionnaires.model import Option

SEPARATOR = "┋"
ARROW = "→"
MOST_OPTIONS = 30
MOST_WORDS = 40  # characters of a choice
NOT_TICKED = "0"
_TYPE = re.compile(r"\s*[\[【(（](?:单选|多选|填空|矩阵|排序|量表|打分|评分|下拉|简答)[^\])】）]*[\]】)）]")
_OTHER = re.compile(r"^(.*?)〖(.*)〗$", re.DOTALL)
_DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
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
_LIKELY = re.compile(r"推荐|可能性|0\s*[-–~～至]\s*10")


@dataclass(frozen=True)
class Guess:
    """What a question seems to be, and why: `evidence` is the end of a `wjx.…` text with its facts."""

    code: str
    kind: str
    evidence: str
    facts: Mapping[str, object]


def said(words: str) -> str:
    """A heading without the name of its type, '[多选题]'."""
    return _TYPE.sub("", words).strip() or words


def is_tick(value: str, part: str) -> bool:
    """Whether a cell can be that of one choice among several columns."""
    return value in (NOT_TICKED, "1") or named(value)[0] == part


def are_ranks(columns: Sequence[Sequence[str]]) -> bool:
    """Whether every answer sheet gives each column another place, 1 to as many as there are."""
    places = {str(n) for n in range(1, len(columns) + 1)}
    sheets = [[value for value in row if value] for row in zip(*columns, strict=True)]
    return len(columns) > 2 and all(len(set(row)) == len(row) and set(row) <= places for row in sheets)


def guessed(words: str, values: list[str], *, numbered: bool = False) -> tuple[str, str, dict[str, object]]:
    """`numbered`: the file says choices by their number, so that a small number need not count anything."""
    distinct = sorted(set(values))
    if not values:
        return "text", "nothing", {}
    if any(SEPARATOR in value for value in values):
        return "multiple", "separator", {"n": sum(SEPARATOR in value for value in values)}
    if "多选" in words:
        return "multiple", "said", {}
    if sum(ARROW in value for value in values) * 2 > len(values):
        return "text", "rank", {}
    if levels(values):
        return "level5", "levels", {"words": "、".join(distinct[:5])}
    if numbered and fits("number", values) and _may_be_choices(words, values):
        return "single", "numbered", {"n": len(distinct)}
    if fits("number", values):
        return _numbers(words, [float(value) for value in values])
    if fits("date", values):
        return "date", "dates", {}
    names = {named(value)[0] for value in values}
    few = len(names) <= 2 or (len(names) <= 15 and len(names) * 3 <= len(values))
    if few and len(names) <= MOST_OPTIONS and max(map(len, names)) <= MOST_WORDS:
        return "single", "few", {"n": len(names), "of": len(values)}
    return "text", "many", {"n": len(names), "of": len(values)}


def _numbers(words: str, numbers: list[float]) -> tuple[str, str, dict[str, object]]:
    low, high = f"{min(numbers):g}", f"{max(numbers):g}"
    whole = all(number.is_integer() for number in numbers)
    if whole and min(numbers) >= 1 and max(numbers) <= 5 and _RATED.search(words):
        return "level5", "scores", {"low": low, "high": high}
    if whole and min(numbers) >= 0 and max(numbers) <= 10 and _LIKELY.search(words):
        return "scale10", "likely", {"low": low, "high": high}
    return "number", "numbers", {"low": low, "high": high}


def _may_be_choices(words: str, values: list[str]) -> bool:
    small = {value for value in values if re.fullmatch(r"[1-9]|1\d|20", value)}
    return small == set(values) and (len(small) <= 2 or len(small) * 3 <= len(values)) and not _LIKELY.search(words)


def fits(kind: str, values: list[str]) -> bool:
    """Whether every value can be one of this kind."""
    return all(_FITS.get(kind, lambda _value: True)(value) for value in values)


_FITS: dict[str, Callable[[str], bool]] = {
    "number": lambda value: bool(re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", value)),
    "scale10": lambda value: bool(re.fullmatch(r"\d|10", value)),
    "level5": lambda value: bool(re.fullmatch(r"[1-5]", value)),
    "date": lambda value: day_of(value) is not None,
    "single": lambda value: len(named(value)[0]) <= 200,
}


def day_of(value: str) -> str | None:
    found = _DAY.match(value)
    try:
        return date(*(int(part) for part in found.groups())).isoformat() if found else None
    except ValueError:
        return None


def named(value: str) -> tuple[str, str]:
    """('其他', 'what was typed') for '其他〖what was typed〗'."""
    found = _OTHER.match(value)
    return (found[1].strip() or "其他", found[2].strip()) if found else (value, "")


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


def scores(_values: list[str]) -> tuple[Option, ...]:
    """5 is best: what a scale of one to five means is confirmed by a person."""
    return tuple(Option(str(5 - n), str(5 - n), f"l{5 - n}", value=100 - 25 * n) for n in range(5))
