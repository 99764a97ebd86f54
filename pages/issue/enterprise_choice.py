"""Which enterprise somebody reports for: a short list is shown whole, a long one is searched."""

import streamlit as st

from access.actor import Actor
from db.people import care
from pages.shared.here import lang, store, t

SHOWN = 60


def choose_enterprise(actor: Actor) -> str | None:
    """The chosen enterprise's id; the address (`?enterprise=`) may name it."""
    asked = st.query_params.get("enterprise")
    words = _search(actor)
    found = store().read(lambda con: care.named(con, actor.scope, words, asked, limit=SHOWN))
    if not found:
        st.info(t("issue.enterprise.none_found" if words else "issue.enterprise.nobody"))
        return None
    if len(found) >= SHOWN:
        st.caption(t("issue.enterprise.narrow", n=SHOWN))
    names = {item.id: item.say(lang()) for item in found}
    return st.selectbox(
        t("issue.enterprise.label"),
        list(names),
        index=list(names).index(asked) if asked in names else None,
        format_func=lambda id_: names.get(id_, ""),
        placeholder=t("issue.enterprise.placeholder"),
        filter_mode="contains",
        key="report_enterprise",
    )


def _search(actor: Actor) -> str:
    in_all = store().read(lambda con: care.how_many(con, actor.scope))
    if in_all <= SHOWN:
        return ""
    return st.text_input(t("issue.enterprise.search"), key="report_search", max_chars=100) or ""
