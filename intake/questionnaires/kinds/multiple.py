"""Several of some choices, some of which may go alone."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from intake.questionnaires.kind import AnsweredItem, Columns, Form, Inferred, Keys, Kind, Limits, Looks, only
from intake.questionnaires.kinds import choices
from intake.questionnaires.model import NA, Item, Option, Stored

NOT_TICKED = "0"


def _check(asked: AnsweredItem) -> str | None:
    chosen, options = asked.given, asked.options
    if asked.item.na and isinstance(chosen, (list, tuple)) and NA in chosen:
        return "answer_alone"
    if not isinstance(chosen, (list, tuple)) or not all(isinstance(code, str) and code in options for code in chosen):
        return "answer_unknown"
    if len(set(chosen)) != len(chosen):
        return "answer_unknown"
    if len(chosen) > 1 and any(options[code].alone for code in chosen):
        return "answer_alone"
    if asked.item.most and len(chosen) > asked.item.most:
        return "answer_too_many"
    return choices.check_other(asked, list(chosen))


def _store(asked: AnsweredItem) -> list[Stored]:
    return [choices.as_choice(asked, asked.item.code, code) for code in asked.options if code in asked.given]


def _key(item: Item, keys: Mapping[str, Option], key: str) -> list[str]:
    """'135' or '1,3,12'."""
    many = key.split(",") if "," in key or len(keys) > 9 else list(key)
    return [choices.key_of_one(item, keys, one) for one in many if one]


def parts_in(values: list[str]) -> Iterator[str]:
    return (part for value in values for part in value.split(choices.SEPARATOR))


def _joined(_words: str, values: list[str], _numbered: bool) -> dict[str, object] | None:
    joined = sum(choices.SEPARATOR in value for value in values)
    return {"n": joined} if joined else None


def _said(words: str, _values: list[str], _numbered: bool) -> dict[str, object] | None:
    return {} if "多选" in words else None


def _made(values: list[str]) -> dict[str, Any]:
    return {"options": choices.options_of(choices.asked_for(parts_in(values)).items())}


def _grown(item: Item, columns: Columns) -> Item:
    """Of one column a choice, only whether it asks for words can be new."""
    if len(columns) == 1:
        return choices.with_new(item, choices.asked_for(parts_in([value for value in columns[0] if value])))
    own = zip(item.options, columns, strict=True)
    asks = {option.zh: any(choices.named(value)[1] for value in column) for option, column in own}
    return choices.with_new(item, asks)


def _read(item: Item, values: list[str]) -> dict[str, Any]:
    """One column, or one a choice: 1 or its own words where it was ticked."""
    if len(values) == 1:
        by_words = {option.zh: option.code for option in item.options}
        parts = dict(choices.named(part) for part in parts_in(values))
        return _several(item, [by_words.get(part, part) for part in parts if part], parts.values())
    own = zip(item.options, values, strict=True)
    ticked = [option.code for option, value in own if value not in ("", NOT_TICKED)]
    return _several(item, ticked, [choices.named(value)[1] for value in values]) if ticked else {}


def _several(item: Item, chosen: list[str], others: Any) -> dict[str, Any]:  # noqa: ANN401
    return {item.code: chosen} | choices.with_other(item, "；".join(words for words in others if words))


MULTIPLE = Kind(
    code="multiple", check=_check, store=_store, wrong=choices.few_options, parts=frozenset({"options"}), scale=None,
    asks=True, own_words=False, agrees=False, mixes=True, measured=False, start={},
    rule=replace(choices.ONE_CHOICE, ops=("selected", "filled"), equal=None, selected="selected"),
    limits=Limits(lambda item: f"count-selected(.) <= {item.most}" if item.most else "",
                  lambda _item, limits: only(limits, "most")),
    keys=Keys(choices.boxes, _key, down=lambda _item: False, one=False),
    form=Form((), select=r"(?:add )?select(?:[ _]multiple|[ _]all that apply)(?: prompt using)?(?: from)?", begins={},
              span=None, write=choices.rows_of_choices("multiple", "select_multiple"), group=False),
    foreign=Inferred((Looks(10, "separator", _joined), Looks(11, "said", _said)), lambda _value: True, _made, _grown,
                    _read),
    results="several",
)  # fmt: skip
