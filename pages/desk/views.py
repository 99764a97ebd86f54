"""The desk's views: a row of names above the list, and where one saves, shares and removes them."""

from collections.abc import Mapping

import streamlit as st

from access.actor import Actor
from casework.cases.views import LONGEST_NAME, OWN_TOWNS, drop_view, first_views, save_view
from db import clock
from db.cases import saved_views
from db.cases.saved_views import SavedView
from pages.desk.columns import COLUMNS, columns_of
from pages.shared import filters
from pages.shared.asking import ask, attempt, by
from pages.shared.choices import choose_some
from pages.shared.filters import code_of, put
from pages.shared.here import actor, kept, now, t
from pages.shared.here import store as the_store
from pages.shared.names import names
from pages.shared.plain import letters

_KEY = "desk-view"
_BESIDE = ("sort", "cols")  # what a view says beside the filter


def views_bar() -> None:
    """The first ones and those that somebody saved; the one that the address says is marked."""
    who, asked = actor(), _asked_now()
    found = _views(who)
    words = {code: letters(name) for code, (name, _) in found.items()}
    st.session_state[_KEY] = next((code for code, (_, view) in found.items() if view == asked), None)
    with st.container(key="desk-views", horizontal=True, vertical_alignment="center"):
        st.pills(t("desk.view.label"), list(words), format_func=words.__getitem__, label_visibility="collapsed",
                 key=_KEY, on_change=_turn_to, args=(found, words))  # fmt: skip
        if st.button(t("desk.view.edit"), key="view-edit", type="tertiary", icon=":material/tune:"):
            ask(t("desk.view.edit"), _edit, width="medium")


def _asked_now() -> dict[str, str]:
    """What the address says by now, as a view keeps it."""
    return filters.chosen() | {name: st.query_params[name] for name in _BESIDE if st.query_params.get(name)}


def _views(who: Actor) -> dict[str, tuple[str, Mapping[str, str] | None]]:
    """Code → name and what the address says; None for a first one that has to be told once."""
    saved = kept(saved_views.of, who.addresses)
    own = next((one for one in saved if one.name == OWN_TOWNS), None)
    first = {
        one.code: (t(f"desk.view.{one.code}"), own.asked if own and one.code == OWN_TOWNS else one.asked)
        for one in first_views(who, clock.day_of(now()))
    }
    return first | {one.id: (_called(one, who), one.asked) for one in saved if one is not own}


def _called(view: SavedView, who: Actor) -> str:
    return t("desk.view.shared", name=view.name) if view.owner == who.desk else view.name


def _turn_to(found: Mapping[str, tuple[str, Mapping[str, str] | None]], words: Mapping[str, str]) -> None:
    """The address says what the view says, and nothing else; the same again puts the whole list back."""
    code = code_of(st.session_state[_KEY], words)
    view = found[str(code)][1] if code in found else {}
    if view is None:
        st.session_state["ask-towns"] = True
        return
    filters.clear()
    for name in _BESIDE:
        put(name, None)
    for name, value in view.items():
        put(name, value)


def own_towns() -> None:
    """The view of one's own towns, before it was told which: asked once."""
    if st.session_state.pop("ask-towns", False):
        ask(t("desk.view.choose_towns"), _choose_towns)


def _choose_towns() -> None:
    chosen = choose_some(t("desk.filter.town"), names().town, key="view-towns")
    if st.button(t("desk.view.save"), type="primary", key="view-towns-save", disabled=not chosen):
        view = attempt(lambda: save_view(
            the_store(), name=OWN_TOWNS, asked={"town": ",".join(chosen)}, shared=False, **by()))  # fmt: skip
        if view:
            filters.clear()
            put("town", view.asked["town"])
            st.rerun()


def _edit() -> None:
    """Columns at once; the filter, its order and the columns under a name; and what is not used any more."""
    who, words = actor(), {name: t(f"desk.head.{name}") for name in COLUMNS}
    columns = choose_some(t("desk.view.columns"), words, columns_of(st.query_params), key="view-columns")
    name = st.text_input(t("desk.view.save_as"), max_chars=LONGEST_NAME, key="view-name") or ""
    shared = bool(who.desk) and st.toggle(t("desk.view.for_desk"), key="view-shared")
    if st.button(t("desk.view.save"), type="primary", key="view-save"):
        put("cols", ",".join(columns))
        if not name.strip() or attempt(
            lambda: save_view(the_store(), name=name, asked=_asked_now(), shared=shared, **by())
        ):
            st.rerun()
    for view in the_store().read(lambda con: saved_views.of(con, who.addresses)):
        called = t("desk.view.my_towns") if view.name == OWN_TOWNS else _called(view, who)
        label = letters(t("desk.view.drop", name=called))
        pressed = st.button(label, key=f"view-drop-{view.id}", type="tertiary", icon=":material/delete:")
        if pressed and attempt(lambda view=view: (drop_view(the_store(), actor=who, view_id=view.id),)):
            st.rerun()
