"""The skip rule of a question, built by choosing: always, or all, any or none of some conditions."""

from typing import Any

import streamlit as st

from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.model import Condition, Either, Every, Item, Neither, Questionnaire, Test
from intake.questionnaires.rules import parts_of
from pages.questionnaires.condition import line, test_from
from pages.questionnaires.state import box
from pages.shared.choices import pick
from pages.shared.here import t

_MOST = 4  # conditions of one rule; deeper ones come with imports and are kept as they are
_JOINS: dict[str, Any] = {"every": Every, "either": Either, "neither": Neither}


def rule(asked: Questionnaire, item: Item, save: Any) -> None:  # noqa: ANN401
    """Always, or all, any or none of some conditions on earlier questions."""
    earlier = _earlier(asked, item)
    if not earlier:
        return
    joined, tests = _flat(item.when)
    modes = {mode: t(f"designer.when.{mode}") for mode in ("always", *_JOINS)}
    index = list(modes).index(joined)
    pick(st.selectbox, t("designer.rule"), modes, index=index, on_change=save, key=box("when"))
    if tests is None:
        st.caption(t("designer.rule_deep"))
    elif joined != "always":
        shown = max(1, min(_MOST, len(tests) + (1 if st.session_state.get(box("more")) else 0)))
        for n in range(shown):
            line(earlier, tests[n] if n < len(tests) else None, n, save)
        if len(tests) < _MOST:
            st.checkbox(t("designer.rule_more"), key=box("more"))


def rule_from(asked: Questionnaire, item: Item, said: dict[str, Any]) -> Condition | None:
    """The rule as the widgets show it. A line without an answer yet is no condition."""
    joined, tests = _flat(item.when)
    mode = said.get("when", "always")
    if mode == "always":
        return None
    if tests is None and mode == joined:
        return item.when
    found = tuple(test for n in range(_MOST) if (test := test_from(asked, said, n)))
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
        if "rows" in KINDS[other.kind].parts:
            found |= {f"{other.code}.{row.code}": other for row in other.rows}
        elif KINDS[other.kind].rule:
            found[other.code] = other
    return found
