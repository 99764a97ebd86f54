"""Two buttons."""

from pages.survey.kinds.choices import one_choice

YES_NO = one_choice("yes_no", flags=())
