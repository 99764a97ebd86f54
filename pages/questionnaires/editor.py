"""One question in the making. Every change is saved at once as the whole question that the widgets show.

What belongs to a kind has the kind in its key: as another kind it begins with what is stored, not with what stood here.
"""

from itertools import pairwise
from typing import Any

import streamlit as st

from intake.questionnaires import edits
from intake.questionnaires.check import may_go_on
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.model import Item, Option, Questionnaire, Words
from intake.questionnaires.versions import VersionSheet
from pages.questionnaires import state
from pages.questionnaires.about import both
from pages.questionnaires.made import FLAGS, LISTS, TICKS, lists_of, made_of
from pages.questionnaires.rule import rule
from pages.shared.choices import choose_some, pick
from pages.shared.here import lang, t
from pages.survey.kinds.table import SHOWN

DIMENSIONS = ("policy", "approvals", "finance", "labour", "costs", "regulation", "law", "infrastructure", "service",
              "foreign")  # fmt: skip


def editor(sheet: VersionSheet, item: Item) -> None:
    asked = sheet.questionnaire

    def save() -> None:
        made = made_of(item, asked)
        state.change(lambda q: edits.put(q, item.code, made), (item.code, made))

    with st.container(border=True, key=f"card_editor_{item.code}"):
        _kind(item, save)
        both(t("designer.words"), item, state.box("words"), lambda _: save())
        both(t("designer.hint"), item.hint or Words("", ""), state.box("hint"), lambda _: save())
        for name in lists_of(item):
            before: tuple[Option, ...] = getattr(item, name)
            lines = Words(*(edits.lines_of(before, language) for language in ("zh", "en")))
            both(t(LISTS[name]), lines, state.box(f"{item.kind}-{name}"), lambda _: save(), height=150)
        _flags(item, save)
        SHOWN[item.kind].limits(item, state.box(item.kind), save)
        _ticks(item, save)
        _places(sheet, item, save)
        if KINDS[item.kind].agrees:
            st.caption(t("designer.consent_rule"))
        rule(asked, item, save)
        st.button(t("designer.close_editor"), type="primary", on_click=state.edit_item, args=(None,), key="edit-done")


def _kind(item: Item, save: Any) -> None:  # noqa: ANN401
    kinds = {kind: t(f"questionkind.{kind}") for kind in KINDS}
    index = list(kinds).index(item.kind)
    pick(st.selectbox, t("designer.kind"), kinds, index=index, on_change=save, key=state.box("kind"))
    st.caption(t(f"designer.told.{KINDS[item.kind].results or 'nothing'}"))


def _flags(item: Item, save: Any) -> None:  # noqa: ANN401
    """Which choices are special, chosen among them."""
    names = {option.code: option.say(lang()) for option in item.options}
    for flag in SHOWN[item.kind].flags:
        chosen = [o.code for o in item.options if getattr(o, flag)]
        choose_some(t(FLAGS[flag]), names, chosen, key=state.box(f"{item.kind}-flag-{flag}"), on_change=save)


def _ticks(item: Item, save: Any) -> None:  # noqa: ANN401
    kind = KINDS[item.kind]
    if not kind.asks:
        return
    with st.container(horizontal=True):
        for name, key in TICKS.items():
            if name == "random_order" and not kind.mixes:
                continue
            st.checkbox(t(key), getattr(item, name), key=state.box(f"{item.kind}-{name}"), on_change=save)


def _places(sheet: VersionSheet, item: Item, save: Any) -> None:  # noqa: ANN401
    """Its page, its dimension, and what it goes on with."""
    screens = {screen.code: screen.say(lang()) for screen in sheet.questionnaire.screens}
    dimensions = {"": t("designer.no_dimension"), **{code: t(f"mood.dimension.{code}") for code in DIMENSIONS},
                  "overall": t("designer.overall")}  # fmt: skip
    _choice("screen", t("designer.on_screen"), screens, item.screen, save)
    _position(sheet.questionnaire, item)
    if not KINDS[item.kind].asks:
        return
    _choice("dimension", t("designer.dimension"), dimensions, item.dimension or "", save)
    if sheet.before:
        able = [o for o in sheet.before.items if may_go_on(sheet.questionnaire, item, sheet.before, o)]
        names = {o.code: f"{o.code} {o.say(lang())}" for o in able}
        _choice("was", t("designer.was"), {"": t("designer.was_none"), **names}, item.was or "", save)


def _position(asked: Questionnaire, item: Item) -> None:
    """Where on its page it stands, chosen rather than stepped to."""
    here = asked.on_screen(item.screen)
    after = next((b.code for a, b in pairwise(here) if a.code == item.code), None)
    names = {other.code: f"{other.code} {other.say(lang())}" for other in here if other is not item}
    codes: list[str | None] = [*names, None]

    def move() -> None:
        state.change(lambda q: edits.placed(q, item.code, st.session_state[key]))

    key = f"place-{item.code}-{after}"  # begins anew where it stands elsewhere
    st.selectbox(t("designer.before"), codes, index=codes.index(after), key=key, on_change=move,
                 format_func=lambda code: names.get(code or "", t("designer.at_the_end")))  # fmt: skip


def _choice(name: str, label: str, words: dict[str, str], value: str, save: Any) -> None:  # noqa: ANN401
    codes = list(words) if value in words else [*words, value]
    st.selectbox(label, codes, index=codes.index(value), format_func=lambda code: words.get(code, str(code)),
                 on_change=save, key=state.box(f"{name}"))  # fmt: skip
