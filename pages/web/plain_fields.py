"""The fields of a form outside Streamlit, and above it all that is wrong, each with a way to its field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import i18n
from db.refused import Refused
from pages.shared.markup import Markup


@dataclass(frozen=True)
class Field:
    """`label` is a text's key, `facts` are its own. `of`: the refusals that speak of this field. `verbatim`: a phone
    neither capitalises nor corrects what is typed."""

    label: str
    name: str
    of: Sequence[str]
    kind: str = "text"
    value: str = ""
    autocomplete: str = "off"
    verbatim: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)


def code_field(name: str) -> Field:
    """Of the second factor."""
    return Field("second.code", name, ("second_missing", "second_wrong"), autocomplete="one-time-code")


def password_now(name: str) -> Field:
    """The present one, once more."""
    of = ("password_missing", "password_wrong")
    return Field("password.current", name, of, kind="password", autocomplete="current-password")


Fields = Sequence[Field | Markup]
# No `required`: a browser would say the first mistake alone, in a language of its own.
_INPUT = Markup(
    '<label for="{}">{}</label>'
    '<input id="{}" name="{}" type="{}" value="{}" autocomplete="{}"{} aria-required="true" maxlength="200">'
)


def drawn(fields: Fields, refusal: Refused | None, language: i18n.Language) -> Markup:
    """Those that the refusal speaks of are marked, say why when they are reached, and the first has the focus."""
    wrong = next((one for one in _asked(fields) if _wrong(one, refusal)), None)
    return Markup().join(
        one if isinstance(one, Markup) else _drawn(one, refusal, language, first=one is wrong) for one in fields
    )


def said(fields: Fields, refusal: Refused | None, language: i18n.Language) -> Markup:
    """In one alert; what speaks of no field leads nowhere."""
    if refusal is None:
        return Markup()
    lines = Markup().join(
        Markup('<li id="e-{}">{}</li>').format(one.code, _line(fields, one, language)) for one in refusal.each
    )
    return Markup('<div class="refused" role="alert"><ul>{}</ul></div>').format(lines)


def to_mend(fields: Fields, refusal: Refused | None) -> int:
    """How many of what is wrong a field can mend."""
    spoken = {code for one in _asked(fields) for code in one.of}
    return sum(one.code in spoken for one in refusal.each) if refusal else 0


def button(language: i18n.Language, label: str) -> Markup:
    return Markup('<button type="submit">{}</button>').format(i18n.text(label, language))


def _line(fields: Fields, one: Refused, language: i18n.Language) -> Markup:
    words = i18n.text(f"error.{one.code}", language, **one.facts)
    to = next((asked.name for asked in _asked(fields) if one.code in asked.of), "")
    return Markup('<a href="#{}">{}</a>').format(to, words) if to else Markup("{}").format(words)


def _drawn(one: Field, refusal: Refused | None, language: i18n.Language, *, first: bool) -> Markup:
    more = Markup(' autocapitalize="none" autocorrect="off" spellcheck="false"') if one.verbatim else Markup()
    if codes := _wrong(one, refusal):
        more += Markup(' aria-invalid="true" aria-describedby="{}"').format(" ".join(f"e-{code}" for code in codes))
    more += Markup(" autofocus") if first else Markup()
    label, value = i18n.text(one.label, language, **one.facts), one.value
    return _INPUT.format(one.name, label, one.name, one.name, one.kind, value, one.autocomplete, more)


def _wrong(one: Field, refusal: Refused | None) -> list[str]:
    return [each.code for each in refusal.each if each.code in one.of] if refusal else []


def _asked(fields: Fields) -> list[Field]:
    return [one for one in fields if isinstance(one, Field)]
