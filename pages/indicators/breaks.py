"""Where series change their scope or method: those that are marked, and a form that marks one."""

import streamlit as st

import i18n
from db.indicators import indicators
from intake.indicators.breaks import KINDS, mark_break
from pages.imports.findings import lines
from pages.indicators.asked import FORM_WIDTH
from pages.shared.asking import by, save
from pages.shared.choices import pick, pick_day
from pages.shared.here import lang, store, t
from pages.shared.rows import cell, strong


def breaks_panel() -> None:
    known = {one.code: one.say(lang()) for one in store().read(indicators.indicators)}
    marked = store().read(lambda con: indicators.breaks(con, list(known)))
    st.caption(t("indicators.breaks_lead"))
    if marked:
        lines("revision", [
            [strong(known[one.indicator_code]), cell(i18n.day(one.starts_on, lang())),
             cell(t(f"indicators.break.{one.kind}")), cell(one.note)]
            for one in marked
        ])  # fmt: skip
    with st.form("break", enter_to_submit=False, width=FORM_WIDTH):
        code = pick(st.selectbox, t("import.field.indicator"), known)
        starts_on = pick_day(t("indicators.break_from"), value=None, key="break-from")
        kind = st.selectbox(t("indicators.break_kind"), KINDS, format_func=lambda one: t(f"indicators.break.{one}"))
        note = st.text_input(t("indicators.break_note"), key="break-note")
        if not st.form_submit_button(t("indicators.break_save"), type="primary"):
            return
    save(lambda: mark_break(store(), code=code, starts_on=starts_on, kind=kind, note=note, **by()))
