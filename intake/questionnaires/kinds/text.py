"""Words that a person writes."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from access.typed import tidy
from db.survey.kinds import WORDS
from intake.questionnaires.kind import (
    IF_FILLED,
    AnsweredItem,
    Columns,
    Form,
    Inferred,
    Kind,
    Limits,
    Looks,
    only,
    plain_row,
)
from intake.questionnaires.kinds.choices import names_in
from intake.questionnaires.model import Item, Questionnaire, Stored
from intake.words import fits

_ARROW = "→"


def _check(asked: AnsweredItem) -> str | None:
    if not isinstance(asked.given, str):
        return "answer_unknown"
    return None if fits(tidy(asked.given), asked.item.longest) else "answer_too_long"


def _store(asked: AnsweredItem) -> list[Stored]:
    return [Stored(asked.item.code, text=tidy(asked.given))]


def _wrong(_asked: Questionnaire, item: Item) -> Iterator[str]:
    if item.longest < 1:
        yield "longest"


def _ranked(_words: str, values: list[str], _numbered: bool) -> dict[str, object] | None:
    return {} if sum(_ARROW in value for value in values) * 2 > len(values) else None


def _many(_words: str, values: list[str], _numbered: bool) -> dict[str, object]:
    return {"n": len(names_in(values)), "of": len(values)}


def _grown(item: Item, columns: Columns) -> Item:
    return replace(item, longest=max(item.longest, *(len(value) for column in columns for value in column), 0))


def _read(item: Item, values: list[str]) -> dict[str, Any]:
    return {item.code: values[0]}


TEXT = Kind(
    code=WORDS, check=_check, store=_store, wrong=_wrong, parts=frozenset(), scale=None, asks=True, own_words=True,
    agrees=False, mixes=False, measured=False, start={"longest": 500}, rule=IF_FILLED,
    limits=Limits(lambda item: f"string-length(.) <= {item.longest}" if item.longest else "",
                  lambda _item, limits: only(limits, "longest")),
    keys=None,
    form=Form(("text", "string", "phone number"), select="", begins={"longest": 1_000}, span=None,
              write=plain_row("text"), group=False),
    foreign=Inferred((Looks(0, "nothing", lambda _words, values, _numbered: None if values else {}),
                     Looks(20, "rank", _ranked), Looks(90, "many", _many)),
                    lambda _value: True, lambda values: {"longest": max(500, *map(len, values), 0)}, _grown, _read),
    results="comments",
)  # fmt: skip
