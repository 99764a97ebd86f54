"""The limits of numbers, days, texts and choices in the editor: which kind has which."""

from datetime import date
from typing import Any

import streamlit as st

from intake.questionnaires.model import Item, Words
from pages.shared.here import t

_LIMITS: dict[str, tuple[str, ...]] = {
    "number": ("low", "high", "decimals"),
    "two_numbers": ("low", "high", "decimals"),
    "date": ("earliest", "latest"),
    "text": ("longest",),
    "multiple": ("most",),
}
_WITH_UNIT = ("number", "two_numbers")
_DAYS = (date(1900, 1, 1), date(2100, 12, 31))


def limits(item: Item, save: Any) -> None:  # noqa: ANN401
    names = _LIMITS.get(item.kind, ())
    for column, name in zip(st.columns(max(1, len(names))), names, strict=False):
        with column:
            _limit(item, name, save)
    if item.kind in _WITH_UNIT:
        unit = item.unit or Words("", "")
        for column, language in zip(st.columns(2), ("zh", "en"), strict=True):
            label = f"{t('designer.unit')} · {t(f'designer.lang_{language}')}"
            column.text_input(label, getattr(unit, language), on_change=save, key=f"edit-{item.kind}-unit-{language}")


def limits_from(item: Item, said: dict[str, Any]) -> dict[str, Any]:
    """What the widgets say, as the item keeps it."""
    found: dict[str, Any] = {name: said[name] for name in _LIMITS.get(item.kind, ()) if name in said}
    for name in ("earliest", "latest"):
        if name in found:
            found[name] = found[name].isoformat() if isinstance(found[name], date) else None
    for name in ("low", "high"):
        if name in found and found[name] is not None and float(found[name]).is_integer():
            found[name] = int(found[name])
    if item.kind in _WITH_UNIT:
        zh, en = said["unit-zh"].strip(), said["unit-en"].strip()
        found["unit"] = Words(zh, en) if zh or en else None
    return found


def _limit(item: Item, name: str, save: Any) -> None:  # noqa: ANN401
    key, label, value = f"edit-{item.kind}-{name}", t(f"designer.{name}"), getattr(item, name)
    if name in ("earliest", "latest"):
        day = date.fromisoformat(value) if value else None
        st.date_input(label, day, *_DAYS, format="YYYY-MM-DD", key=key, on_change=save)
    elif name in ("low", "high"):
        st.number_input(label, value=None if value is None else float(value), format="%g", key=key, on_change=save)
    else:
        most = {"decimals": 6, "longest": 5000, "most": 100}[name]
        st.number_input(label, 0, most, min(value, most), key=key, on_change=save)
