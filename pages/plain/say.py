"""What one may say to a case: a form of its own for each, and what was said of the last one."""

from collections.abc import Mapping
from dataclasses import dataclass

from casework.cases.act import NOTHING, Given
from db.cases.cases import Case
from db.refused import Refused
from db.states import RATINGS
from pages.issue.sayings import LONGEST, SAYINGS, done_by, of_the_words, with_words
from pages.plain.fields import lines, tiles
from pages.plain.pieces import bar, errors_first, form, note, press, titled
from pages.plain.visits import Visit
from pages.shared.here import t
from pages.shared.markup import Markup


@dataclass(frozen=True)
class NotDone:
    """The action that could not be done, and what was typed for it."""

    action: str
    typed: str
    why: Refused

    @property
    def words(self) -> str:
        return t(f"error.{self.why.code}", **self.why.facts)

    @property
    def wrong(self) -> dict[str, str]:
        """By the field where it is to be mended; nothing where it is said of the case."""
        field = "rating" if self.why.code == "needs_rating" else f"{self.action}-words"
        return {field: self.words} if of_the_words(self.why) else {}


def given_by(action: str, words: str, rating: str) -> Given:
    if action == "close":
        return Given(rating=rating or None, reason=words or None)
    return with_words(action, words or None) if action in SAYINGS else NOTHING


def said_when_done(action: str, rating: str) -> str:
    """The end of its key."""
    done = done_by(rating) if action == "close" else SAYINGS[action].done if action in SAYINGS else ""
    return done.partition(".")[2]


def said(visit: Visit, refused: NotDone | None, body: str) -> Markup:
    """On top: that it was done, or why not."""
    if refused:
        return errors_first(refused.wrong) or note(refused.words, late=True)
    known = {done_by(rating) for rating in RATINGS} | {saying.done for saying in SAYINGS.values()}
    key = f"follow_case.{visit.asked('done')}"
    return note(t(key, body=body)) if key in known else Markup()


def say_form(visit: Visit, case: Case, action: str, refused: NotDone | None) -> Markup:
    name, hidden = f"{action}-words", {"id": case.id, "seen": case.seq}
    wrong: Mapping[str, str] = refused.wrong if refused else {}
    given = refused.typed if refused and refused.action == action else ""
    if action != "close":
        saying = SAYINGS[action]
        box = lines(name, t(saying.label), given, LONGEST, wrong.get(name, ""))
        return form(visit, box + bar(press(action, t(saying.button), look="")), hidden=hidden)
    names = {code: t(f"case.rating.{code}") for code in RATINGS}
    rating = tiles("rating", t("rate.question"), names, visit.said("rating"), wrong.get("rating", ""))
    why = lines(name, t("plain.why_bad"), given, LONGEST, wrong.get(name, ""), needed=False)
    inside = rating + why + bar(press("close", t("rate.send")))
    return titled("follow_case.solved_question", form(visit, inside, hidden=hidden))
