"""The glance on a large screen: one answer after another, nothing to press, back by itself after an interruption."""

import streamlit as st

from pages.glance.screen_boards import SECONDS, draw_board, screen_style, watch
from pages.shared.here import actor

actor().must("see_screen")
screen_style()
watch()
st.fragment(draw_board, run_every=SECONDS)()
