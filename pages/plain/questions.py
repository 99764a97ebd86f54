"""The questions of one screen as HTML, each with its hint, what is wrong with it and what another window said."""

from collections.abc import Mapping
from typing import Any

from intake.questionnaires.kind import other_of
from intake.questionnaires.kinds.table import KINDS
from pages.plain.fields import described, hinted, mistake, told
from pages.shared.here import lang, t
from pages.shared.markup import Markup
from pages.survey.answers_in_words import answer_in_words
from pages.survey.inputs import first, name_of
from pages.survey.kind import DrawnItem, Posted
from pages.survey.kinds.choices import asking_words
from pages.survey.kinds.table import SHOWN

OTHER = "other"  # the end of the name of the line that says which


def question(drawn: DrawnItem, wrong: str, elsewhere: Mapping[str, Any] | None) -> Markup:
    """`wrong` in words; `elsewhere` are the answers of another window, where this one was answered otherwise there."""
    item, shown = drawn.item, SHOWN[drawn.item.kind]
    hint = item.hint.say(lang()) if item.hint else ""
    if not KINDS[item.kind].asks:
        return Markup("<div><h2>{}</h2>{}</div>").format(item.say(lang()), hinted(item.code, hint))
    above = hinted(item.code, hint) + mistake(item.code, wrong) + _elsewhere(drawn, elsewhere)
    of_one = told(item.code, wrong, hint, needed=item.required and not shown.group)
    inputs = shown.inputs(drawn, of_one) + _which(drawn)
    look = "card wrong" if wrong else "card"
    if shown.group:
        of_all = described(item.code, wrong, hint)
        if shown.group == "radiogroup":
            of_all = told(item.code, wrong, hint, needed=item.required)
        group = Markup('<div class="{}"><fieldset role="{}"{}><legend>{}</legend>{}{}</fieldset></div>')
        return group.format(look, shown.group, of_all, drawn.said, above, inputs)
    label = Markup('<label class="asked" for="q-{}">{}</label>').format(item.code, drawn.said)
    label = label if not KINDS[item.kind].agrees else Markup()  # its box has the words beside it
    return Markup('<div class="{}">{}{}{}</div>').format(look, label, above, inputs)


def answers_given(drawn: DrawnItem, posted: Posted) -> dict[str, Any]:
    """The answer that the form brought, and the words of 'other'."""
    code = drawn.item.code
    given = {code: SHOWN[drawn.item.kind].read(drawn, posted)}
    return given | ({other_of(code): first(posted, name_of(drawn.item, OTHER))} if asking_words(drawn) else {})


def codes_of(drawn: DrawnItem) -> list[str]:
    """What of the answers stands in this question."""
    return [drawn.item.code, *([other_of(drawn.item.code)] if asking_words(drawn) else [])]


def _which(drawn: DrawnItem) -> Markup:
    """Without a script nobody knows whether 'other' is chosen: the line is there from the beginning."""
    if not asking_words(drawn):
        return Markup()
    code, said = drawn.item.code, drawn.answers.get(other_of(drawn.item.code)) or ""
    line = Markup('<div class="part"><label for="q-{}.other">{}</label><input type="text" id="q-{}.other" name="{}" '
                  'value="{}" autocomplete="off"></div>')  # fmt: skip
    return line.format(code, t("survey.which_other"), code, name_of(drawn.item, OTHER), said)


def _elsewhere(drawn: DrawnItem, answers: Mapping[str, Any] | None) -> Markup:
    if answers is None:
        return Markup()
    said = answer_in_words(drawn.questionnaire, drawn.item, answers)
    return Markup('<p class="bad">{}</p>').format(t("plain.elsewhere", said=said))
