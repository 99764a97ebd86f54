"""What every widget of a question shares: the answer so far, where a change goes, its heading and its hint."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from intake.questionnaires.questionnaire import NA, Item, Questionnaire, Words
from pages.shared.here import lang, t
from pages.shared.plain import letters

Save = Callable[[str, Any], None]  # item's code, its answer as it now stands


@dataclass(frozen=True)
class Drawn:
    """One item on its way to the screen."""

    questionnaire: Questionnaire
    item: Item
    answers: Mapping[str, Any]
    seed: str
    save: Save

    @property
    def given(self) -> Any:  # noqa: ANN401
        return self.answers.get(self.item.code)

    @property
    def label(self) -> str:
        return label_of(self.item)


def label_of(words: Words) -> str:
    """`words` as a widget's label: a draft may lack them in both languages, and no widget goes without a name."""
    return letters(words.say(lang())) or "—"


def heading(drawn: Drawn) -> None:
    """The question above several widgets."""
    st.html(f'<p class="f2f-asked">{escape(drawn.item.say(lang()))}</p>')
    hint(drawn)


def hint(drawn: Drawn) -> None:
    if drawn.item.hint:
        st.html(f'<p class="f2f-quiet f2f-hint">{escape(drawn.item.hint.say(lang()))}</p>')


def radio(label: str, names: Mapping[Any, str], given: Any, key: str, changed: Callable[[], None]) -> None:  # noqa: ANN401
    """One of some codes, drawn by their names. What is no longer among them counts as nothing chosen."""
    codes = list(names)
    st.radio(
        label,
        codes,
        index=codes.index(given) if given in codes else None,
        format_func=lambda code: names.get(code, ""),
        key=key,
        on_change=changed,
        width="stretch",
    )


def does_not_apply(drawn: Drawn, key: str, changed: Callable[[], None]) -> None:
    if drawn.item.na:
        st.checkbox(t("survey.na"), value=drawn.given == NA, key=key, on_change=changed)


def facts(drawn: Drawn) -> dict[str, object]:
    """What fills the words of an answer that cannot be taken."""
    item = drawn.item
    alone = next((o.say(lang()) for o in drawn.questionnaire.options_of(item) if o.alone), "")
    limits = ("low", "high", "longest", "decimals", "most", "earliest", "latest")
    return {**{name: getattr(item, name) for name in limits}, "alone": alone}
