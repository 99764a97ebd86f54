"""What stands beside a field of an issue: a quiet line, or what is wrong with it."""

from db.refused import Refused
from pages.issue.state import OpenForm
from pages.shared import lead
from pages.shared.here import t
from pages.shared.markup import Markup, show


def error(form: OpenForm, name: str) -> None:
    """What is wrong; of several files, each in a line of its own."""
    for n, words in enumerate(_each(form.errors[name]) if name in form.errors else ()):
        lead.wrong(f"{name}-{n}" if n else name, words, "f2f-field-error")


def _each(refusal: Refused) -> list[str]:
    return [t(f"error.{one.code}", **one.facts) for one in refusal.each]


def quietly(words: str) -> None:
    show(Markup('<p class="f2f-quietly">{}</p>').format(words))
