"""A case below the numbered record that answers it or comes from it, drawn by records.css."""

import streamlit as st

import i18n
from db import clock
from db.policies import AnsweredCase
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show


def answered_case(case: AnsweredCase) -> None:
    when = i18n.day(clock.day_of(case.submitted_at), lang())
    with st.container(key=f"row-{case.number}", horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.page_link("desk/desk.py", label=case.number, query_params={"case": case.id})
        show(
            Markup(
                '<div class="f2f-answers"><div>{}<div class="f2f-quiet">{}{}{}</div></div><div>{}</div></div>'
            ).format(case.title, case.enterprise(lang()), i18n.DOT, when, t(f"case.state.{case.state}"))
        )
