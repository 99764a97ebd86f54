"""The enterprise register: found, added, changed one by one, or imported from a file."""

from functools import partial

import streamlit as st

from db.people import enterprises
from db.people.enterprises import EnterpriseFilter
from intake.register.enterprises import check_enterprises, import_enterprises, refused_enterprises
from intake.register.template import enterprises_template
from pages.imports.panel import import_panel
from pages.imports.preview import Import, import_style
from pages.register.forms import ask_for_enterprise
from pages.register.row import enterprise_row, entry_cells
from pages.shared import filters
from pages.shared.here import actor, store, t
from pages.shared.names import names
from pages.shared.paging import page_of
from pages.shared.rows import records

called = names()
scope, asked = actor().enterprise_scope, st.query_params
wanted = EnterpriseFilter(asked.get("text", "").strip(), asked.get("sector", ""), asked.get("town", ""))

import_style()
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.title(t("page.enterprises"))
    if st.button(t("register.add"), type="primary", icon=":material/add_business:", key="add-enterprise"):
        ask_for_enterprise()
st.caption(t("register.lead"))
listed, imported = st.tabs([t("register.list"), t("register.import")])
with imported:
    cells = partial(entry_cells, called=called)
    import_panel(Import("enterprises", check_enterprises, import_enterprises, enterprises_template, "entry", cells,
                        returned=refused_enterprises))  # fmt: skip
with listed:
    counts = store().read(lambda con: enterprises.counts(con, scope, wanted))
    filters.search("text", t("register.search"), t("register.search_hint"))
    with st.container(horizontal=True):
        sectors = {code: called.sector.get(code, code) for code in sorted(counts["sector"])}
        filters.choice("sector", t("register.sector"), t("register.every_sector"), sectors, counts["sector"])
        filters.choice("town", t("register.town"), t("register.every_town"), called.town, counts["town"])
    part = page_of(store().read(lambda con: enterprises.count(con, scope, wanted)))
    found = store().read(lambda con: enterprises.find(con, scope, wanted, **part))
    none = t("register.none"), t("register.none_hint")
    records("enterprises", found, lambda one: enterprise_row(one, called), *none)
