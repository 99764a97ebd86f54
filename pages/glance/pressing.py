"""Where a press on a picture leads: to the page that its point names, or to a drawer on the glance."""

from urllib.parse import parse_qsl

import streamlit as st

from pages.figures.card import OPEN

PAGES = {"desk": "desk/desk.py", "forums": "forums/forums.py"}
NUMBERS = "numbers"  # the drawer of a picture's own numbers
_PRESSES = "glance_presses"


def opened() -> int:
    """How often something was pressed: a chart begins anew after it, so that the same point can be pressed again."""
    return int(st.session_state.get(_PRESSES, 0))


def pressed(where: str) -> None:
    """`desk?town=…` is an address; `mood:overall` what opens beside the board."""
    st.session_state[_PRESSES] = opened() + 1
    page, _, asked = where.partition("?")
    if page in PAGES:
        st.switch_page(PAGES[page], query_params=dict(parse_qsl(asked)))
    else:
        st.session_state[OPEN] = where
