"""Five levels of change in a row, without faces."""

from pages.survey.kinds.choices import one_choice

CHANGE5 = one_choice("change5", flags=())
