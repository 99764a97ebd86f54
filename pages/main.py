"""The script of every page: who is here, which language, the menu that this person may see, run."""

import sys
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # Streamlit puts this folder on the path; the packages stand one above
    sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402

from pages.entrance.changed_hands import changed_hands  # noqa: E402
from pages.entrance.denied import denied  # noqa: E402
from pages.shared.header import header  # noqa: E402
from pages.shared.here import t, visitor  # noqa: E402
from pages.sitemap import HOME, HOME_OF_VISITOR, SITE, SitePage  # noqa: E402
from pages.web.taken import marked, somebody_elses  # noqa: E402

actor = visitor()
home = "welcome" if actor is None else HOME_OF_VISITOR.get(actor.way) or HOME[actor.role]


def allowed(row: SitePage) -> bool:
    return row.permission == "anyone" or (actor is not None and actor.may(row.permission))


def as_page(row: SitePage) -> st.Page:
    """A page that this person may not see keeps its address, so that the answer is ours and in their language."""
    script = Path(__file__).parent / row.file if allowed(row) else partial(denied, signed_in=actor is not None)
    shown = allowed(row) and row.menu
    return st.Page(
        script,
        title=t(f"page.{row.path}"),
        icon=row.icon,
        url_path=row.path,
        visibility="visible" if shown else "hidden",
    )


def in_groups() -> dict[str, list[st.Page]]:
    """The menu's entries under the word of their group; those of none, and what no menu shows, under none."""
    groups: dict[str, list[st.Page]] = {"": [start]}
    for row in SITE:
        word = t(f"menu.{row.group}") if row.group and allowed(row) else ""
        groups.setdefault(word, []).append(pages[row.path])
    return groups


st.set_page_config(page_title=t("header.product"), page_icon=str(ROOT / "pages/static/icon.svg"), layout="wide")
pages = {row.path: as_page(row) for row in SITE}
# Streamlit gives its default page no other address than '/', and ours keep theirs: the default only leads on.
start = st.Page(lambda: None, title=t("header.product"), url_path="start", default=True, visibility="hidden")
menu = sum(allowed(row) and row.menu for row in SITE) > 1 and actor is not None and actor.role != "enterprise"
page = st.navigation(in_groups(), position="top" if menu else "hidden")
if page == start:
    st.switch_page(pages[home])
st.set_page_config(page_title=f"{page.title} · {t('header.product')}")  # the tab names the page
header(actor, page.url_path, beside_menu=menu)
if somebody_elses(actor):
    changed_hands(actor, page.url_path)
else:
    marked(actor)
    page.run()
