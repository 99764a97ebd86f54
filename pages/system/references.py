"""Reference lists: towns, bodies, categories, sectors. A code stays; names, order and use are an administrator's."""

import streamlit as st

from db import references
from i18n import folding
from pages.shared import filters
from pages.shared.here import lang, store, t
from pages.shared.paging import part_of
from pages.shared.rows import records, row_style
from pages.system.reference_forms import ask_for_item, item_row, town_map_form

row_style()
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.title(t("page.references"))
    add = st.container(width="content")
st.caption(t("references.lead"))
shown = st.query_params.get("list")
if shown not in references.LISTS:
    shown = st.query_params["list"] = "town"
lists = store().read(lambda con: {name: references.items(con, name) for name in references.LISTS})
items = lists[shown]
filters.quick(
    "list",
    t("references.list"),
    {name: t(f"references.{name}") for name in references.LISTS},
    {name: len(found) for name, found in lists.items()},
)
if add.button(t(f"references.add_{shown}"), type="primary", icon=":material/add:", key="add-item"):
    ask_for_item(shown, items)
filters.search("text", t("references.search"), t("references.search_hint"))
wanted = st.query_params.get("text", "").strip()
found = [item for item in items if folding.has(wanted, item.code, item.name_zh, item.name_en)]
parents = {item.code: item.say(lang()) for item in items}
records("references", part_of(found), lambda item: item_row(item, parents.get(item.parent or ""), movable=not wanted),
        t("references.none"), t("references.none_hint"))  # fmt: skip
if shown == "town":
    town_map_form()
