"""What the widgets of several kinds of question share."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from intake.questionnaires.questionnaire import NA
from pages.shared.choices import pick
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.survey.kind import DrawnItem


def heading(drawn: DrawnItem) -> None:
    """The question above several widgets."""
    show(Markup('<p class="f2f-asked">{}</p>').format(drawn.item.say(lang())))
    hint(drawn)


def hint(drawn: DrawnItem) -> None:
    if drawn.item.hint:
        show(Markup('<p class="f2f-quiet f2f-hint">{}</p>').format(drawn.item.hint.say(lang())))


def radio(label: str, names: Mapping[Any, str], given: Any, key: str, changed: Callable[[], None]) -> None:  # noqa: ANN401
    """One of some codes, drawn by their names. What is no longer among them counts as nothing chosen."""
    index = list(names).index(given) if given in names else None
    pick(st.radio, label, names, index=index, key=key, on_change=changed, width="stretch")


def does_not_apply(drawn: DrawnItem, key: str, changed: Callable[[], None]) -> None:
    if drawn.item.na:
        st.checkbox(t("survey.na"), value=drawn.given == NA, key=key, on_change=changed)
