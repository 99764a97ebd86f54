"""What kinds of questions share in the designer: the boxes of their limits, and what these say."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from intake.questionnaires.questionnaire import Item
from pages.shared.here import t


def no_limits(_item: Item, _key: str, _save: Callable[[], None]) -> None:
    """Its answers have none."""


def whole_limit(item: Item, name: str, most: int, key: str, save: Callable[[], None]) -> None:
    """A box for a limit that is a whole number, 0 and up."""
    value = min(getattr(item, name), most)
    st.number_input(t(f"designer.{name}"), 0, most, value, key=f"{key}-{name}", on_change=save)


def named_limits(*names: str) -> Callable[[Item, Mapping[str, Any]], dict[str, Any]]:
    return lambda _item, said: {name: said[name] for name in names if name in said}
