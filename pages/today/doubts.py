"""Answers that look perfunctory, with what speaks against each. People read the list; nothing follows by itself."""

from collections.abc import Sequence

import streamlit as st

import i18n
from access.actor import Actor
from casework.cases.perfunctory import AnswerEvidence, Listed, perfunctory_answers
from db.cases import cases
from db.cases.cases import Case
from pages.desk.row import state_word
from pages.shared.here import actor, lang, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names
from pages.today.head import DOUBT
from pages.today.rows import case_cell, opening, section_head

_NAMED = 3  # cases with the same answer that a line names


def doubtful(who: Actor) -> list[Listed]:
    """Compared once a revision of the store, for all who see the same."""
    return _compared(store().revision(), who)


@st.cache_resource(max_entries=4, show_spinner=False)
def _compared(revision: int, who: Actor) -> list[Listed]:
    return perfunctory_answers(store(), actor=who)


def doubts(found: Sequence[Listed], total: int, names: Names) -> None:
    """`found` are those shown of `total`."""
    if not found:
        return
    scope, ids = actor().scope, [one.answer.case_id for one in found]
    drawn = store().read(lambda con: cases.these(con, scope, ids))
    section_head(DOUBT, t("today.kind.doubt"), t("today.rule.doubt"), total, len(found))
    with st.container(key="work-list-doubt", gap=None):
        for one in found:
            if one.answer.case_id in drawn:
                _row(one, drawn[one.answer.case_id], names)


def _row(one: Listed, case: Case, names: Names) -> None:
    evidence = Markup().join(Markup("<li>{}</li>").format(_said(evidence)) for evidence in one.evidence)
    below = Markup('<blockquote class="f2f-doubt">{}</blockquote><ul class="f2f-evidence">{}</ul>').format(
        one.answer.text, evidence
    )
    with st.container(key=f"case-row-doubt-{case.number}", gap=None):
        show(
            Markup(
                '<div class="f2f-case f2f-work">{}<span class="f2f-c-state">{}</span>'
                '<span class="f2f-c-lead">{}</span></div>'
            ).format(case_cell(case, names, below), state_word(case.state), names.who(case.lead_body))
        )
        opening(DOUBT, case)


def _said(evidence: AnswerEvidence) -> str:
    named = t("desk.comma").join(evidence.others[:_NAMED])
    share = i18n.percent(i18n.number(evidence.alike * 100, lang()), lang())
    return t(f"today.evidence.{evidence.kind}", n=len(evidence.others) or evidence.times, cases=named, share=share)
