"""Yes or no."""

from intake.questionnaires.kinds.choices import as_choice, few_options, one_choice
from intake.questionnaires.model import Option

YES_NO = one_choice(
    "yes_no", stored=as_choice, wrong=few_options, scale="yes_no", down=False, mixes=False,
    start={"options": (Option("是", "Yes", "yes"), Option("否", "No", "no"))}, select="", foreign=None,
    results="shares",
)  # fmt: skip
