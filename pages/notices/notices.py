"""Notices on their way: how many wait and since when, what failed and why, what was given up."""

import streamlit as st

import i18n
from casework.notices.channels import Outside
from casework.notices.notices import overview, try_again
from db import clock
from db.notices import outbox
from db.system import settings
from pages.notices.row import notice_row, queue_is_empty
from pages.shared import filters
from pages.shared.asking import attempt
from pages.shared.filter_address import view_from
from pages.shared.here import actor, lang, now, store, t
from pages.shared.rows import PAGE, empty, facts, page_of, row_style
from pages.shared.style import style

row_style()
style("notices/notices")
st.title(t("page.notices"))
st.caption(t("notices.queue.lead"))
asked = st.query_params.get("state", "")
state = asked if asked in outbox.STATES else None
page = view_from(st.query_params)[1]
seen = overview(store(), actor=actor(), state=state, limit=PAGE, offset=(page - 1) * PAGE, at=now())
standing, counts = seen.standing, seen.standing.counts

with st.container(border=True, key="card-standing"):
    oldest = i18n.moment(clock.local(standing.oldest), lang()) if standing.oldest else "—"
    facts(
        [
            (t("notices.queue.waiting"), i18n.number(standing.waiting, lang())),
            (t("notices.queue.oldest"), oldest),
            (t("notices.queue.abandoned"), i18n.number(counts.get("abandoned", 0), lang())),
            (t("notices.queue.sent"), i18n.number(counts.get("sent", 0), lang())),
        ]
    )
if standing.mail and not Outside.from_environment().mail_url:
    st.warning(t("notices.queue.no_mail", n=standing.mail), icon=":material/mail_off:")
if not store().read(settings.public_url):
    st.info(t("notices.queue.no_url"), icon=":material/link_off:")

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    filters.quick("state", t("notices.queue.state"), {s: t(f"notices.state.{s}") for s in outbox.STATES}, counts)
    if counts.get("failed", 0) + counts.get("abandoned", 0) and st.button(
        t("notices.queue.all_again"), icon=":material/refresh:", key="all-again"
    ):
        again = attempt(lambda: try_again(store(), actor=actor(), notice_id=None, at=now()))
        st.toast(t("notices.queue.retried", n=again or 0), icon=":material/check:")
        st.rerun()

page_of(counts.get(state, 0) if state else standing.waiting + counts.get("abandoned", 0))
if not seen.rows and state is None:
    queue_is_empty()
elif not seen.rows:
    empty(t("notices.queue.nothing"), t("notices.queue.nothing_hint"))
else:
    with st.container(key="list-notices", gap=None):
        for notice in seen.rows:
            notice_row(notice)
