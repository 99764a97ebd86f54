"""The glance on a large screen: one answer after another, nothing to press, back by itself after an interruption."""

import streamlit as st

from pages.glance.screen_boards import SECONDS, draw_board, screen_style, watch
from pages.shared.here import actor, t
from pages.shared.markup import Markup, show

actor().must("see_screen")
screen_style()
show(Markup('<h1 class="f2f-moved">{}</h1>').format(t("page.screen")))  # a reader hears where this is
watch()
st.fragment(draw_board, run_every=SECONDS)()
