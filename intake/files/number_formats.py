"""What a workbook's cell shows where its format says more than its value: "下降"0.0 shows 下降4.9 and stores 4.9.

A cell is read as it is shown, with the digits that are stored. Where what is shown and what is stored cannot both be
meant, as -4.9 that 0.0;0.0 shows as 4.9, the cell is a text that names both: no reader takes it for a number.
"""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from intake.files.direction_words import DOWN, ON_LAST_YEAR, UP, either

APART = re.compile(r"(.*)≠(-?\d[\d.e+-]*)", re.DOTALL)  # what a cell shows, and what it stores
BUILT_IN = {9: "0%", 10: "0.00%"}  # of the formats that a file names by number alone those that say more

_TOKEN = re.compile(
    r'"(?P<text>[^"]*)"?|[\\!](?P<letter>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<any>General|G/通用格式|@)'
    r"|(?P<power>E[+-]\d*)|(?P<digits>[0#?]+)|(?P<sign>[.,%/])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le, ">=": operator.ge, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "=": operator.eq,
}  # fmt: skip
# 增减, 升降 and 涨跌 turn no sign.
_FALL = re.compile(rf"(?<![增升涨]){either(*DOWN, '负', '亏')}|\b(?:down|decline|decrease|fall)", re.IGNORECASE)
_RISE = re.compile(rf"(?<!负){either(*UP)}(?![减降跌])|[↑+]|\b(?:up|rise|increase|growth)", re.IGNORECASE)
_ON_LAST_YEAR = re.compile(ON_LAST_YEAR)
_DOWNWARD, _ARROWS, _OPEN_MARKS = re.compile("[▼▽↓↘-]"), re.compile("[▲△▼▽↑↓↗↘]"), re.compile("[~<>≈±‰]")
_DASHES = str.maketrans(dict.fromkeys("—–－−", "-"))
_OF_DAYS, _ANY_DAY = re.compile("[ymdhs]", re.IGNORECASE), date(2023, 1, 31)
_DATE_PARTS = re.compile(r'"([^"]*)"|[\\!](.)|\[[^\]]*\]|[_*].|(y+|e+)|(m+)|(d+|h+|s+|a{3,})|(.)', re.IGNORECASE)


@dataclass(frozen=True)
class _Section:
    """One of the up to four parts of a format. `before`, `within` and `behind` are its words beside the digits;
    `shift` is the power of ten by which it shows less than is stored; `accounts`: it aligns a dash for nought."""

    before: str = ""
    within: str = ""
    behind: str = ""
    digits: str = ""
    shift: int = 0
    condition: tuple[str, float] | None = None
    accounts: bool = False

    @property
    def words(self) -> str:
        return self.before + self.behind

    @property
    def in_brackets(self) -> bool:
        return "(" in self.before and ")" in self.behind

    @property
    def says_less(self) -> bool:
        return bool(self.in_brackets or _FALL.search(self.words) or _DOWNWARD.search(self.words))

    def holds(self, value: float) -> bool:
        return self.condition is not None and _COMPARED[self.condition[0]](value, self.condition[1])


def shown(code: str, value: object) -> object:
    """The cell's value as the format shows it: itself, or a text."""
    if isinstance(value, date):
        return _shown_day(code, value)
    if not isinstance(value, float) or _of_days(code):
        return value
    sections = _sections(code)
    at = _chosen(sections, value)
    if at is None:
        return _apart("", value)
    if not sections[at].digits:
        return _shown_words(sections[at], value, told=any(one.condition for one in sections))
    return _shown_number(sections, at, value)


@lru_cache(maxsize=1_000)
def says_more(code: str) -> bool:
    """Whether any number or day of such a cell is shown as something else than what is stored."""
    if not code or _of_days(code):
        return bool(code) and shown(code, _ANY_DAY) != _ANY_DAY
    conditions = any(one.condition for one in _sections(code))
    return conditions or any(shown(code, one) != one for one in (7.0, 0.5, 0.0, -7.0))


@lru_cache(maxsize=1_000)
def _of_days(code: str) -> bool:
    others = (one["other"] or "" for one in _TOKEN.finditer(code))
    return bool(_OF_DAYS.search("".join(others)))


def _chosen(sections: tuple[_Section, ...], value: float) -> int | None:
    """Which section shows the value; None where none does."""
    known = [n for n, one in enumerate(sections) if one.condition]
    if not known:
        plain = 0 if value > 0 or len(sections) == 1 else 1 if value < 0 else 2
        return plain if plain < len(sections) else 0
    others = [n for n in range(len(sections)) if n not in known]
    last = others[0 if value < 0 else -1] if others else None
    return next((n for n in known if sections[n].holds(value)), last)


def _shown_words(section: _Section, value: float, *, told: bool) -> object:
    """No digit is shown: nothing, a dash, or words that stand for the number. `told`: the format says which number is
    shown by which words."""
    words = section.words.strip()
    if not value and (section.accounts or not words):
        return value if section.accounts else None
    return words if words and (told or not value) else _apart(words, value)


def _shown_number(sections: tuple[_Section, ...], at: int, value: float) -> object:
    section = sections[at]
    number = _number(section, value)
    whole = f"{section.before.strip()}{number}{section.behind.strip()}"
    before = "" if section.in_brackets or _ON_LAST_YEAR.fullmatch(words := _letters(section.before)) else words
    behind = _letters(section.behind)
    text = f"{before}{number}{behind}"
    less, more = section.says_less, bool(_RISE.search(section.words))
    marked = less or bool(_ARROWS.search(section.words))
    if section.behind[:1].isdigit() and "." in section.digits:
        return _apart(whole, value)
    if value < 0:
        alone = _is_of_less(sections, at)
        if more or marked != alone or (alone and _above(sections).says_less):
            return _apart(whole if alone else f"-{whole}", value)
        return text if _FALL.search(text) else _told(f"{before}-{number}{behind}", section, value)
    if not value:
        return text if text == f"{number}%" or _is_padded(text) else value
    return whole if less or (marked and not _agree(sections)) else _told(text, section, value)


def _is_of_less(sections: tuple[_Section, ...], at: int) -> bool:
    """Whether a section shows what is below nought alone: then no minus is added to what it says."""
    condition = sections[at].condition
    return len(sections) > 1 and (condition[0].startswith("<") if condition else at == 1)


def _above(sections: tuple[_Section, ...]) -> _Section:
    """What shows a number above nought."""
    return sections[_chosen(sections, 1.0) or 0]


def _agree(sections: tuple[_Section, ...]) -> bool:
    """Whether an upward mark of what is more stands beside one of what is less."""
    below = sections[_chosen(sections, -1.0) or 0]
    return below is not sections[0] and bool(below.says_less or _ARROWS.search(below.words))


def _told(text: str, section: _Section, value: float) -> object:
    """The number itself where the text says nothing more."""
    if section.within or re.search(r"[^\d.e-]", text) or _is_padded(text):
        return text
    return float(text) if section.shift or section.behind[:1].isdigit() else value


def _is_padded(text: str) -> bool:
    return len(text) > 1 and text[0] == "0" and text.isdigit()


def _number(section: _Section, value: float) -> str:
    """The stored digits, moved as far as the format shows them moved, without a sign."""
    moved = abs(value) / 10**section.shift
    text = f"{float(f'{moved:.13g}'):.15g}"
    if section.within and text.isdigit():  # 0000-00000000, as telephones are shown
        return _between(text.rjust(section.within.count("0"), "0"), section.within)
    zeros = section.digits if section.digits.strip("0") == "" and not section.shift else ""
    return text.rjust(len(zeros), "0") if text.isdigit() else text


def _between(digits: str, mask: str) -> str:
    """The digits with the mask's other letters between them; those too many stand in front."""
    places = mask.count("0")
    rest = iter(digits[len(digits) - places :])
    return digits[: len(digits) - places] + "".join(next(rest) if one == "0" else one for one in mask)


def _letters(words: str) -> str:
    """Words without marks of the sign and what only looks well."""
    kept = "".join(one for one in words if one.isalnum() or one in "%'" or _OPEN_MARKS.match(one))
    return kept if any(one != "'" for one in kept) else ""


def _apart(words: str, value: float) -> str:
    return f"{words.strip()}≠{value:.15g}"


@lru_cache(maxsize=1_000)
def _sections(code: str) -> tuple[_Section, ...]:
    """Of numbers; the fourth is of texts."""
    parts: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code):
        if token["other"] == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(_section(tokens) for tokens in parts[:3])


def _section(tokens: list[re.Match[str]]) -> _Section:
    places = [n for n, one in enumerate(tokens) if one["digits"] or one["any"]]
    first, last = (places[0], places[-1]) if places else (len(tokens), len(tokens))
    while last + 1 < len(tokens) and tokens[last + 1]["sign"] == ",":
        last += 1
    said = "".join(one["bracket"] or "" for one in tokens if not (one["bracket"] or "").startswith("$"))
    found = _CONDITION.fullmatch(said.strip()) or _CONDITION.search(said)
    words = [_words(one).translate(_DASHES) for one in tokens]
    inner = tokens[first : last + 1]
    mask, scale = _inner(inner)
    percents = sum(one["sign"] == "%" for one in tokens)
    filled = any(one[0].startswith(("_", "*")) for one in tokens)
    return _Section(
        "".join(words[:first]), mask, "".join(words[last + 1 :]),
        "".join(one["digits"] or one["any"] or one["sign"] or "" for one in inner),
        scale - 2 * percents, (found[1], float(found[2])) if found else None,
        filled and "".join(words).strip() == "-",
    )  # fmt: skip


def _inner(tokens: list[re.Match[str]]) -> tuple[str, int]:
    """What stands between the digits: a mask of other letters, and by how many powers of ten less is shown."""
    if any(one["power"] or one["sign"] == "/" for one in tokens):
        return "", 0
    commas = 0
    while commas < len(tokens) and tokens[-1 - commas]["sign"] == ",":
        commas += 1
    point = next((n for n, one in enumerate(tokens) if one["sign"] == "."), len(tokens))
    before = point  # 0,.0 shows thousands too
    while before and tokens[before - 1]["sign"] == "," and point < len(tokens):
        before, commas = before - 1, commas + 1
    letters = [_words(one) for one in tokens]
    if "".join(letters).strip() == "." and point == len(tokens):  # 0!.0, shows ten thousands
        behind = tokens[next(n for n, one in enumerate(letters) if one) :]
        return "", 3 * commas + sum(len(one["digits"] or "") for one in behind)
    between = "".join(letters).strip()
    mask = "".join("0" * len(one["digits"] or "") or said for one, said in zip(tokens, letters, strict=True))
    return (mask, 3 * commas) if between and point == len(tokens) else ("", 3 * commas)


def _words(token: re.Match[str]) -> str:
    return token["text"] or token["letter"] or token["other"] or ("%" if token["sign"] == "%" else "")


def _shown_day(code: str, value: date) -> object:
    """A year alone, a month alone, and a month with figures before it are texts; a day and any month of a year are what
    they are."""
    parts = [one.groups(default="") for one in _DATE_PARTS.finditer(code.partition(";")[0])]
    years, months, days = (any(one[n] for one in parts) for n in (2, 3, 4))
    figures = any(one.isdigit() for part in parts for one in part[0] + part[1] + part[5])
    if days or not (years or months) or (years and months and not figures) or isinstance(value, datetime):
        return value
    said = (text or letter or (str(value.year) if y else str(value.month) if m else other)
            for text, letter, y, m, _, other in parts)  # fmt: skip
    return "".join(said).strip()
