"""What changed: with each import of the economy, and with each day of the cases."""

import streamlit as st

from db.indicators.changes import imports
from pages.figures import live_view
from pages.figures.changes_lists import SHOWN, changes_of, day_list, import_list
from pages.figures.changes_notes import note_list
from pages.shared.here import actor, kept, t
from pages.shared.leader_page import leader_style, section
from pages.shared.style import style

viewer = actor()
viewer.must("see_dashboard")
leader_style()
style("figures/changes")
st.title(t("page.changes"))
st.markdown(t("changes.lead"))
section(t("changes.imports"))
import_list(kept(imports, most=SHOWN))
section(t("changes.days"))
day_list(changes_of(live_view.chain_head(), viewer.scope, live_view.today()))
section(t("pinning.title"))
note_list()
