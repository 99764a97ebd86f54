"""One condition of a skip rule: whose answer, which comparison, which value."""

from typing import Any

import streamlit as st

from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.model import Item, Op, Questionnaire, Test
from pages.questionnaires.state import box
from pages.shared.here import lang, t
from pages.survey.kind import RuleBox
from pages.survey.kinds.table import SHOWN


def line(earlier: dict[str, Item], test: Test | None, n: int, save: Any) -> None:  # noqa: ANN401
    whose, how, what = st.columns([2, 1, 2])
    codes = list(earlier)
    with whose:
        code = st.selectbox(t("designer.rule_item"), codes, index=codes.index(test.item) if test and test.item in codes
                            else None, format_func=lambda c: f"{c} {earlier[c].say(lang())}",
                            key=box(f"rule-item-{n}"), on_change=save, placeholder=t("choices.choose"))  # fmt: skip
    if code is None:
        return
    other = earlier[code]
    ops = ops_of(other)
    with how:
        op = st.selectbox(t("designer.rule_op"), ops, index=ops.index(test.op) if test and test.op in ops else 0,
                          format_func=lambda o: t(f"designer.op.{o}"), key=box(f"rule-op-{n}"),
                          on_change=save)  # fmt: skip
    with what:
        draw, asked = SHOWN[other.kind].rule_box, st.session_state["designer-seen"][0]
        if draw and op != "filled":
            draw(RuleBox(asked, other, op, test.answer if test else None, box(f"rule-value-{n}"), save))


def ops_of(other: Item) -> list[Op]:
    rule = KINDS[other.kind].rule
    return list(rule.ops) if rule else []


def test_from(asked: Questionnaire, said: dict[str, Any], n: int) -> Test | None:
    op, value = said.get(f"rule-op-{n}"), said.get(f"rule-value-{n}")
    code = str(said.get(f"rule-item-{n}") or "")
    other = asked.item(code.partition(".")[0]) if code else None
    if other is None:
        return None
    op = op if op in ops_of(other) else ops_of(other)[0]
    if op == "filled":
        return Test(code, op="filled")
    keep = SHOWN[other.kind].rule_value
    answer = keep(value) if keep else None
    return None if answer in (None, "", ()) else Test(code, answer, op)
