"""Which column of a result file says who, or where, somebody is: by what its heading asks for, and by its answers."""

import re
import unicodedata

from stdnum.cn import ric, uscc

from intake.questionnaires.kinds.choices import SEPARATOR
from intake.questionnaires.kinds.level5 import levels
from intake.wjx import person_words as words

NEARLY_ALL = 0.9
MASK = "****"
_MOST = 200  # characters: what is longer is a text, whatever stands in it
_SHORTEST = 15  # letters of the number of a person or a firm, which has digits too


def tells_who(heading: str, values: list[str]) -> bool:
    """Whether a column with this heading and these answers (without empty ones) says who, or where, somebody is."""
    heading = _plain(heading)
    chosen = [_plain(part) for value in values for part in value.split(SEPARATOR)]
    if len(chosen) > len(values):  # several choices
        return _shown(heading, chosen)
    if values and _cannot_tell(heading, values):
        return False
    return asked_for(heading) or _shown(heading, chosen)


def asked_for(heading: str) -> bool:
    """Whether some clause of it ends in who somebody is; a comment is judged by its answers alone."""
    clauses = _clauses(heading, words.CLAUSES)
    if not clauses or words.COMMENT.search(clauses[0]):
        return False
    facts = [clause for clause in clauses if not words.PREFERENCE.search(clause)]
    asked = any(words.ASKED.search(clause) or words.GIVEN.search(clause) for clause in facts)
    return asked or any(words.WHOLE_OFFICE.fullmatch(clause) for clause in _clauses(heading, words.PAUSES))


def masked(values: tuple[str, ...]) -> tuple[str, ...]:
    """Without the telephone numbers, codes and addresses that stand in a text; a column of numbers stays."""
    if all(re.fullmatch(r"[-+\d.,%]*", value) for value in values):
        return values
    return tuple(words.PIECES.sub(MASK, value) for value in values)


def _clauses(heading: str, between: re.Pattern[str]) -> list[str]:
    found = [words.ASKING.sub("", clause).strip() for clause in between.split(heading)]
    return [clause for clause in found if clause and not clause.isdecimal()]


def _cannot_tell(heading: str, values: list[str]) -> bool:
    """Yes and no, levels, small numbers that people share, or words of the heading itself."""
    if levels(values) or set(values) <= {"0", "1"}:  # ticked or not, be the choice called 电话
        return True
    shared = len(set(values)) * 2 <= len(values)
    coded = re.compile(r"\d{1,2}" if shared else r"(?!)")
    return all(v.lower() in words.HARMLESS or v in heading or coded.fullmatch(v) for v in values)


def _shown(heading: str, values: list[str]) -> bool:
    if sum(map(_is_telling, values)) * 2 > len(values):
        return True
    return not words.THINGS.search(heading) and _are_people(values)


def _are_people(values: list[str]) -> bool:
    """Nearly all are short Chinese names, as few others are said by more than one or two people; words of two
    characters, 'Monday' (周一) or 'safety' (安全), may begin like a name."""
    different = set(values)
    named = [value for value in different if words.NAME.fullmatch(value)]
    sure = [value for value in named if len(value) > 2 or value.endswith("某")]
    several = len(different) > 2 and len(different) * 3 > len(values)
    return several and len(named) >= len(different) * NEARLY_ALL and len(sure) * 2 >= len(named)


def _is_telling(value: str) -> bool:
    if len(value) > _MOST:
        return False
    found = words.WHOLE.fullmatch(value) or words.SITE.search(value)
    if found or len(value) < _SHORTEST or not re.search(r"\d", value):
        return bool(found)
    return ric.is_valid(value) or uscc.is_valid(value)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
