"""An item of a reference list as a row, and the dialogs that add and change one."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

import i18n
from access import reference_lists
from access.reference_lists import ReferenceEntry
from casework.cases.reorganising import LISTS
from db.references import KINDS, ReferenceItem
from db.system import settings
from intake.town_map import import_town_map, remove_town_map
from pages.shared.asking import ask, attempt, by, save
from pages.shared.choices import choose
from pages.shared.here import lang, store, t
from pages.shared.names import names
from pages.shared.rows import cell, row, strong
from pages.system.reorganising import reorganise_form


def item_row(item: ReferenceItem, parent: str | None, *, movable: bool) -> None:
    on = (t("references.on"), "f2f-dot f2f-on") if item.active else (_ended(item), "f2f-dot")
    kind = t(f"references.kind.{item.kind}") if item.kind else parent or ""
    with st.container(
        horizontal=True, wrap=False, vertical_alignment="center", key=f"row-{item.list}-{item.code}", gap="xxsmall"
    ):
        named = [cell(item.code, style="f2f-mono f2f-quiet"), strong(item.name_zh), cell(item.name_en)]
        row("references", [*named, cell(kind), cell(on[0], style=on[1])])
        if movable:
            _move(item, -1, ":material/arrow_upward:", "references.up")
            _move(item, 1, ":material/arrow_downward:", "references.down")
        if st.button(t("references.change"), key=f"change-{item.code}", type="tertiary", icon=":material/edit:"):
            ask(t("references.change_title"), partial(_change, item))


def _ended(item: ReferenceItem) -> str:
    """What took its place, if anything did."""
    if not item.successor or not item.valid_until:
        return t("references.off")
    into = getattr(names(), item.list).get(item.successor, item.successor)
    return t("references.ended", day=i18n.day(item.valid_until, lang()), into=into)


def ask_for_item(list_name: str, items: list[ReferenceItem]) -> None:
    sections = {item.code: item.say(lang()) for item in items if item.parent is None} if list_name == "sector" else {}
    ask(t(f"references.add_{list_name}"), partial(_add, list_name, sections))


def _move(item: ReferenceItem, step: int, icon: str, label: str) -> None:
    pressed = st.button(t(label), key=f"move-{item.code}-{step}", type="tertiary", icon=icon, help=t(label))
    move = partial(reference_lists.move_item, store(), list_name=item.list, code=item.code, step=step)
    if pressed and attempt(lambda: move(**by())):
        st.rerun()


def _add(list_name: str, sections: dict[str, str]) -> None:
    code = st.text_input(t("references.code"), key="item-code", max_chars=40)
    st.caption(t("references.code_help"))
    parent = choose(t("references.parent"), sections, key="item-parent") if sections else None
    entry = _asked(list_name, None, parent)
    if st.button(t(f"references.add_{list_name}"), type="primary", key="item-save"):
        save(lambda: reference_lists.add_item(store(), list_name=list_name, code=code.strip(), entry=entry, **by()))


def _change(item: ReferenceItem) -> None:
    st.text(t("references.code_is", code=item.code))
    entry = _asked(item.list, item, item.parent)
    if st.button(t("references.save"), type="primary", key="item-save"):
        change = partial(reference_lists.change_item, store(), list_name=item.list, code=item.code)
        save(lambda: change(entry=entry, seen=item.seq, **by()))
    if item.list in LISTS and item.active and item.kind != "leadership":
        over = st.expander(t("references.reorganise"), icon=":material/move_up:", key="reorganise", on_change="rerun")
        if over.open:  # what would move is read for whoever asks
            with over:
                reorganise_form(item)


def _asked(list_name: str, item: ReferenceItem | None, parent: str | None) -> ReferenceEntry:
    key, known = f"item-{item.code if item else 'new'}", vars(item) if item else {}
    zh = st.text_input(t("references.name_zh"), known.get("name_zh", ""), key=f"{key}-zh", max_chars=80)
    en = st.text_input(t("references.name_en"), known.get("name_en", ""), key=f"{key}-en", max_chars=80)
    kinds = {kind: t(f"references.kind.{kind}") for kind in KINDS.get(list_name, ())}
    kind = choose(t("references.kind_label"), kinds, key=f"{key}-kind", value=known.get("kind")) if kinds else None
    tile = _tile(known, key) if list_name == "town" else (None, None)
    active = st.toggle(t("references.active"), value=known.get("active", True), key=f"{key}-active")
    return ReferenceEntry(zh or "", en or "", kind, parent, *tile, active)


def _tile(known: Mapping[str, Any], key: str) -> tuple[int | None, int | None]:
    """A town's place on the tile map; none until somebody gives it one."""
    row_at, column_at = known.get("tile_row"), known.get("tile_column")
    with st.container(horizontal=True):
        help_ = t("references.tile_help")
        row_at = st.number_input(t("references.tile_row"), 0, 9, row_at, key=f"{key}-row", help=help_)
        column_at = st.number_input(t("references.tile_column"), 0, 9, column_at, key=f"{key}-column")
    return row_at, column_at


def town_map_form() -> None:
    """The district's own map instead of the tiles: bring a GeoJSON file, or go back."""
    with st.expander(t("town_map.title"), icon=":material/map:"):
        st.markdown(t("town_map.lead"))
        with st.form("town-map", border=False, enter_to_submit=False):
            chosen = st.file_uploader(t("town_map.file"), type=["geojson", "json"], key="town-map-file")
            sent = st.form_submit_button(t("town_map.use"), key="town-map-use")
        if sent and chosen is not None:
            content = chosen.getvalue()
            if found := attempt(lambda: import_town_map(store(), content=content, **by())):
                st.toast(t("town_map.kept", n=len(found)), icon=":material/check:")
                st.rerun()
        if store().read(settings.town_map) and st.button(t("town_map.remove"), key="town-map-remove"):
            remove_town_map(store(), **by())
            st.rerun()
