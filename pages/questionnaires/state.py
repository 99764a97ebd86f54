"""The draft on the desk: what was seen, one way to save a change, and the words kept where somebody was first."""

from collections.abc import Callable

import streamlit as st

from db.refused import MovedOn, Refused
from intake.questionnaires import versions as questionnaires
from intake.questionnaires.edits import put
from intake.questionnaires.model import Item, Questionnaire
from intake.questionnaires.versions import VersionSheet
from pages.shared.here import actor, now, store, t

_KEPT = "designer-kept"  # (code, item): a change that met somebody else's
_WHY = "designer-why"
EDITED = "designer-item"  # the question that is open in the editor
_SEEN = "designer-seen"
_TURN = "designer-turn"  # how often the editor was opened


def opened(sheet: VersionSheet) -> None:
    """Remember the draft as it is drawn: a change counts only against this."""
    st.session_state[_SEEN] = (sheet.questionnaire, sheet.seq)


def change(edit: Callable[[Questionnaire], Questionnaire], kept: tuple[str, Item] | None = None) -> None:
    """Save what `edit` makes of the draft as it was drawn. Where somebody was first, `kept` is shown and not lost."""
    asked, seen = st.session_state[_SEEN]
    changed = edit(asked)
    try:
        seq = questionnaires.change(store(), actor=actor(), changed=changed, seen=seen, at=now())
        st.session_state[_SEEN] = (questionnaires.arranged(changed), seq)
    except MovedOn:
        st.session_state[_KEPT] = kept
        st.session_state[_WHY] = "moved_on"
    except Refused as refusal:
        st.session_state[_WHY] = refusal.code


def told(asked: Questionnaire) -> None:
    """Why the last change was not saved; an item's words are shown, to be saved over the other's or dropped."""
    why = st.session_state.pop(_WHY, None)
    kept: tuple[str, Item] | None = st.session_state.get(_KEPT)
    if kept is None:
        if why:
            st.error(t("designer.changed_elsewhere") if why == "moved_on" else t(f"error.{why}"))
        return
    code, item = kept
    st.warning(t("designer.moved_on"))
    st.text(f"{item.code}\n{item.zh}\n{item.en}", width="stretch")
    with st.container(horizontal=True):
        if asked.item(code):
            st.button(t("designer.use_mine"), on_click=_use_mine, args=(code, item), key="designer-use-mine")
        st.button(t("designer.drop_mine"), on_click=_drop_mine, key="designer-drop-mine")


def edit_item(code: str | None) -> None:
    """Open a question in the editor, or none. Its widgets begin anew with what is stored."""
    for key in [k for k in st.session_state if str(k).startswith("edit-")]:
        del st.session_state[key]
    st.session_state[EDITED] = code
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def box(name: str) -> str:
    """The key of one of the editor's boxes. A browser keeps what stands under a key: each opening has keys of its own,
    or the question that was open before would lend its words to this one."""
    return f"edit-{st.session_state.get(_TURN, 0)}-{name}"


def _use_mine(code: str, item: Item) -> None:
    st.session_state.pop(_KEPT, None)
    change(lambda asked: put(asked, code, item), (code, item))
    edit_item(item.code)


def _drop_mine() -> None:
    kept = st.session_state.pop(_KEPT, None)
    edit_item(kept[0] if kept else None)
