"""What a questionnaire is made of: plain records, read from JSON and written back to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ConfigDict

from db.survey.kinds import LEVELS
from i18n.names import Worded

Op = Literal["is", "one_of", "selected", "filled", "gt", "ge", "lt", "le"]
Number = int | float
Answers = Mapping[str, Any]
NA = "na"
FILLED = "filled"
_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Words(Worded):
    """One text in both languages. A draft may lack one of them: the other stands in its place until it is written."""

    zh: str
    en: str


@dataclass(frozen=True)
class Option(Words):
    """A choice, a row of a matrix, or one number of a pair.

    `value` is what a level counts; `last` keeps its place in a random order; `words` asks to say which; `alone` goes
    with no other choice.
    """

    __pydantic_config__ = _STRICT

    code: str
    value: float | None = None
    last: bool = False
    words: bool = False
    alone: bool = False


@dataclass(frozen=True)
class Screen(Words):
    code: str


@dataclass(frozen=True)
class PrivacyNotice(Words):
    """The privacy notice. Its version is stored with every response."""

    version: int


@dataclass(frozen=True)
class Test:
    """One answer looked at. `item` may be a row of a matrix, 'M.row'. Nothing holds of what is not asked.

    In the first questionnaire 'filled' stands as an answer; since then it is an `op` of its own.
    """

    __test__ = False  # no test of the test suite
    __pydantic_config__ = _STRICT

    item: str
    answer: str | Number | tuple[str, ...] | None = None
    op: Op = "is"


@dataclass(frozen=True)
class Every:
    """All of these hold."""

    __pydantic_config__ = _STRICT

    every: "tuple[Condition, ...]"


@dataclass(frozen=True)
class Either:
    """At least one of these holds."""

    __pydantic_config__ = _STRICT

    either: "tuple[Condition, ...]"


@dataclass(frozen=True)
class Neither:
    """None of these holds."""

    __pydantic_config__ = _STRICT

    neither: "tuple[Condition, ...]"


Condition = Test | Every | Either | Neither


@dataclass(frozen=True)
class Item(Words):
    """One question, or a text between questions. `kind` is one of intake/questionnaires/kinds.

    `na` offers 'does not apply', which counts as an answer and stands outside every denominator. `low`, `high` and
    `decimals` limit numbers, `earliest` and `latest` (ISO) dates, `longest` texts, `most` how many may be chosen.
    `rows` are a table's. `was` is the item of the version before that this one goes on with.
    """

    __pydantic_config__ = _STRICT

    code: str
    kind: str
    screen: str
    dimension: str | None = None
    required: bool = False
    na: bool = False
    options: tuple[Option, ...] = ()
    parts: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    unit: Words | None = None
    low: Number | None = None
    high: Number | None = None
    decimals: int = 0
    earliest: str | None = None
    latest: str | None = None
    longest: int = 0
    most: int = 0
    random_order: bool = False
    when: Condition | None = None
    was: str | None = None
    hint: Words | None = None


@dataclass(frozen=True)
class Questionnaire:
    """One version. `scales` are the options that items of a kind share; `follows` is the version it was made from."""

    __pydantic_config__ = _STRICT

    code: str
    version: int
    title: Words
    purpose: Words
    minutes: int
    notice: PrivacyNotice
    screens: tuple[Screen, ...]
    scales: dict[str, tuple[Option, ...]]
    items: tuple[Item, ...]
    follows: int | None = None

    def on_screen(self, code: str) -> list[Item]:
        return [item for item in self.items if item.screen == code]

    def options_of(self, item: Item) -> tuple[Option, ...]:
        """What can be chosen, in the order of the data, without 'does not apply'. Rows have their own, or levels."""
        return item.options or self.scales.get(LEVELS if item.rows else item.kind, ())

    def item(self, code: str) -> Item | None:
        return next((item for item in self.items if item.code == code), None)


@dataclass(frozen=True)
class Stored:
    """What one row of the answers keeps: a pair of numbers takes two, told apart by `choice`."""

    item: str
    value: float | None = None
    choice: str | None = None
    text: str | None = None
