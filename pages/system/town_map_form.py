"""The district's own map instead of the tiles: bring a GeoJSON file, or go back."""

import streamlit as st

from db.system import settings
from intake.town_map import import_town_map, remove_town_map
from pages.shared.asking import attempt, by
from pages.shared.here import store, t


def town_map_form() -> None:
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
