"""What a draft still lacks, what an import does not take as it stands, how questions go on with the version before."""

import re
from collections.abc import Sequence

import streamlit as st

from intake.files.imports import how_many
from intake.questionnaires.check import Problem
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.versions import VersionSheet
from intake.xlsform.sheets import Remark
from pages.shared.here import lang, t
from pages.shared.plain import plain

_SHOWN = 60


def problems(sheet: VersionSheet) -> None:
    stops = sheet.stops
    if not stops:
        st.success(t("designer.ready"), icon=":material/check_circle:")
    codes = {problem.code for problem in stops}
    gaps = [problem for problem in sheet.problems if problem.code not in codes]
    for name, found in (("problems", stops), ("gaps", gaps)):
        if found:
            label = t(f"designer.{name}", n=len(found))
            with st.expander(label, key=f"designer-{name}", expanded=name == "problems"):
                plain("\n".join(in_words(problem) for problem in found[:_SHOWN]))


def in_words(problem: Problem) -> str:
    facts = dict(problem.facts)
    if "part" in facts:
        facts["part"] = t(f"problem.part.{facts['part']}")
    where = problem.item or t("designer.whole")
    return closed_up(t("problem.line", where=where, what=t(f"problem.{problem.code}", **facts)))


def closed_up(words: str) -> str:
    """Without the gap that a fact left empty leaves, before a colon or in the midst."""
    return re.sub(r" +([:：])", r"\1", " ".join(words.split()))


def mapping(sheet: VersionSheet) -> None:
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


def remarks(key: str, found: Sequence[Remark]) -> None:
    """Each place with its reason, a hundred of them and how many more."""
    if found:
        with st.expander(t(key, n=how_many(found)), key=f"import-{key.rpartition('.')[2]}", expanded=True):
            plain("\n".join(map(_line, found)))


def _line(remark: Remark) -> str:
    if not (remark.sheet or remark.row or remark.column or remark.name):
        return remark.reason(lang())
    facts = {"sheet": remark.sheet, "row": remark.row, "column": remark.column.rstrip(" :："), "name": remark.name}
    words = t("designer.remark" if remark.row else "designer.remark_sheet", **facts, reason=remark.reason(lang()))
    return closed_up(words)
