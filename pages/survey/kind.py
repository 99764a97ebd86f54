"""What a kind of question looks like: one record, no field of which may be left out.

What it takes and stores: intake/questionnaires/kind.py.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intake.questionnaires.model import Op
from intake.questionnaires.questionnaire import Item, Questionnaire, Words
from pages.shared.here import lang
from pages.shared.markup import Markup
from pages.shared.plain import letters

Save = Callable[[str, Any], None]  # item's code, its answer as it now stands
Posted = Mapping[str, Sequence[str]]  # what a plain form brought: a field's name → all that was given in it


@dataclass(frozen=True)
class DrawnItem:
    """One item on its way to the screen."""

    questionnaire: Questionnaire
    item: Item
    answers: Mapping[str, Any]
    seed: str
    save: Save

    @property
    def given(self) -> Any:  # noqa: ANN401
        return self.answers.get(self.item.code)

    @property
    def label(self) -> str:
        return label_of(self.item)

    @property
    def said(self) -> str:
        return said(self.item)


@dataclass(frozen=True)
class RuleBox:
    """The value of a condition in the designer: of which item, compared how, the value so far, the widget's key."""

    questionnaire: Questionnaire
    item: Item
    op: Op
    value: Any
    key: str
    save: Callable[[], None]


@dataclass(frozen=True)
class Shown:
    """One kind of question on its way to the screen. `say` is an answer, not empty, as its reader sees it; `facts` fill
    the words of one that cannot be taken.

    In the plain form: `inputs` are its HTML, each with the attributes that are given; `group` is the role of several
    that the question stands above, '' for one; `read` is the answer that they brought.

    In the designer: `limits` are its boxes, whose keys begin with what is given, and `limited` what they say, as the
    item keeps it; `rule_box` takes a condition's value and `rule_value` is what the test keeps of it, both None where
    there is none; `flags` are what a choice may be besides.
    """

    code: str
    draw: Callable[[DrawnItem], None]
    say: Callable[[DrawnItem], str]
    facts: Callable[[DrawnItem], dict[str, object]]
    group: str
    inputs: Callable[[DrawnItem, Markup], Markup]
    read: Callable[[DrawnItem, Posted], Any]
    limits: Callable[[Item, str, Callable[[], None]], None]
    limited: Callable[[Item, Mapping[str, Any]], dict[str, Any]]
    rule_box: Callable[[RuleBox], None] | None
    rule_value: Callable[[Any], Any] | None
    flags: tuple[str, ...]


def still(asked: Questionnaire, item: Item, answers: Mapping[str, Any], seed: str = "") -> DrawnItem:
    """One that no widget changes: it is read, or its answer comes with a form."""
    return DrawnItem(asked, item, answers, seed, lambda _code, _answer: None)


def label_of(words: Words) -> str:
    """`words` as a widget's label, where Markdown is read."""
    return letters(words.say(lang())) or "—"


def said(words: Words) -> str:
    """`words` as HTML has them: a draft may lack them in both languages, and no field goes without a name."""
    return words.say(lang()) or "—"


def nothing(*_of: object) -> dict[str, Any]:
    """Facts, or limits, that it has none of."""
    return {}
