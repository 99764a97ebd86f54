"""One condition of a skip rule: whose answer, which comparison, which value."""

from typing import Any

import streamlit as st

from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.model import Item, Op, Questionnaire, Test
from pages.shared.here import lang, t


def line(earlier: dict[str, Item], test: Test | None, n: int, save: Any) -> None:  # noqa: ANN401
    whose, how, what = st.columns([2, 1, 2])
    codes = list(earlier)
    with whose:
        code = st.selectbox(t("designer.rule_item"), codes, index=codes.index(test.item) if test and test.item in codes
                            else None, format_func=lambda c: f"{c} {earlier[c].say(lang())}",
                            key=f"edit-rule-item-{n}", on_change=save, placeholder=t("choices.choose"))  # fmt: skip
    if code is None:
        return
    other = earlier[code]
    ops = ops_of(other)
    with how:
        op = st.selectbox(t("designer.rule_op"), ops, index=ops.index(test.op) if test and test.op in ops else 0,
                          format_func=lambda o: t(f"designer.op.{o}"), key=f"edit-rule-op-{n}",
                          on_change=save)  # fmt: skip
    with what:
        _value(other, test, op, n, save)


def _value(other: Item, test: Test | None, op: str, n: int, save: Any) -> None:  # noqa: ANN401
    key, label = f"edit-rule-value-{n}", t("designer.rule_value")
    given = test.answer if test else None
    if op == "filled":
        return
    names = _names(other)
    if op == "one_of":
        chosen = [code for code in (given if isinstance(given, tuple) else ()) if code in names]
        st.multiselect(label, list(names), chosen, format_func=lambda c: names.get(c, ""), key=key, on_change=save,
                       placeholder=t("choices.choose"))  # fmt: skip
    elif names:
        codes = list(names)
        st.selectbox(label, codes, index=codes.index(given) if given in codes else None, key=key, on_change=save,
                     format_func=lambda c: names.get(c, ""), placeholder=t("choices.choose"))  # fmt: skip
    elif other.kind == "date":
        st.text_input(label, given if isinstance(given, str) else "", key=key, placeholder="2023-11-30", on_change=save)
    else:
        number = float(given) if isinstance(given, (int, float)) else None
        st.number_input(label, value=number, format="%g", key=key, on_change=save)


def ops_of(other: Item) -> list[Op]:
    rule = KINDS[other.kind].rule
    return list(rule.ops) if rule else []


def _names(other: Item) -> dict[str, str]:
    asked: Questionnaire = st.session_state["designer-seen"][0]
    if "options" not in KINDS[other.kind].parts:
        return {}
    return {option.code: option.say(lang()) for option in asked.options_of(other)}


def test_from(asked: Questionnaire, said: dict[str, Any], n: int) -> Test | None:
    op, value = said.get(f"rule-op-{n}"), said.get(f"rule-value-{n}")
    code = str(said.get(f"rule-item-{n}") or "")
    other = asked.item(code.partition(".")[0]) if code else None
    if other is None:
        return None
    op = op if op in ops_of(other) else ops_of(other)[0]
    if op == "filled":
        return Test(code, op="filled")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value in (None, "", []):
        return None
    return Test(code, tuple(value) if isinstance(value, list) else value, op)  # type: ignore[arg-type]
