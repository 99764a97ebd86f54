"""An enterprise's story: small facts on top, then what happened year by year."""

import streamlit as st

from db.people import story
from pages.shared.choices import choose, enterprises
from pages.shared.here import actor, store, t
from pages.shared.names import names
from pages.shared.rows import empty
from pages.story.lines import facts_of, kinds, story_style, years
from pages.story.moments import moments

story_style()
wanted = st.query_params.get("id", "")
told = store().read(lambda con: story.of(con, actor().scope, wanted)) if wanted else None
if told is None:
    st.title(t("page.story"), anchor=False)
    st.caption(t("story.lead"))
    if wanted:
        empty(t("story.gone"), t("story.gone_hint"))
    chosen = choose(t("story.choose"), enterprises(actor()), key="story-enterprise")
    if chosen:
        st.query_params["id"] = chosen
        st.rerun()
    st.stop()

called = names()
facts_of(told, called)
found = moments(told, called)
if not found:
    empty(t("story.nothing"), t("story.nothing_hint"))
else:
    shown = kinds(found)
    years([moment for moment in found if shown in (None, moment.kind)])
st.caption(t("story.survey_left_out"))
