"""Notices on their way: how many wait and since when, what failed and why, what was given up."""

import streamlit as st

import i18n
from casework.notices.channels import Outside
from casework.notices.notices import overview, try_again
from db import clock
from db.notices import outbox
from db.system import settings
from pages.notices.row import notice_row
from pages.shared import filters
from pages.shared.asking import attempt, by
from pages.shared.filter_address import view_from
from pages.shared.here import actor, lang, now, store, t
from pages.shared.paging import PAGE, page_of
from pages.shared.rows import facts, records
from pages.shared.style import style

style("shared/rows", "notices/notices")
st.title(t("page.notices"))
st.caption(t("notices.queue.lead"))
asked = st.query_params.get("state", "")
state = asked if asked in outbox.STATES else None
page = view_from(st.query_params)[1]
seen = overview(store(), actor=actor(), state=state, limit=PAGE, offset=(page - 1) * PAGE, at=now())
standing, counts = seen.standing, seen.standing.counts

with st.container(border=True, key="card-standing"):
    oldest = i18n.moment(clock.local(standing.oldest), lang()) if standing.oldest else "—"
    n = {"waiting": standing.waiting, "abandoned": counts.get("abandoned", 0), "sent": counts.get("sent", 0)}
    said = {name: i18n.number(number, lang()) for name, number in n.items()} | {"oldest": oldest}
    facts([(t(f"notices.queue.{name}"), said[name]) for name in ("waiting", "oldest", "abandoned", "sent")])
if standing.mail and not Outside.from_environment().mail_url:
    st.warning(t("notices.queue.no_mail", n=standing.mail), icon=":material/mail_off:")
if not store().read(settings.public_url):
    st.info(t("notices.queue.no_url"), icon=":material/link_off:")

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    filters.quick("state", t("notices.queue.state"), {s: t(f"notices.state.{s}") for s in outbox.STATES}, counts)
    if counts.get("failed", 0) + counts.get("abandoned", 0) and st.button(
        t("notices.queue.all_again"), icon=":material/refresh:", key="all-again"
    ):
        again = attempt(lambda: try_again(store(), notice_id=None, **by()))
        st.toast(t("notices.queue.retried", n=again or 0), icon=":material/check:")
        st.rerun()

page_of(counts.get(state, 0) if state else standing.waiting + counts.get("abandoned", 0))
none = "nothing" if state else "empty"
records("notices", seen.rows, notice_row, t(f"notices.queue.{none}"), t(f"notices.queue.{none}_hint"))
