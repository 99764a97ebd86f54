"""Five levels in a row of faces: the look hangs on the key (survey.css)."""

from pages.survey.kinds.choices import one_choice

LEVEL5 = one_choice("level5", flags=())
