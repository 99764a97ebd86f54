"""What the next forum should be about: candidates by the three tests and fairness, one opened, and the decision."""

import streamlit as st

from db import clock, events
from pages.shared.choices import pick
from pages.shared.here import actor, now, store, t
from pages.shared.names import names
from pages.shared.plain import letters
from pages.shared.rows import empty
from pages.shared.style import style
from pages.themes import data as theme_data
from pages.themes.decision import decide, past_choices
from pages.themes.detail import theme_detail
from pages.themes.lists import theme_lists
from pages.themes.ranking import asked_weights, name_of, ranking_rows

viewer, called = actor(), names()
viewer.must("see_forums")
style("shared/rows", "themes/themes")
asked = (store().read(events.head), viewer.scope, clock.day_of(now()))

st.title(t("theme.title"))
st.caption(t("theme.lead", n=theme_data.ground(*asked).cases))
weights = asked_weights()
kinds = {kind: t(f"theme.kind_{kind}") for kind in ("sector", "category")}
kind = pick(st.segmented_control, t("theme.kind"), kinds, key="theme-kind", label_visibility="collapsed")
ranked = theme_data.ranking(*asked, weights)
shown = [one for one in ranked if kind in (None, one.kind)]
if not shown:
    empty(t("theme.none"), t("theme.none_hint"))
    st.stop()
ranking_rows(shown, called)

wanted = st.query_params.get("theme", "")
chosen = next((one for one in ranked if f"{one.kind}:{one.code}" == wanted), shown[0])
st.header(letters(name_of(chosen, called)), anchor=False)
theme_detail(chosen, theme_data.ground(*asked))
proposed = theme_data.proposal_of(*asked, chosen.theme)
theme_lists(proposed, called)
decide(chosen, ranked, proposed, weights, called)
past_choices(called)
