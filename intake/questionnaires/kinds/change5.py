"""Five levels of change against last year."""

from db.survey.kinds import CHANGE
from intake.questionnaires.kinds.choices import as_level, levels_without_value, one_choice

CHANGE5 = one_choice(
    CHANGE, stored=as_level, wrong=levels_without_value, scale=CHANGE, down=True, mixes=False, start={}, select="",
    foreign=None, results="diffusion",
)  # fmt: skip
