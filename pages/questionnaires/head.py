"""Over a version: its name and state, what can be done with it."""

from collections.abc import Callable
from uuid import uuid4

import streamlit as st

import i18n
from db.refused import Refused
from intake.questionnaires import versions as questionnaires
from intake.questionnaires.model import Questionnaire
from intake.questionnaires.versions import VersionSheet
from intake.xlsform import export as xlsform_export
from pages.questionnaires import state
from pages.questionnaires.listed import go_to
from pages.shared.file_types import FILE_TYPES
from pages.shared.here import actor, lang, now, store, t
from pages.shared.plain import letters, why


def head(sheet: VersionSheet) -> None:
    asked = sheet.questionnaire
    st.button(t("designer.back"), icon=":material/arrow_back:", type="tertiary", on_click=_leave, key="designer-back")
    st.title(letters(asked.title.say(lang())), anchor=False)
    facts = [t("designer.version", n=asked.version), t(f"designer.state.{sheet.state}")]
    st.caption(i18n.DOT.join([*facts, t("designer.waves", n=sheet.waves)] if sheet.waves else facts))
    for language in sheet.lacks:
        st.caption(t("designer.lacks", of=t(f"designer.lang_{language}")))
    if sheet.state == "draft":
        st.caption(t("designer.saved"))
    else:
        st.info(t("designer.fixed"), icon=":material/lock:")
    _actions(sheet)


def _actions(sheet: VersionSheet) -> None:
    asked, draft = sheet.questionnaire, sheet.state == "draft"
    with st.container(horizontal=True, key="designer-actions"):
        if draft:
            st.button(t("designer.open"), type="primary", disabled=bool(sheet.stops), key="designer-open",
                      on_click=_do, args=(lambda: _put(questionnaires.publish, sheet),))  # fmt: skip
        else:
            st.button(t("designer.next_version"), on_click=_do, args=(lambda: _next(asked),), key="designer-next")
        if sheet.state == "open":
            st.button(t("designer.close"), key="designer-close", on_click=_do,
                      args=(lambda: _put(questionnaires.close, sheet),))  # fmt: skip
        new_code = f"q{uuid4().hex[:12]}"
        st.button(t("designer.duplicate"), key="designer-duplicate", on_click=_do,
                  args=(lambda: _duplicate(asked, new_code),))  # fmt: skip
        st.download_button(t("designer.export"), xlsform_export.workbook(asked), f"{asked.code}-{asked.version}.xlsx",
                           FILE_TYPES["xlsx"], on_click="ignore", key="designer-export")  # fmt: skip
        if draft:
            with st.popover(t("designer.discard"), type="tertiary"):
                st.markdown(t("designer.discard_lead"))
                st.button(t("designer.discard"), key="designer-discard", on_click=_do,
                          args=(lambda: _discard(sheet),))  # fmt: skip


def _do(verb: Callable[[], None]) -> None:
    try:
        verb()
    except Refused as refusal:
        st.toast(why(refusal), icon=":material/error:")


def _put(verb: Callable[..., object], sheet: VersionSheet) -> None:
    asked = sheet.questionnaire
    verb(store(), actor=actor(), code=asked.code, version=asked.version, seen=sheet.seq, at=now())


def _discard(sheet: VersionSheet) -> None:
    _put(questionnaires.discard, sheet)
    _leave()


def _next(asked: Questionnaire) -> None:
    new = questionnaires.new_version(store(), actor=actor(), code=asked.code, version=asked.version, at=now())
    go_to(new.code, new.version)


def _duplicate(asked: Questionnaire, new_code: str) -> None:
    made = questionnaires.duplicate(
        store(), actor=actor(), code=asked.code, version=asked.version, new_code=new_code, at=now()
    )
    go_to(made.code, made.version)


def _leave() -> None:
    st.query_params.clear()
    state.edit_item(None)
