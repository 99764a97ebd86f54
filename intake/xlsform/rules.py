"""XLSForm's expressions as our skip rules: what can be said as data is read, everything else is named.

The grammar is the part of XPath that questionnaires use: and, or, not(), comparisons with one answer, selected().
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from intake.questionnaires.kinds.numbers import number_in
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.model import Condition, Either, Every, Item, Neither, Op, Questionnaire, Test
from intake.questionnaires.rules import is_number

LONGEST = 2_000
DEEPEST = 20
_TOKEN = re.compile(
    r"\s*(?:(?P<ref>\$\{\s*[^{}]{1,100}?\s*\})|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<op><=|>=|!=|=|<|>|\(|\)|,|-)|(?P<word>[A-Za-z][A-Za-z-]*)|(?P<dot>\.))"
)
SWAPPED: dict[str, str] = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_OPS: dict[str, Op] = {"=": "is", ">": "gt", ">=": "ge", "<": "lt", "<=": "le"}


class NotUnderstood(Exception):
    """`code` is the end of an `xlsform.…` key."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True)
class FormNames:
    """What an expression may speak of: the items before it, by the names that the form gives them.

    `items`: name → (what a rule calls it, the item); `choices`: (item's code, the form's choice) → our code.
    """

    questionnaire: Questionnaire
    items: Mapping[str, tuple[str, Item]]
    choices: Mapping[tuple[str, str], str]
    known: frozenset[str]  # every name in the form, also later ones and those not taken


_Operand = tuple[str, object]  # ('ref' | 'literal' | 'length' | 'count', …)


def condition_of(expression: str, names: FormNames) -> Condition:
    """Raises NotUnderstood."""
    return _Parser(expression, names).whole()


def straight(expression: str) -> str:
    """Word processors bend the quotation marks."""
    if len(expression) > LONGEST:
        raise NotUnderstood("expression_long")
    return expression.translate(str.maketrans("‘’“”", "''\"\""))


class _Parser:
    """Recursive descent over the tokens: or, and, then one test."""

    def __init__(self, expression: str, names: FormNames) -> None:
        self.names = names
        self.tokens = _tokens(straight(expression))
        self.at = 0
        self.depth = 0

    def whole(self) -> Condition:
        found = self._either()
        if self._next():
            raise NotUnderstood("expression")
        return found

    def _either(self) -> Condition:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotUnderstood("expression_long")
        parts = self._joined("or", lambda: self._joined_every())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _joined_every(self) -> Condition:
        parts = self._joined("and", self._one)
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _joined(self, word: str, read: Callable[[], Condition]) -> list[Condition]:
        parts = [read()]
        while self._take("word", word):
            parts.append(read())
        return parts

    def _one(self) -> Condition:
        if self._take("op", "("):
            inner = self._either()
            self._must(")")
            return inner
        if self._take("word", "not"):
            self._must("(")
            inner = self._either()
            self._must(")")
            return Neither((inner,))
        if self._take("word", "selected"):
            return self._selected()
        return self._comparison()

    def _selected(self) -> Condition:
        self._must("(")
        kind, name = self._operand()
        self._must(",")
        _, value = self._operand()
        self._must(")")
        if kind != "ref":
            raise NotUnderstood("expression")
        return self._is(str(name), value, within=True)

    def _comparison(self) -> Condition:
        kind, left = self._operand()
        op = next((sign for sign in SWAPPED if self._take("op", sign)), None)
        if op is None:
            return self._filled(str(left)) if kind == "ref" else self._fail()
        other, right = self._operand()
        if kind == "literal" and other in ("ref", "length"):
            (kind, left), (other, right), op = (other, right), (kind, left), SWAPPED[op]
        if kind == "length" and (op, right) in ((">", 0), (">=", 1), ("!=", 0)):
            return self._filled(str(left))
        if kind != "ref" or other != "literal":
            return self._fail()
        return self._compared(str(left), op, right)

    def _compared(self, name: str, op: str, value: object) -> Condition:
        if value == "":
            filled = self._filled(name)
            return filled if op == "!=" else Neither((filled,)) if op == "=" else self._fail()
        if op == "!=":
            return Neither((self._is(name, value),))
        if op == "=":
            return self._is(name, value)
        code, item = self._item(name)
        rule = KINDS[item.kind].rule
        return Test(code, self._value(item, value), _OPS[op]) if rule and _OPS[op] in rule.ops else self._fail()

    def _is(self, name: str, value: object, within: bool = False) -> Condition:
        code, item = self._item(name)
        rule = KINDS[item.kind].rule
        op = (rule.selected if within else rule.equal) if rule else None
        if rule is None or op is None:
            raise NotUnderstood("expression_multiple" if rule and rule.selected else "expression")
        return self._filled(name) if op == "filled" else Test(code, self._value(item, value), op)

    def _value(self, item: Item, written: object) -> Any:  # noqa: ANN401
        """What the expression says of an answer, as the item's kind reads it."""
        rule = KINDS[item.kind].rule
        try:
            return rule.read(written, lambda choice: self.names.choices[item.code, choice]) if rule else self._fail()
        except KeyError as unknown:
            raise NotUnderstood("expression_choice", choice=unknown.args[0][1][:40]) from None
        except ValueError:
            raise NotUnderstood("expression") from None

    def _filled(self, name: str) -> Test:
        return Test(self._item(name)[0], op="filled")

    def _item(self, name: str) -> tuple[str, Item]:
        found = self.names.items.get(name)
        if found is None:
            code = "expression_later" if name in self.names.known else "expression_unknown"
            raise NotUnderstood(code, name=name[:40])
        return found

    def _operand(self) -> _Operand:
        kind, value = self._next() or ("", "")
        self.at += 1
        if kind == "ref":
            return "ref", value[2:-1].strip()
        if kind == "text":
            return "literal", value[1:-1].strip()
        if kind == "number":
            return "literal", number_in(value)
        if (kind, value) == ("op", "-"):
            _, amount = self._operand()
            return ("literal", -amount) if is_number(amount) else ("", self._fail())  # type: ignore[operator]
        if kind == "word" and value in ("date", "string-length", "true", "false"):
            return self._called(value)
        raise NotUnderstood("expression")

    def _called(self, word: str) -> _Operand:
        self._must("(")
        if word in ("true", "false"):
            self._must(")")
            return "literal", word
        kind, value = self._operand()
        self._must(")")
        return ("length" if word == "string-length" and kind == "ref" else kind), value

    def _next(self) -> tuple[str, str] | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _take(self, kind: str, value: str) -> bool:
        taken = self._next() == (kind, value)
        self.at += taken
        return taken

    def _must(self, sign: str) -> None:
        if not self._take("op", sign):
            raise NotUnderstood("expression")

    def _fail(self) -> Condition:
        raise NotUnderstood("expression")


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, at, text = [], 0, expression.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match or not match.lastgroup:
            raise NotUnderstood("expression")
        found.append((match.lastgroup, match.group(match.lastgroup)))
        at = match.end()
    return found
