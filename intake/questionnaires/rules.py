"""Skip rules: whether a condition holds of the answers given so far. Data, never a program."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from access.typed import tidy
from intake.questionnaires.model import FILLED, Answers, Condition, Either, Every, Test


def holds(condition: Condition, answers: Answers, shown: Collection[str]) -> bool:
    """`shown` are the items asked so far: an answer to another one is void."""
    if isinstance(condition, Test):
        return condition.item.partition(".")[0] in shown and _test(condition, given_to(answers, condition.item))
    if isinstance(condition, Every):
        return all(holds(part, answers, shown) for part in condition.every)
    if isinstance(condition, Either):
        return any(holds(part, answers, shown) for part in condition.either)
    return not any(holds(part, answers, shown) for part in condition.neither)


def tests_in(condition: Condition | None) -> Iterator[Test]:
    """Every single test, however deep it stands."""
    if isinstance(condition, Test):
        yield condition
    elif condition is not None:
        for part in parts_of(condition):
            yield from tests_in(part)


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    return () if isinstance(condition, Test) else next(iter(vars(condition).values()))


def with_tests(condition: Condition, change: Callable[[Test], Test]) -> Condition:
    """The same with every single test changed."""
    if isinstance(condition, Test):
        return change(condition)
    return type(condition)(tuple(with_tests(part, change) for part in parts_of(condition)))


def given_to(answers: Answers, item: str) -> Any:  # noqa: ANN401
    """The answer to an item, or to one row of a matrix ('M.row')."""
    code, dot, row = item.partition(".")
    given = answers.get(code)
    return (given.get(row) if isinstance(given, dict) else None) if dot else given


def empty(given: object) -> bool:
    """Not answered: nothing, a box not ticked, only blanks, no choice, no number of a pair, no row of a matrix."""
    if isinstance(given, str):
        return not tidy(given)
    if isinstance(given, (list, tuple)):
        return not given
    if isinstance(given, dict):
        return all(part is None or part == "" for part in given.values())
    return given is None or given is False


def is_number(given: object) -> bool:
    return isinstance(given, (int, float)) and not isinstance(given, bool)


def is_filled(test: Test) -> bool:
    """Whether it only asks that there is an answer."""
    return test.op == "filled" or (test.op == "is" and test.answer == FILLED)


def _test(test: Test, given: object) -> bool:
    if is_filled(test):
        return not empty(given)
    return _OPS[test.op](given, test.answer)


def _compared(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """Numbers with numbers, and days (ISO) with days."""

    def apply(given: Any, answer: Any) -> bool:  # noqa: ANN401
        alike = (is_number(given) and is_number(answer)) or (isinstance(given, str) and isinstance(answer, str))
        return alike and not empty(given) and compare(given, answer)

    return apply


_OPS: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda given, answer: not isinstance(given, bool) and given == answer,
    "one_of": lambda given, answer: isinstance(given, str) and given in (answer or ()),
    "selected": lambda given, answer: isinstance(given, (list, tuple)) and answer in given,
    "gt": _compared(lambda given, answer: given > answer),
    "ge": _compared(lambda given, answer: given >= answer),
    "lt": _compared(lambda given, answer: given < answer),
    "le": _compared(lambda given, answer: given <= answer),
}
