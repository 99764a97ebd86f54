"""Guidance as staff keep it: all of it, one piece with the cases it comes from, or the form that writes one."""

import streamlit as st

from casework.guidance.guidance import guidance_kept
from db import guidance
from db.guidance import PUBLISHED, GuidanceLine
from pages.guidance.detail import guidance_detail
from pages.guidance.form import guidance_form
from pages.guidance.words import about, titled
from pages.shared import filters
from pages.shared.filters import put
from pages.shared.here import actor, kept, store, t
from pages.shared.links import here_link
from pages.shared.markup import Markup
from pages.shared.paging import part_of
from pages.shared.rows import pressed_row, records
from pages.shared.style import style

WRITES = ("new", "policy", "change")


def listing() -> None:
    """What is looked for, the newest first, 25 a page."""
    typed = st.query_params.get("text", "")
    found = guidance_kept(store(), actor=actor(), typed=typed)
    public = len(kept(guidance.published))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(t("page.guides"))
        if actor().may("edit_policy"):
            st.button(t("guidance.keep.add"), type="primary", icon=":material/add:", key="guide-add",
                      on_click=put, args=("new", "1"))  # fmt: skip
    st.caption(t("guidance.keep.lead", published=public, n=len(found)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        filters.search("text", t("guidance.keep.find"), t("guidance.keep.find_hint"))
        here_link(t("guidance.keep.public"), "/guidance")
    records("guides", part_of(found), row, t("guidance.keep.none"), t("guidance.keep.none_hint"))


def row(line: GuidanceLine) -> None:
    one, number = line.guidance, line.guidance.number
    dot = "f2f-dot f2f-on" if one.state == PUBLISHED else "f2f-dot"
    cases = t("guidance.keep.cases", n=line.cases) if line.cases else ""
    look = Markup(
        '<div class="f2f-policy"><div class="f2f-policy-no">{}</div><div><b>{}</b><div class="f2f-quiet">{}</div></div>'
        '<div><span class="{}">{}</span><div class="f2f-quiet">{}</div></div></div>'
    ).format(number, titled(one), about(one), dot, t(f"guidance.keep.{one.state}"), cases)
    label = t("guidance.keep.open", number=number)
    pressed_row(look, f"policy-row-{number}", f"policy-open-{number}", label, "guidance", one.id)


style("shared/rows", "shared/records")
asked = next((name for name in WRITES if st.query_params.get(name)), "")
if asked and actor().may("edit_policy"):
    guidance_form(asked, st.query_params[asked])
elif st.query_params.get("guidance"):
    guidance_detail(st.query_params["guidance"])
else:
    listing()
