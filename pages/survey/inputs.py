"""What the questions of the plain form are made of: HTML that any browser knows, and what such a form brings back."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from intake.questionnaires.questionnaire import NA, Item
from pages.shared.here import t
from pages.shared.markup import Markup
from pages.survey.kind import DrawnItem, Posted

_BESIDE = 6  # choices that stand beside each other where there is room
_NA = "na"  # the end of a box's name that says 'does not apply'


def name_of(item: Item, part: str = "") -> str:
    """A field's name: no control of the form begins so."""
    return f"a.{item.code}.{part}" if part else f"a.{item.code}"


def first(posted: Posted, name: str) -> str | None:
    """What was given there; None where nothing was."""
    given = posted.get(name) or ("",)
    return given[0].replace("\r\n", "\n") or None


def tile(kind: str, name: str, value: object, words: str, ticked: bool, more: Markup) -> Markup:
    """A radio or a box, as wide as its words and the column; `more` are further attributes of it."""
    one = Markup('<label class="o"><input type="{}" name="{}" value="{}"{}{}><span>{}</span></label>')
    return one.format(kind, name, value, more, Markup(" checked") if ticked else "", words)


def tiles(
    drawn: DrawnItem, names: Mapping[Any, str], chosen: Collection[Any], told: Markup, *, kind: str = "radio",
    part: str = "", leads: bool = True,
) -> Markup:  # fmt: skip
    """A target as wide as the column for each choice; the first has the question's id, where its mistake `leads`."""
    name, own = name_of(drawn.item, part), Markup(' id="q-{}"').format(drawn.item.code) if leads else Markup()
    told = told if kind == "checkbox" else Markup()  # what is wrong with one of several radios is said of their group
    look = "tiles" if len(names) <= _BESIDE else ""
    return Markup('<div class="{}">{}</div>').format(
        look,
        Markup().join(
            tile(kind, name, code, words, code in chosen, (Markup() if n else own) + told)
            for n, (code, words) in enumerate(names.items())
        ),
    )


def field(
    drawn: DrawnItem, given: str, told: Markup, *, kind: str = "", part: str = "", keys: str = "", unit: str = ""
) -> Markup:
    """One line. The first of several has the question's id."""
    own = part if drawn.item.parts and part != drawn.item.parts[0].code else ""
    line = Markup('<input id="q-{}" name="{}" value="{}" autocomplete="off"{}{}{}>{}')
    typed = Markup(' type="{}"').format(kind) if kind else ""
    asked = Markup(' inputmode="{}"').format(keys) if keys else ""
    after = Markup(' <span class="unit">{}</span>').format(unit) if unit else ""
    name = name_of(drawn.item, part)
    return line.format(f"{drawn.item.code}.{own}".rstrip("."), name, given, typed, asked, told, after)


def box(drawn: DrawnItem, value: str, words: str, ticked: bool, told: Markup, *, part: str = "") -> Markup:
    own = Markup() if part else Markup(' id="q-{}"').format(drawn.item.code)
    return tile("checkbox", name_of(drawn.item, part), value, words, ticked, own + told)


def with_na(drawn: DrawnItem, inputs: Markup) -> Markup:
    """With the box that says 'does not apply', where the question has it."""
    return inputs + (box(drawn, NA, t("survey.na"), drawn.given == NA, Markup(), part=_NA) if drawn.item.na else "")


def said_na(drawn: DrawnItem, posted: Posted) -> bool:
    return drawn.item.na and first(posted, name_of(drawn.item, _NA)) == NA


def answer_or_na(drawn: DrawnItem, posted: Posted, read: Callable[[str], Any]) -> Any:  # noqa: ANN401
    """As the widgets have it: the box goes before what stands in the line."""
    written = first(posted, name_of(drawn.item))
    return NA if said_na(drawn, posted) else read(written) if written and written.strip() else None
