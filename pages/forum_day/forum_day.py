"""Forum day: the agenda before it, the clerk's screen while people talk, what came of it afterwards."""

import streamlit as st

import i18n
from casework.forum_day.forum_finish import outcome
from casework.forums.agenda import agenda
from db import clock
from db.forums import forums
from pages.forum_day.agenda_plan import agenda_plan
from pages.forum_day.choice import chosen_forum, chosen_view
from pages.forum_day.end import came_of_it
from pages.forum_day.live import others_and_news
from pages.forum_day.table import clerks_screen
from pages.forum_day.wall import wall_and_sign_in
from pages.forums.row import forum_style
from pages.shared.here import actor, lang, now, store, t
from pages.shared.names import names
from pages.shared.plain import letters, told
from pages.shared.rows import empty
from pages.shared.style import style

forum_style()
style("forum_day/forum_day")
who, today, called = actor(), clock.day_of(now()), names()
head = st.container(
    horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute", key="forum-day-head"
)
title = head.container()
with head:
    forum = chosen_forum(store().read(forums.to_run), today)
if forum is None:
    title.title(t("page.forum_day"))
    empty(t("forum_day.no_forum"), t("forum_day.no_forum_hint"))
    st.stop()

lines = agenda(store(), actor=who, forum_id=forum.id)
done = outcome(store(), actor=who, forum_id=forum.id)
title.title(told("forum_day.title", number=forum.number, theme=forum.theme(lang())))
facts = (i18n.weekday_and_day(forum.held_on, lang()), forum.place(lang()), called.who(forum.host_body))
title.caption(letters(i18n.DOT.join(facts)))
view = chosen_view(forum, bool(lines), done is not None, today, may_run=who.may("plan_forum"))
if view == "plan":
    agenda_plan(forum, lines, called, may_change=who.may("plan_forum") and done is None)
elif view == "table":
    others_and_news(forum, lines)
    clerks_screen(forum, lines, called)
elif view == "wall":
    wall_and_sign_in(forum, called)
else:
    came_of_it(forum, lines, done, called)
