"""A second clerk is told of the first, and sees within seconds what the other one writes down."""

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from casework.forum_day.forum_day import here
from casework.forums.agenda import agenda
from db.forums.forum_day import AgendaLine
from db.forums.forums import Forum
from pages.shared.asking import attempt, by
from pages.shared.here import actor, store, t
from pages.shared.plain import letters

LOOK_EVERY = timedelta(seconds=4)


def others_and_news(forum: Forum, lines: Sequence[AgendaLine]) -> None:
    """`lines` are those that this page drew."""
    drawn = _version(lines)

    @st.fragment(run_every=LOOK_EVERY)
    def look() -> None:
        others = attempt(lambda: here(store(), forum_id=forum.id, **by()))
        if others:
            named = t("desk.comma").join(letters(name) for name in others)
            st.warning(t("forum_day.others", names=named), icon=":material/group:")
        if _version(agenda(store(), actor=actor(), forum_id=forum.id)) != drawn:
            st.rerun()

    look()


def _version(lines: Sequence[AgendaLine]) -> list[tuple[str, int]]:
    return [(line.item.id, line.item.seq) for line in lines]
