"""One of some choices."""

import re
from typing import Any

from db.survey.kinds import CHOICE
from intake.questionnaires.kind import Columns, Inferred, Looks
from intake.questionnaires.kinds import choices
from intake.questionnaires.kinds.scale10 import LIKELY
from intake.questionnaires.model import Item

MOST_OPTIONS = 30
MOST_WORDS = 40  # characters of a choice


def _by_number(words: str, values: list[str], numbered: bool) -> dict[str, object] | None:
    """The file says choices by their number, so that a small number need not count anything."""
    small = set(values)
    may_be = all(re.fullmatch(r"[1-9]|1\d|20", value) for value in small) and not LIKELY.search(words)
    return {"n": len(small)} if numbered and may_be and (len(small) <= 2 or len(small) * 3 <= len(values)) else None


def _few(_words: str, values: list[str], _numbered: bool) -> dict[str, object] | None:
    names = choices.names_in(values)
    few = len(names) <= 2 or (len(names) <= 15 and len(names) * 3 <= len(values))
    short = len(names) <= MOST_OPTIONS and max(map(len, names)) <= MOST_WORDS
    return {"n": len(names), "of": len(values)} if few and short else None


def _made(values: list[str]) -> dict[str, Any]:
    return {"options": choices.options_of(choices.asked_for(values).items())}


def _grown(item: Item, columns: Columns) -> Item:
    return choices.with_new(item, choices.asked_for(value for value in columns[0] if value))


SINGLE = choices.one_choice(
    CHOICE, stored=choices.as_choice, wrong=choices.few_options, scale=None, down=False, mixes=True, start={},
    select=r"(?:add )?select[ _]?(?:one|1)(?: prompt using)?(?: from)?",
    foreign=Inferred((Looks(40, "numbered", _by_number), Looks(80, "few", _few)),
                    lambda value: len(choices.named(value)[0]) <= 200, _made, _grown, choices.read_choice),
    results="shares",
)  # fmt: skip
