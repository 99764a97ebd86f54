"""The themes that were chosen before, with the weights of that day."""

import json

import streamlit as st

import i18n
from db import clock
from db.forums import themes
from db.forums.themes import Choice
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names
from pages.shared.plain import plain
from pages.shared.rows import cell, row, strong

_SHOWN = 12


def past_choices(called: Names) -> None:
    made = store().read(lambda con: themes.choices(con, limit=_SHOWN))
    with st.expander(t("theme.past"), icon=":material/history:"):
        if not made:
            show(Markup('<p class="f2f-quiet">{}</p>').format(t("theme.past_none")))
        for one in made:
            _line(one, called)


def _line(made: Choice, called: Names) -> None:
    weights = {name: str(weight) for name, weight in json.loads(made.weights).items()}
    day = i18n.day(clock.day_of(made.chosen_at), lang())
    name = getattr(called, made.kind).get(made.code, made.code)
    with st.container(key=f"row-choice-{made.id}"):
        row("choices", [strong(name, quiet=day), cell(t("theme.past_weights", **weights))])
        if made.note:
            plain(made.note)
