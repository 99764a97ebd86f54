"""The bell: what happened about the cases of this person and their desk, each line a way to its case."""

import streamlit as st

import i18n
from access.actor import ACCOUNT
from casework.notices.notices import read_inbox, said_of
from db import clock
from db.notices.inbox import InboxLine
from pages.shared.filter_address import view_from
from pages.shared.here import actor, lang, store, t
from pages.shared.markup import show
from pages.shared.paging import PAGE, pages
from pages.shared.plain import letters
from pages.shared.rows import quiet_line, records
from pages.shared.stand_in import stands_for_line, stood_for
from pages.shared.style import style


def new_since(looked: int) -> int:
    """Up to which number this tab had looked when it came: what was new then stays marked as one turns pages."""
    before, after = st.session_state.get("inbox-seen", (looked, looked))
    if looked != after:
        before = looked
    st.session_state["inbox-seen"] = before, max([after, looked, *(one.n for one in found.lines)])
    return before


def line(one: InboxLine) -> None:
    """What happened, and below it to whose case. Whoever does not see the case reads its number alone."""
    named = (one.title, one.enterprise(lang())) if one.title else ()
    whose = standing_for.get(one.address)
    named += (t("stand_in.for", name=whose),) if whose else ()
    when = i18n.moment(clock.local(one.told_at), lang())
    with st.container(key=f"row-{'new' if one.n > seen else 'old'}-{one.n}-{one.case_id}-{one.address}", gap=None):
        said = letters(said_of(one, lang()))
        if one.title or one.kind == "handed_over":
            page, name = ("issue/case.py", "id") if actor().may("follow_cases") else ("desk/desk.py", "case")
            st.page_link(page, label=said, query_params={name: one.case_id})
        else:
            st.markdown(said)
        show(quiet_line(i18n.DOT.join(filter(None, (*named, when)))))


style("shared/rows", "notices/notices")
found = read_inbox(store(), actor=actor(), size=PAGE, page=view_from(st.query_params)[1])
seen = new_since(found.looked)
standing_for = {f"{ACCOUNT}{one}": name for one, name in stood_for(actor()).items()}
with st.container(key="narrow"):
    st.title(t("page.inbox"), anchor=False)
    st.caption(t("inbox.lead"))
    stands_for_line()
    records("inbox", found.lines, line, t("inbox.none"), t("inbox.none_hint"))
    pages(found.total, PAGE)
    st.page_link("notices/mine.py", label=t("inbox.settings"), icon=":material/tune:")
