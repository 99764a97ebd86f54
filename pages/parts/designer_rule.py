"""The skip rule of a question, built by choosing: whose answer, which condition, which value."""

from typing import Any

import streamlit as st

from intake.question_kinds import KINDS
from intake.question_model import Condition, Either, Every, Item, Neither, Questionnaire, Test
from intake.question_rules import parts_of
from pages.parts.here import lang, t
from pages.parts.plain import letters

_MOST = 4  # conditions of one rule; deeper ones come with imports and are kept as they are
_JOINS: dict[str, Any] = {"every": Every, "either": Either, "neither": Neither}


def rule(asked: Questionnaire, item: Item, save: Any) -> None:  # noqa: ANN401
    """Always, or all, any or none of some conditions on earlier questions."""
    earlier = _earlier(asked, item)
    if not earlier:
        return
    joined, tests = _flat(item.when)
    modes = ["always", *_JOINS]
    st.selectbox(t("designer.rule"), modes, index=modes.index(joined), on_change=save, key="edit-when",
                 format_func=lambda mode: t(f"designer.when.{mode}"))  # fmt: skip
    if tests is None:
        st.caption(t("designer.rule_deep"))
    elif joined != "always":
        shown = max(1, min(_MOST, len(tests) + (1 if st.session_state.get("edit-more") else 0)))
        for n in range(shown):
            _line(earlier, tests[n] if n < len(tests) else None, n, save)
        if len(tests) < _MOST:
            st.checkbox(t("designer.rule_more"), key="edit-more")


def rule_from(asked: Questionnaire, item: Item, said: dict[str, Any]) -> Condition | None:
    """The rule as the widgets show it. A line without an answer yet is no condition."""
    joined, tests = _flat(item.when)
    mode = said.get("when", "always")
    if mode == "always":
        return None
    if tests is None and mode == joined:
        return item.when
    found = tuple(test for n in range(_MOST) if (test := _test(asked, said, n)))
    if not found:  # chosen just now: the first condition is still to come
        return _JOINS[mode](())
    return found[0] if len(found) == 1 and mode != "neither" else _JOINS[mode](found)


def _flat(when: Condition | None) -> tuple[str, list[Test] | None]:
    """How conditions are joined, and the conditions; None where they stand deeper than one level."""
    if when is None:
        return "always", []
    if isinstance(when, Test):
        return "every", [when]
    joined = next(name for name, kind in _JOINS.items() if isinstance(when, kind))
    tests = [part for part in parts_of(when) if isinstance(part, Test)]
    return joined, tests if len(tests) == len(parts_of(when)) <= _MOST else None


def _earlier(asked: Questionnaire, item: Item) -> dict[str, Item]:
    """What a rule may look at: questions before it, and the rows of tables."""
    found: dict[str, Item] = {}
    for other in asked.items:
        if other.code == item.code:
            break
        if other.kind == "matrix":
            found |= {f"{other.code}.{row.code}": other for row in other.rows}
        elif KINDS[other.kind].tests:
            found[other.code] = other
    return found


def _line(earlier: dict[str, Item], test: Test | None, n: int, save: Any) -> None:  # noqa: ANN401
    whose, how, what = st.columns([2, 1, 2])
    codes = list(earlier)
    with whose:
        code = st.selectbox(t("designer.rule_item"), codes, index=codes.index(test.item) if test and test.item in codes
                            else None, format_func=lambda c: f"{letters(c)} {letters(earlier[c].say(lang()))}",
                            key=f"edit-rule-item-{n}", on_change=save, placeholder=t("choices.choose"))  # fmt: skip
    if code is None:
        return
    other = earlier[code]
    ops = list(KINDS[other.kind].tests)
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


def _names(other: Item) -> dict[str, str]:
    asked: Questionnaire = st.session_state["designer-seen"][0]
    if "options" not in KINDS[other.kind].parts:
        return {}
    return {option.code: letters(option.say(lang())) for option in asked.options_of(other)}


def _test(asked: Questionnaire, said: dict[str, Any], n: int) -> Test | None:
    op, value = said.get(f"rule-op-{n}"), said.get(f"rule-value-{n}")
    code = str(said.get(f"rule-item-{n}") or "")
    other = asked.item(code.partition(".")[0]) if code else None
    if other is None:
        return None
    op = op if op in KINDS[other.kind].tests else KINDS[other.kind].tests[0]
    if op == "filled":
        return Test(code, op="filled")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value in (None, "", []):
        return None
    return Test(code, tuple(value) if isinstance(value, list) else value, op)  # type: ignore[arg-type]
