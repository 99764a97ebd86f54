"""What an import does not take as it stands: each place with its reason, a hundred of them and how many more."""

from collections.abc import Sequence

import streamlit as st

from intake.files.imports import how_many
from intake.xlsform.sheets import Remark
from pages.questionnaires.problems import closed_up
from pages.shared.here import lang, t
from pages.shared.plain import plain


def remarks(key: str, found: Sequence[Remark]) -> None:
    if found:
        with st.expander(t(key, n=how_many(found)), key=f"import-{key.rpartition('.')[2]}", expanded=True):
            plain("\n".join(map(_line, found)))


def _line(remark: Remark) -> str:
    if not (remark.sheet or remark.row or remark.column or remark.name):
        return remark.reason(lang())
    facts = {"sheet": remark.sheet, "row": remark.row, "column": remark.column.rstrip(" :："), "name": remark.name}
    words = t("designer.remark" if remark.row else "designer.remark_sheet", **facts, reason=remark.reason(lang()))
    return closed_up(words)
