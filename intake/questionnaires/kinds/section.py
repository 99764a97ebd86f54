"""A text between questions: nothing is asked."""

from db.survey.kinds import NOTHING_ASKED
from intake.questionnaires.kind import NO_LIMITS, Form, Kind, nothing_wrong, plain_row

SECTION = Kind(
    code=NOTHING_ASKED, check=lambda _asked: None, store=lambda _asked: [], wrong=nothing_wrong, parts=frozenset(),
    scale=None, asks=False, own_words=False, agrees=False, mixes=False, measured=False, start={}, rule=None,
    limits=NO_LIMITS, keys=None,
    form=Form(("note",), select="", begins={}, span=None, write=plain_row("note"), group=False),
    foreign=None, results=None,
)  # fmt: skip
