"""The leader's pages: their style, their sentence, their headings."""

from pages.shared.charts import points_by_key
from pages.shared.markup import Markup, show
from pages.shared.style import style


def leader_style() -> None:
    style("shared/leader")
    points_by_key()


def finding_sentence(words: str) -> None:
    show(Markup('<p class="f2f-sentence">{}</p>').format(words))


def section(words: str) -> None:
    show(Markup('<h2 class="f2f-section">{}</h2>').format(words))
