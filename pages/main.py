"""The script of every page: who is here, which language, the menu that this person may see, run."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # Streamlit puts this folder on the path; the packages stand one above
    sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402

from pages.entrance.denied import changed_hands  # noqa: E402
from pages.entrance.menu import ICON, menu_of  # noqa: E402
from pages.shared.header import header  # noqa: E402
from pages.shared.here import t, visitor  # noqa: E402
from pages.shared.refused import mark_needed  # noqa: E402
from pages.sitemap import HOME, HOME_OF_VISITOR  # noqa: E402
from pages.web.taken import marked, somebody_elses  # noqa: E402

actor = visitor()
home = "welcome" if actor is None else HOME_OF_VISITOR.get(actor.way) or HOME[actor.role]
menu = menu_of(actor)
# first: the browser would fetch a page's own icon from another host for the tab
st.set_page_config(page_icon=ICON, layout="wide")
page = st.navigation(menu.groups, position="top" if menu.shown else "hidden")
if page is menu.start:
    st.switch_page(menu.pages[home])
st.set_page_config(page_title=f"{page.title} · {t('header.product')}")  # the tab names the page
header(actor, page.url_path, beside_menu=menu.shown)
if actor and (actor.in_house or actor.way == "account"):  # the others' forms say it themselves
    mark_needed()
if somebody_elses(actor):
    changed_hands(actor, page.url_path)
else:
    marked(actor)
    page.run()
