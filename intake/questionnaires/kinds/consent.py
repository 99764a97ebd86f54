"""A box to agree with: by its rule, to pass on the words of a text as an issue."""

from collections.abc import Mapping
from dataclasses import replace

import i18n
from intake.questionnaires.kind import IF_FILLED, NO_LIMITS, AnsweredItem, Form, Keys, Kind, nothing_wrong, plain_row
from intake.questionnaires.kinds.choices import BOX
from intake.questionnaires.model import Item, Option, Stored


def _check(asked: AnsweredItem) -> str | None:
    return None if asked.given is True else "answer_unknown"


def _store(asked: AnsweredItem) -> list[Stored]:
    return [Stored(asked.item.code, choice="yes")]


def _boxes(_item: Item, _keys: Mapping[str, Option], language: str) -> list[str]:
    return [f"{BOX} 1 {i18n.text('survey.consented', language)}"]


def _key(_item: Item, _keys: Mapping[str, Option], key: str) -> bool | None:
    if key not in ("1", "0"):
        raise ValueError(key)
    return True if key == "1" else None


CONSENT = Kind(
    code="consent", check=_check, store=_store, wrong=nothing_wrong, parts=frozenset(), scale=None, asks=True,
    own_words=False, agrees=True, mixes=False, measured=False, start={},
    rule=replace(IF_FILLED, equal="filled", selected="filled"), limits=NO_LIMITS,
    keys=Keys(_boxes, _key, down=lambda _item: False, one=True),
    form=Form(("acknowledge", "trigger"), select="", begins={}, span=None, write=plain_row("acknowledge"), group=False),
    foreign=None, results=None,
)  # fmt: skip
