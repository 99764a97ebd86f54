"""What kinds of numbers have in common: a box to type one, limits and unit in the designer, a condition on one."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from access.typed import one_line
from intake.questionnaires.kinds.numbers import is_written, number_in
from intake.questionnaires.model import Item, Words
from intake.questionnaires.questionnaire import NA
from intake.questionnaires.rules import is_number
from pages.shared.here import lang, t
from pages.shared.markup import Markup
from pages.survey.inputs import field
from pages.survey.kind import DrawnItem, RuleBox
from pages.survey.limits import named_limits, whole_limit

_named = named_limits("low", "high", "decimals")

_MOST_SHOWN = 3  # decimals


def number_box(
    item: Item,
    label: str,
    given: Any,  # noqa: ANN401
    key: str,
    changed: Callable[[], None],
    *,
    disabled: bool,
) -> None:
    """Whole numbers are typed as such; others show as many decimals as they may have, three at most."""
    known = given if is_number(given) and abs(given) < 1e15 else None
    if item.decimals:
        shown = f"%.{min(item.decimals, _MOST_SHOWN)}f"
        value, step = (None if known is None else float(known)), 10.0**-item.decimals
    else:
        shown, value, step = "%d", (None if known is None else int(known)), 1
    st.number_input(label, value=value, step=step, format=shown, key=key, disabled=disabled, on_change=changed)


def number_field(drawn: DrawnItem, given: Any, told: Markup, *, part: str = "") -> Markup:  # noqa: ANN401
    """A line with the keys of numbers, which keeps what is none until it is mended."""
    shown = f"{given:g}" if is_number(given) and float(given).is_integer() and abs(given) < 1e6 else given
    keys = "decimal" if drawn.item.decimals else "numeric"
    return field(drawn, "" if shown in (None, NA) else str(shown), told, part=part, keys=keys, unit=unit_of(drawn.item))


def typed(written: str) -> int | float | str:
    """What is no number stays as it was typed, and is refused with its screen. Full-width digits are digits."""
    plain = one_line(unicodedata.normalize("NFKC", written))
    return number_in(plain) if is_written(plain) else written


def unit_of(item: Item) -> str:
    return item.unit.say(lang()) if item.unit else ""


def with_unit(item: Item, said: object) -> str:
    return f"{said} {unit_of(item)}".rstrip()


def limits_of(drawn: DrawnItem) -> dict[str, object]:
    return {name: getattr(drawn.item, name) for name in ("low", "high", "decimals")}


def limits(item: Item, key: str, save: Callable[[], None]) -> None:
    low, high, decimals = st.columns(3)
    for column, name in ((low, "low"), (high, "high")):
        value = getattr(item, name)
        column.number_input(t(f"designer.{name}"), value=None if value is None else float(value), format="%g",
                            key=f"{key}-{name}", on_change=save)  # fmt: skip
    with decimals:
        whole_limit(item, "decimals", 6, key, save)
    unit = item.unit or Words("", "")
    for column, language in zip(st.columns(2), ("zh", "en"), strict=True):
        label = f"{t('designer.unit')} · {t(f'designer.lang_{language}')}"
        column.text_input(label, getattr(unit, language), on_change=save, key=f"{key}-unit-{language}")


def limited(item: Item, said: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: rule_value(value) for name, value in _named(item, said).items()}
    zh, en = said["unit-zh"].strip(), said["unit-en"].strip()
    return found | {"unit": Words(zh, en) if zh or en else None}


def rule_box(box: RuleBox) -> None:
    number = float(box.value) if is_number(box.value) else None
    st.number_input(t("designer.rule_value"), value=number, format="%g", key=box.key, on_change=box.save)


def rule_value(said: Any) -> Any:  # noqa: ANN401
    """Whole where it is, None where it is no number: another question's choice may still stand in the box."""
    if not is_number(said):
        return None
    return int(said) if float(said).is_integer() else said
