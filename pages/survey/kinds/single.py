"""One of some choices, a list of tiles."""

from pages.survey.kinds.choices import one_choice

SINGLE = one_choice("single", flags=("words", "last"))
