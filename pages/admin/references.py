"""Reference lists: towns, bodies, categories, sectors. A code stays; names, order and use are an administrator's."""

import streamlit as st

from db import references
from pages.parts.here import lang, store, t
from pages.parts.reference_forms import ask_for_item, item_row
from pages.parts.rows import PAGE, empty, page_of, row_style

row_style()
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.title(t("page.references"))
    add = st.container(width="content")
st.caption(t("references.lead"))
shown = st.segmented_control(
    t("references.list"),
    references.LISTS,
    default="town",
    required=True,
    format_func=lambda name: t(f"references.{name}"),
    key="reference_list",
    bind="query-params",
    label_visibility="collapsed",
)
items = store().read(lambda con: references.items(con, shown or "town"))
if add.button(t(f"references.add_{shown}"), type="primary", icon=":material/add:", key="add-item"):
    ask_for_item(shown or "town", items)
text = st.text_input(
    t("references.search"),
    key="reference_text",
    placeholder=t("references.search_hint"),
    bind="query-params",
    width=320,
)
wanted = (text or "").strip().lower()
found = [item for item in items if wanted in f"{item.code} {item.name_zh} {item.name_en}".lower()]
page = page_of(len(found), key="reference_page")

if not found:
    empty(t("references.none"), t("references.none_hint"))
else:
    parents = {item.code: item.name(lang()) for item in items}
    with st.container(key="list-references", gap=None):
        for item in found[(page - 1) * PAGE : page * PAGE]:
            item_row(item, parents.get(item.parent or "", ""), movable=not wanted)
