"""What an enterprise may say to its case: in its own words, or by a rating."""

from dataclasses import dataclass, replace

from casework.cases.act import NOTHING, Given
from db.refused import Refused
from db.states import BAD_RATINGS

LONGEST = 2000
_OF_THE_WORDS = ("needs_", "too_long", "attachment")  # how the codes of refusals begin


@dataclass(frozen=True)
class Saying:
    """`given` is the field of `Given` that takes the words; `done` is said afterwards."""

    given: str
    label: str
    button: str
    done: str


SAYINGS: dict[str, Saying] = {
    "reject": Saying("reason", "follow_case.missing", "follow_case.send_back", "follow_case.sent_back"),
    "resubmit": Saying("text", "follow_case.resubmit_words", "follow_case.resubmit", "follow_case.resubmitted"),
    "withdraw": Saying("reason", "follow_case.withdraw_why", "follow_case.withdraw", "follow_case.withdrawn"),
    "contest": Saying("reason", "follow_case.contest_why", "follow_case.contest", "follow_case.contested"),
    "note": Saying("note", "follow_case.add_note", "follow_case.send_note", "follow_case.noted"),
    "reopen": Saying("reason", "follow_case.reopen_why", "follow_case.reopen", "follow_case.reopened"),
}


def with_words(action: str, words: str | None) -> Given:
    return replace(NOTHING, **{SAYINGS[action].given: words})


def done_by(rating: str | None) -> str:
    """What is said after the verdict."""
    return "follow_case.opened_again" if rating in BAD_RATINGS else "follow_case.thanks"


def of_the_words(refusal: Refused) -> bool:
    """Whether it is said of the words, and no longer true once they have changed."""
    return refusal.code.startswith(_OF_THE_WORDS)
