"""What the page about the next theme shows: read once a change, ranked anew with each set of weights."""

from datetime import date

from db.answers import shared
from db.events import Head
from db.forums import themes
from db.forums.themes import Theme, Titled
from db.scope import Scope
from insight.themes.ground import Ground, read_ground
from insight.themes.proposal import Proposal, read_proposal
from insight.themes.ranking import Candidate, Weights
from pages.shared.here import store


@shared(10)
def ground(head: Head, scope: Scope, as_of: date) -> Ground:
    return store().read(lambda con: read_ground(con, scope=scope, as_of=as_of))


@shared(30)
def ranking(head: Head, scope: Scope, as_of: date, weights: Weights) -> tuple[Candidate, ...]:
    return ground(head, scope, as_of).ranked(weights)


@shared(30)
def proposal_of(head: Head, scope: Scope, as_of: date, theme: Theme) -> Proposal:
    found = ground(head, scope, as_of)
    return store().read(lambda con: read_proposal(con, found, theme))


def behind(found: Ground, theme: Theme, evidence: str, *, page: int, size: int) -> list[Titled]:
    """The issues behind a piece of evidence, a page at a time: asked only when somebody opens it."""
    condition = themes.EVIDENCE.get(evidence, themes.FIRST_OF_EACH)
    return store().read(
        lambda con: themes.behind(con, found.asked, found.marks, theme, condition, page=page, size=size)
    )
