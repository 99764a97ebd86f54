"""What a draft still lacks, and how its questions go on with those of the version before."""

import re

import streamlit as st

from intake.questionnaires.check import Problem
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.versions import Sheet
from pages.shared.here import t
from pages.shared.plain import plain

_SHOWN = 60


def problems(sheet: Sheet) -> None:
    if not sheet.problems:
        st.success(t("designer.ready"), icon=":material/check_circle:")
        return
    with st.expander(t("designer.problems", n=len(sheet.problems)), key="designer-problems", expanded=True):
        plain("\n".join(in_words(problem) for problem in sheet.problems[:_SHOWN]))


def in_words(problem: Problem) -> str:
    facts = dict(problem.facts)
    if "part" in facts:
        facts["part"] = t(f"problem.part.{facts['part']}")
    where = problem.item or t("designer.whole")
    return closed_up(t("problem.line", where=where, what=t(f"problem.{problem.code}", **facts)))


def closed_up(words: str) -> str:
    """Without the gap that a fact left empty leaves, before a colon or in the midst."""
    return re.sub(r" +([:：])", r"\1", " ".join(words.split()))


def mapping(sheet: Sheet) -> None:
    """Only where the version follows another."""
    if sheet.before is None:
        return
    items = [item for item in sheet.questionnaire.items if KINDS[item.kind].asks]
    was = {item.was for item in items}
    gone = [item.code for item in sheet.before.items if KINDS[item.kind].asks and item.code not in was]
    lines = [
        t("designer.mapped", code=item.code, was=item.was) if item.was else t("designer.new_item", code=item.code)
        for item in items
    ] + [t("designer.dropped", code=code) for code in gone]
    with st.expander(t("designer.mapping"), key="designer-mapping"):
        plain("\n".join(lines))
