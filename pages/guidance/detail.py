"""One piece of guidance for those who keep it: what everybody reads, and the cases behind it, which they alone do."""

from functools import partial

import streamlit as st

import i18n
from casework.guidance.guidance import withdraw_guidance
from db import guidance, policies
from db.guidance import PUBLISHED, Guidance
from i18n.names import STORED
from i18n.writing import LANGUAGES
from pages.guidance.words import about, facts_of
from pages.shared.answered import answered_case
from pages.shared.asking import ask, by, save
from pages.shared.filters import put
from pages.shared.here import actor, lang, store, t
from pages.shared.links import here_link
from pages.shared.markup import Markup, show
from pages.shared.plain import letters
from pages.shared.rows import back_button, empty, facts

# Each part says which language it is in, for whoever has it read out.
_SPOKEN = Markup(
    '<h2 lang="{lang}">{title}</h2><p class="f2f-quiet" lang="{lang}">{about}</p>'
    '<p class="f2f-spoken" lang="{lang}">{text}</p>'
)


def guidance_detail(guidance_id: str) -> None:
    back_button("guidance")
    one = store().read(lambda con: guidance.get(con, guidance_id))
    if one is None:
        empty(t("guidance.gone"), t("guidance.gone_hint"))
        return
    with st.container(key="card-guide", border=True):
        _head(one)
        _words(one)
    _cases(one)


def _head(one: Guidance) -> None:
    number = t("guidance.keep.number", number=one.number)
    show(Markup('<div class="f2f-policy-head"><h1>{}{}{}</h1></div>').format(number, i18n.DOT, one.title(lang())))
    state = i18n.DOT.join((t(f"guidance.keep.{one.state}"), t("guidance.keep.version", n=one.seq)))
    behind = store().read(lambda con: guidance.behind(con, one.id))
    facts([(t("guidance.keep.state"), state), *facts_of(one, behind)])
    show(Markup('<p class="f2f-quiet">{}</p>').format(about(one)))
    policy = store().read(lambda con: policies.get(con, one.policy_id or ""))
    if policy:
        words = t("guidance.keep.of_policy", number=policy.number, title=letters(policy.title(lang())))
        st.page_link("policies/policies.py", label=words, query_params={"policy": policy.id})
    with st.container(horizontal=True):
        if one.state == PUBLISHED:
            here_link(t("guidance.keep.public"), f"/guidance/{one.number}")
        if actor().may("edit_policy"):
            st.button(t("guidance.keep.change"), key="guide-change", icon=":material/edit:", on_click=put,
                      args=("change", one.id))  # fmt: skip
            if one.state == PUBLISHED and st.button(t("guidance.keep.withdraw"), key="guide-withdraw"):
                ask(t("guidance.keep.withdraw"), partial(_withdraw, one))


def _words(one: Guidance) -> None:
    """In every language in which they stand."""
    for code in STORED:
        if text := getattr(one, f"text_{code}"):
            title, audience = getattr(one, f"title_{code}"), getattr(one, f"audience_{code}")
            about_it = i18n.DOT.join(filter(None, (LANGUAGES[code].own_name, audience)))
            show(_SPOKEN.format(lang=LANGUAGES[code].html, title=title, about=about_it, text=text))


def _cases(one: Guidance) -> None:
    found = store().read(lambda con: guidance.cases_of(con, actor().scope, one.id))
    with st.container(key="card-behind", border=True):
        st.header(t("guidance.keep.came_from"), anchor=False)
        if not found:
            st.caption(t("guidance.keep.came_from_none"))
        for case in found:
            answered_case(case)


def _withdraw(one: Guidance) -> None:
    reason = st.text_area(t("guidance.keep.reason"), key="guide-reason") or ""
    if st.button(t("guidance.keep.withdraw"), type="primary", key="guide-withdrawn"):
        save(lambda: withdraw_guidance(store(), guidance_id=one.id, reason=reason, seen=one.seq, **by()))
