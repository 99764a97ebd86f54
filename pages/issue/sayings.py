"""What an enterprise may say to its case: in its own words, or by a rating."""

from dataclasses import dataclass, replace

from casework.cases.act import NOTHING, Given
from db.refused import Refused
from db.states import BAD_RATINGS

LONGEST = 2000
_OF_THE_WORDS = ("needs_", "too_long", "attachment")  # how the codes of refusals begin


@dataclass(frozen=True)
class Saying:
    """`given` is the field of `Given` that takes the words; `done` is said afterwards. What stands folded away until it
    is wanted has a title, its icon and maybe a hint."""

    given: str
    label: str
    button: str
    done: str
    title: str = ""
    icon: str = ":material/undo:"
    hint: str = ""


SAYINGS: dict[str, Saying] = {
    "reject": Saying("reason", "follow_case.missing", "follow_case.send_back", "follow_case.sent_back",
                     "follow_case.not_accepted"),
    "resubmit": Saying("text", "follow_case.resubmit_words", "follow_case.resubmit", "follow_case.resubmitted"),
    "withdraw": Saying("reason", "follow_case.withdraw_why", "follow_case.withdraw", "follow_case.withdrawn",
                       "follow_case.withdraw", ":material/block:", "follow_case.withdraw_hint"),
    "contest": Saying("reason", "follow_case.contest_why", "follow_case.contest", "follow_case.contested",
                      "follow_case.contest", hint="follow_case.contest_hint"),
    "note": Saying("note", "follow_case.add_note", "follow_case.send_note", "follow_case.noted",
                   "follow_case.add_note", ":material/edit_note:", "follow_case.note_hint"),
    "reopen": Saying("reason", "follow_case.reopen_why", "follow_case.reopen", "follow_case.reopened",
                     "follow_case.reopen"),
}  # fmt: skip


def with_words(action: str, words: str | None) -> Given:
    return replace(NOTHING, **{SAYINGS[action].given: words})


def done_by(rating: str | None) -> str:
    """What is said after the verdict."""
    return "follow_case.opened_again" if rating in BAD_RATINGS else "follow_case.thanks"


def of_the_words(refusal: Refused) -> bool:
    """Whether it is said of the words, and no longer true once they have changed."""
    return refusal.code.startswith(_OF_THE_WORDS)
