"""Fields of the plain form that are no question of a survey: lines, a list, tiles, each with its mistake."""

from collections.abc import Iterable, Mapping

from pages.shared.here import t
from pages.shared.markup import Markup
from pages.survey.inputs import tile


def choice(
    name: str, label: str, codes: Mapping[str, str], chosen: str = "", wrong: str = "", *, needed: bool = True
) -> Markup:
    """A list that a phone opens over its whole width."""
    option = Markup('<option value="{}"{}>{}</option>')
    options = Markup().join(
        option.format(code, Markup(" selected") if code == chosen else "", words)
        for code, words in {"": t("choices.choose"), **codes}.items()
    )
    asked = told(name, wrong, needed=needed)
    box = Markup('<select id="{}" name="{}"{}>{}</select>').format(name, name, asked, options)
    return labelled(name, label, box, wrong)


def tiles(name: str, label: str, codes: Mapping[str, str], chosen: str = "", wrong: str = "") -> Markup:
    own = Markup(' id="{}"').format(name)
    inside = Markup().join(
        tile("radio", name, code, words, code == chosen, Markup() if n else own)
        for n, (code, words) in enumerate(codes.items())
    )
    group = Markup('<div class="card{}"><fieldset role="radiogroup"{}><legend>{}</legend>{}{}</fieldset></div>')
    asked = told(name, wrong, needed=True)
    return group.format(" wrong" if wrong else "", asked, label, mistake(name, wrong), inside)


def line(
    name: str, label: str, given: str, most: int, wrong: str = "", *, hint: str = "", kind: str = "text"
) -> Markup:
    """With how many characters it takes, which the script counts."""
    box = Markup('<input type="{}" id="{}" name="{}" value="{}" autocomplete="off" data-most="{}"{}>')
    asked = told(name, wrong, hint, needed=True)
    return labelled(name, label, box.format(kind, name, name, given, most, asked), wrong, hint)


def day(name: str, label: str, given: str, wrong: str = "") -> Markup:
    asked = told(name, wrong, needed=True)
    box = Markup('<input type="date" id="{}" name="{}" value="{}"{}>').format(name, name, given, asked)
    return labelled(name, label, box, wrong)


def lines(
    name: str, label: str, given: str, most: int, wrong: str = "", *, hint: str = "", needed: bool = True
) -> Markup:
    box = Markup('<textarea id="{}" name="{}" rows="6" data-most="{}"{}>\n{}</textarea>')
    asked = told(name, wrong, hint, needed=needed)
    return labelled(name, label, box.format(name, name, most, asked, given), wrong, hint)


def labelled(name: str, label: str, box: Markup, wrong: str, hint: str = "") -> Markup:
    frame = Markup('<div class="card{}"><label class="asked" for="{}">{}</label>{}{}{}</div>')
    return frame.format(" wrong" if wrong else "", name, label, hinted(name, hint), mistake(name, wrong), box)


def hinted(name: str, hint: str) -> Markup:
    return Markup('<p class="quiet" id="h-{}">{}</p>').format(name, hint) if hint else Markup()


def mistake(name: str, wrong: str) -> Markup:
    return Markup('<p class="bad" id="e-{}">{}</p>').format(name, wrong) if wrong else Markup()


def told(name: str, wrong: str, hint: str = "", *, needed: bool = False) -> Markup:
    """What a reader of the screen hears with it."""
    said = {Markup(' aria-required="true"'): needed, Markup(' aria-invalid="true"'): wrong}
    return described(name, wrong, hint) + Markup().join(one for one, holds in said.items() if holds)


def described(name: str, wrong: str, hint: str = "") -> Markup:
    ids = [f"h-{name}"] * bool(hint) + [f"e-{name}"] * bool(wrong)
    return Markup(' aria-describedby="{}"').format(" ".join(ids)) if ids else Markup()


def unseen(fields: Iterable[tuple[str, object]]) -> Markup:
    """What goes with a form and nobody fills in."""
    return Markup().join(Markup('<input type="hidden" name="{}" value="{}">').format(*one) for one in fields)
