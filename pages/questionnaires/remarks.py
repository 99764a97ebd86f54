"""What an import does not take as it stands: each place with its reason, a hundred of them and how many more."""

from collections.abc import Sequence

import streamlit as st

from intake.xlsform.sheets import MOST_REMARKS, Remark
from pages.questionnaires.problems import closed_up
from pages.shared.here import lang, t
from pages.shared.plain import plain


def remarks(key: str, found: Sequence[Remark]) -> None:
    if found:
        with st.expander(t(key, n=len(found)), key=f"import-{key.rpartition('.')[2]}", expanded=True):
            lines = [_line(remark) for remark in found[:MOST_REMARKS]]
            more = len(found) - len(lines)
            plain("\n".join([*lines, t("designer.more_remarks", n=more)] if more else lines))


def _line(remark: Remark) -> str:
    facts = {"sheet": remark.sheet, "row": remark.row, "column": remark.column.rstrip(" :："), "name": remark.name}
    words = t("designer.remark" if remark.row else "designer.remark_sheet", **facts, reason=remark.reason(lang()))
    return closed_up(words)
