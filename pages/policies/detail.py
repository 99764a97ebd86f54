"""One policy: its facts, the cases it answers, and who benefited, counted by year."""

from collections.abc import Sequence

import streamlit as st

import i18n
from db import guidance, policies
from db.policies import AnsweredCase, Policy
from pages.policies.forms import ask_to_change
from pages.policies.links import ask_for_cases, ask_for_list, ask_what_to_unlink, brought_in
from pages.shared.answered import answered_case
from pages.shared.here import actor, lang, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import names
from pages.shared.rows import back_button, empty, facts


def policy_detail(policy_id: str) -> None:
    back_button("policy")
    policy = store().read(lambda con: policies.get(con, policy_id))
    if policy is None:
        empty(t("policy.not_found"), t("policy.not_found_hint"))
        return
    edits = actor().may("edit_policy")
    _head(policy, edits)
    _benefited(policy, edits)
    _answered(policy, edits)


def _head(policy: Policy, edits: bool) -> None:
    title = f"{t('policy.number', number=policy.number)} · {policy.title(lang())}"
    with st.container(key="card-policy", border=True):
        show(Markup('<div class="f2f-policy-head"><h1>{}</h1></div>').format(title))
        issued = i18n.day(policy.issued_on, lang())
        facts([(t("policy.issued_on"), issued), (t("policy.body"), names().who(policy.body_code))])
        with st.container(horizontal=True):
            if edits and st.button(t("policy.change"), key="policy-change", icon=":material/edit:"):
                ask_to_change(policy)
            _explained(policy, edits)


def _explained(policy: Policy, edits: bool) -> None:
    """The way to what everybody reads of it, or to writing that."""
    found = store().read(lambda con: guidance.of_policy(con, policy.id))
    if found:
        label = t("guidance.keep.explained", number=found.number)
        st.page_link("guidance/guides.py", label=label, icon=":material/public:", query_params={"guidance": found.id})
    elif edits:
        label, asked = t("guidance.keep.explain"), {"policy": policy.id}
        st.page_link("guidance/guides.py", label=label, icon=":material/public:", query_params=asked)


def _benefited(policy: Policy, edits: bool) -> None:
    by_year = store().read(lambda con: policies.beneficiaries_by_year(con, policy.id))
    with st.container(key="card-benefited", border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(t("policy.benefited"))
            if edits and st.button(t("policy.import"), key="policy-import", icon=":material/upload:"):
                ask_for_list(policy)
        brought_in()
        if not by_year:
            empty(t("policy.benefited_none"), t("policy.benefited_none_hint"))
            return
        known = store().read(lambda con: policies.registered_beneficiaries(con, actor().scope, policy.id))
        facts(
            [
                (t("policy.benefited_label"), _enterprises(sum(n for _, n in by_year))),
                (t("policy.benefited_known"), _enterprises(known)),
            ]
        )
        st.caption(t("policy.benefited_by_year"))
        show(_bars(by_year))


def _enterprises(n: int) -> str:
    return t("policy.benefited_total", count=i18n.number(n, lang()))


def _bars(by_year: Sequence[tuple[int, int]]) -> Markup:
    """A bar a year from the first to the last, none left out; the number stands beside it."""
    counted = dict(by_year)
    most = max(counted.values())
    lines = Markup().join(
        Markup(
            '<div class="f2f-year" role="listitem"><span>{}</span><div class="f2f-year-bar">'
            '<i style="width:{:.1f}%"></i></div><b>{}</b></div>'
        ).format(
            t("policy.in_year", year=year), 100 * counted.get(year, 0) / most, i18n.number(counted.get(year, 0), lang())
        )
        for year in range(min(counted), max(counted) + 1)
    )
    return Markup('<div class="f2f-years" role="list">{}</div>').format(lines)


def _answered(policy: Policy, edits: bool) -> None:
    found = store().read(lambda con: policies.cases_of(con, actor().scope, policy.id))
    with st.container(key="card-answered", border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(t("policy.answered"))
            if edits:
                _link_buttons(policy, found)
        if not found:
            empty(t("policy.answered_none"), t("policy.answered_none_hint"))
        for case in found:
            answered_case(case)


def _link_buttons(policy: Policy, found: Sequence[AnsweredCase]) -> None:
    with st.container(horizontal=True, width="content"):
        if st.button(t("policy.link"), key="policy-link", icon=":material/link:"):
            ask_for_cases(policy)
        if found and st.button(t("policy.unlink"), key="policy-unlink", icon=":material/link_off:"):
            ask_what_to_unlink(policy, found)
