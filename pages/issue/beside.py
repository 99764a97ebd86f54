"""What stands beside a field of an issue: a quiet line, or what is wrong with it."""

from intake.issue.attachments import RefusedFiles
from pages.issue.state import OpenForm
from pages.shared import lead
from pages.shared.here import t
from pages.shared.markup import Markup, show


def error(form: OpenForm, name: str) -> None:
    """What is wrong; of several files, each in a line of its own."""
    refusal = form.errors.get(name)
    each = refusal.each if isinstance(refusal, RefusedFiles) else filter(None, [refusal])
    for n, one in enumerate(each):
        lead.wrong(f"{name}-{n}" if n else name, t(f"error.{one.code}", **one.facts), "f2f-field-error")


def quietly(words: str) -> None:
    show(Markup('<p class="f2f-quietly">{}</p>').format(words))
