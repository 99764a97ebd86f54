"""What happens to an issue once it is raised, until the enterprise decides."""

from pages.shared.here import t
from pages.shared.markup import Markup, show
from pages.shared.style import style

STEPS = ("dispatch", "answer", "judge")


def next_steps() -> Markup:
    said = Markup().join(Markup("<li>{}</li>").format(t(f"issue.receipt.next_{step}")) for step in STEPS)
    return Markup('<ol class="f2f-steps">{}</ol>').format(said)


def show_next_steps() -> None:
    style("shared/receipt")
    show(next_steps())
