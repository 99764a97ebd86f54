"""The question as the editor's widgets show it."""

from dataclasses import replace
from typing import Any

import streamlit as st

from intake.questionnaires import edits
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.model import Item, Option, Questionnaire, Words
from pages.questionnaires.rule import rule_from
from pages.questionnaires.state import box
from pages.survey.kinds.table import SHOWN

# Name of a part → key of its words.
LISTS = {"options": "designer.options", "rows": "designer.rows", "parts": "designer.parts"}
TICKS = {"required": "designer.required", "na": "designer.na", "random_order": "designer.random"}
FLAGS = {"words": "designer.other_words", "alone": "designer.alone", "last": "designer.last"}


def made_of(item: Item, asked: Questionnaire) -> Item:
    """The question as the widgets show it. What the draft's other questions are decides nothing here but its rule."""
    own = box("")
    shown = {str(k).removeprefix(own): v for k, v in st.session_state.items() if str(k).startswith(own)}
    said: dict[str, Any] = {name.removeprefix(f"{item.kind}-"): v for name, v in shown.items()}
    made = item if said["kind"] == item.kind else edits.of_kind(item, said["kind"])
    hint = Words(said["hint-zh"].strip(), said["hint-en"].strip())
    words = {"zh": said["words-zh"].strip(), "en": said["words-en"].strip()}
    made = replace(made, **words, hint=hint if hint.zh or hint.en else None)
    if said["kind"] != item.kind:
        return made
    for name in lists_of(item):
        options = edits.options_of_lines(said[f"{name}-zh"], said[f"{name}-en"], getattr(item, name))
        made = replace(made, **{name: _flagged(options, said) if name == "options" else options})
    ticks = {name: bool(said[name]) for name in TICKS if name in said}
    places = {name: said[name] or None for name in ("dimension", "was") if name in said}
    made = replace(made, **ticks, **places, screen=said["screen"], **SHOWN[item.kind].limited(item, said))
    return replace(made, when=rule_from(asked, item, said))


def _flagged(options: tuple[Option, ...], said: dict[str, Any]) -> tuple[Option, ...]:
    flags = {flag: said[f"flag-{flag}"] for flag in FLAGS if f"flag-{flag}" in said}
    return tuple(replace(o, **{flag: o.code in codes for flag, codes in flags.items()}) for o in options)


def lists_of(item: Item) -> list[str]:
    return [name for name in LISTS if name in KINDS[item.kind].parts]
