"""What somebody raises at the table, in one line: which enterprise, what, which category."""

import streamlit as st

from casework.forums.agenda import Matter, raise_matter
from casework.forums.forums import LONGEST_NAME
from db.forums.forums import Forum
from pages.forum_day.asked import AnswerForm, close
from pages.shared.asking import attempt, by
from pages.shared.choices import choose, enterprises, names
from pages.shared.here import actor, store, t


def new_matter(forum: Forum, asked: AnswerForm, there: int) -> None:
    with st.form(f"matter-{asked.key}", border=False):
        firm = choose(t("spot.enterprise"), enterprises(actor()), key=f"firm-{asked.key}")
        title = st.text_input(t("spot.issue_title"), key=f"title-{asked.key}", max_chars=LONGEST_NAME)
        category = choose(t("spot.category"), names("category", active_only=True), key=f"category-{asked.key}")
        refusals = st.container()
        if st.form_submit_button(t("forum_day.matter_save"), type="primary", shortcut="Enter", key="matter-save"):
            matter = Matter(firm or "", title or "", category or "")
            with refusals:
                said = {"forum_id": forum.id, "item_id": asked.key, "matter": matter}
                made = attempt(lambda: raise_matter(store(), **said, **by()))
            if made:
                close()
                st.session_state[f"table-{forum.id}"] = there  # it stands last
                st.rerun()
