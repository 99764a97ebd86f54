"""The system: where the history stands, the last backup, what the district is called."""

import streamlit as st

import i18n
from access.second_factor import ask_second_factor
from access.upkeep import LONGEST_URL, rename_district, set_form_page, set_public_url, verify_history
from db import events
from db.system import settings
from pages.shared.asking import attempt, by, save
from pages.shared.choices import pick
from pages.shared.here import actor, lang, store, t
from pages.shared.rows import facts, row_style
from pages.system.backups import backups_part

row_style()
st.title(t("page.system"))

with st.container(border=True, key="card-history"):
    st.header(t("system.history"))
    head = store().read(events.head)
    facts([(t("system.revision"), i18n.number(head.n, lang())), (t("system.head"), head.hash[:16] or "—")])
    st.caption(t("system.history_hint"))
    if st.button(t("system.verify"), icon=":material/verified:", key="verify"):
        breaks = verify_history(store(), actor=actor())
        if breaks:
            st.error(t("system.broken", n=len(breaks), first=breaks[0].n), icon=":material/error:")
        else:
            st.success(t("system.verified", n=head.n), icon=":material/check:")

with st.container(border=True, key="card-backups"):
    backups_part()

with st.container(border=True, key="card-district"):
    st.header(t("system.district"))
    named = store().read(settings.district)
    with st.form("district", border=False, enter_to_submit=False):
        zh = st.text_input(t("references.name_zh"), named.name_zh, max_chars=80, key="district-zh")
        en = st.text_input(t("references.name_en"), named.name_en, max_chars=80, key="district-en")
        if st.form_submit_button(t("system.rename"), type="primary") and attempt(
            lambda: rename_district(store(), name_zh=zh, name_en=en, **by())
        ):
            st.rerun()

with st.container(border=True, key="card-second-factor"):
    st.header(t("second.asked_title"))
    st.session_state["second-factor"] = store().read(settings.second_factor)
    st.toggle(
        t("second.asked"), key="second-factor",
        on_change=lambda: attempt(lambda: ask_second_factor(store(), wanted=st.session_state["second-factor"], **by())),
    )  # fmt: skip
    st.caption(t("second.asked_hint"))

with st.container(border=True, key="card-site"):
    st.header(t("notices.site.title"))
    with st.form("site", border=False, enter_to_submit=False):
        url = st.text_input(t("notices.site.title"), store().read(settings.public_url), help=t("notices.site.hint"),
                            max_chars=LONGEST_URL, label_visibility="collapsed", placeholder="https://",
                            key="public-url")  # fmt: skip
        if st.form_submit_button(t("notices.site.save"), type="primary"):
            save(lambda: set_public_url(store(), typed=url, **by()))

with st.container(border=True, key="card-form-page"):
    st.header(t("system.form_page"))
    pages = {one: t(f"system.form_{one}") for one in settings.FORM_PAGES}
    stands = settings.FORM_PAGES.index(store().read(settings.form_page))
    chosen = pick(st.radio, t("system.form_page"), pages, index=stands, key="form-page", label_visibility="collapsed")
    if st.button(t("system.form_page_save"), key="form-page-save"):
        save(lambda: set_form_page(store(), chosen=chosen, **by()))
