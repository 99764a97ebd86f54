"""The questions of a version, page by page, with what moves, copies, removes and opens each."""

import streamlit as st

import i18n
from intake.questionnaires import edits
from intake.questionnaires.model import Item, Screen, Words
from intake.questionnaires.versions import VersionSheet
from pages.questionnaires import state
from pages.questionnaires.about import both
from pages.questionnaires.editor import editor
from pages.shared.here import lang, t
from pages.shared.plain import letters


def items(sheet: VersionSheet) -> None:
    draft = sheet.state == "draft"
    for n, screen in enumerate(sheet.questionnaire.screens, start=1):
        with st.container(border=True, key=f"card_screen_{screen.code}"):
            st.markdown(f"**{letters(t('designer.screen', n=n, name=screen.say(lang())))}**")
            if draft:
                _screen(sheet, screen)
            for item in sheet.questionnaire.on_screen(screen.code):
                _item(sheet, item, draft)
            if draft:
                st.button(t("designer.add_item"), icon=":material/add:", on_click=_add, args=(screen.code,),
                          key=f"add-{screen.code}")  # fmt: skip
    if draft:
        st.button(t("designer.add_screen"), icon=":material/add:", on_click=state.change, args=(edits.with_new_screen,),
                  key="designer-add-screen")  # fmt: skip


def _screen(sheet: VersionSheet, screen: Screen) -> None:
    def save(words: Words) -> None:
        state.change(lambda asked: edits.with_screen(asked, Screen(words.zh, words.en, screen.code)))

    with st.expander(t("designer.screen_name"), key=f"designer-screen-{screen.code}"):
        with st.container(horizontal=True, gap="small"):
            for name, by in (("up", -1), ("down", 1)):
                st.button(t(f"designer.screen_{name}"), key=f"screen-{name}-{screen.code}", on_click=state.change,
                          args=(lambda asked, by=by: edits.screen_moved(asked, screen.code, by),))  # fmt: skip
        both(t("designer.screen_name"), screen, f"screen-{screen.code}-{sheet.seq}", save)
        if not sheet.questionnaire.on_screen(screen.code) and len(sheet.questionnaire.screens) > 1:
            st.button(t("designer.remove"), key=f"remove-screen-{screen.code}", on_click=state.change,
                      args=(lambda asked: edits.without_screen(asked, screen.code),))  # fmt: skip


def _item(sheet: VersionSheet, item: Item, draft: bool) -> None:
    gaps = sum(problem.item == item.code for problem in sheet.problems)
    opened = draft and st.session_state.get(state.EDITED) == item.code
    with st.container(key=f"designer-item-{item.code}", gap="small"):
        said = letters(item.say(lang()) or "—")
        kind = t(f"questionkind.{item.kind}")
        quiet = i18n.DOT.join([letters(item.code), kind, *([t("designer.language_gap", n=gaps)] if gaps else [])])
        with st.container(horizontal=True, vertical_alignment="center", key=f"designer-line-{item.code}"):
            st.markdown(f"{said}  \n:small[:gray[{quiet}]]")
            if draft and not opened:
                st.button(t("designer.edit"), on_click=state.edit_item, args=(item.code,), key=f"edit_{item.code}")
            elif opened:
                _buttons(item.code)
        if opened:
            editor(sheet, item)


def _buttons(code: str) -> None:
    """Of the question that is open alone: those of forty are two hundred to draw at every edit. Icons for the eye,
    words for who hears them. None is switched off at an end: that would take the focus away."""
    with st.container(horizontal=True, gap="xsmall", width="content", key=f"designer-do-{code}"):
        for name, icon, edit in (
            ("up", ":material/arrow_upward:", lambda asked: edits.moved(asked, code, -1)),
            ("down", ":material/arrow_downward:", lambda asked: edits.moved(asked, code, 1)),
            ("copy", ":material/content_copy:", lambda asked: edits.copied(asked, code)),
            ("remove", ":material/delete:", lambda asked: edits.removed(asked, code)),
        ):
            word = t(f"designer.{name}")
            st.button(word, icon=icon, help=word, key=f"{name}_{code}", on_click=state.change,
                      args=(edit,))  # fmt: skip


def _add(screen: str) -> None:
    code = edits.free_code(st.session_state["designer-seen"][0])
    state.change(lambda asked: edits.added(asked, screen)[0])
    state.edit_item(code)
