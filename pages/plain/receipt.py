"""What the sender keeps: of a survey, of an issue."""

from starlette.responses import Response

import i18n
from db import clock
from intake.survey.answering import Receipt
from intake.survey.drafts import load_draft
from pages.plain.frame import link, page
from pages.plain.visits import Visit
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup


def survey_receipt(visit: Visit, given: Receipt, copy: Markup = Markup()) -> Response:  # noqa: B008
    """`copy`: the way to one's own answers, on the page that has just sent them alone."""
    lead = t("open.received" if visit.person.way == "open" else "survey.received")
    lines = (i18n.moment(clock.local(given.at), lang()), given.wave.title(lang()), t("receipt.code", code=given.code))
    happens = Markup().join(Markup("<li>{}</li>").format(t(f"survey.happens_{n}")) for n in (1, 2, 3))
    then = Markup("<p>{}</p>").format(t("open.once")) if visit.person.way == "open" else _anything_else(visit)
    content = (
        Markup("<h1>{}</h1><p>{}</p>{}{}").format(t("survey.thanks"), lead, number(given.number, lines), copy)
        + then
        + Markup("<h2>{}</h2><ol>{}</ol>").format(t("survey.what_happens"), happens)
    )
    return page(visit, t("survey.thanks"), content)


def number(shown: str, lines: tuple[str, ...]) -> Markup:
    below = Markup().join(Markup("<p>{}</p>").format(line) for line in lines)
    head = Markup('<div class="card"><p class="quiet">{}</p><p class="number">{}</p>{}</div>')
    return head.format(t("receipt.number"), shown, below)


def _anything_else(visit: Visit) -> Markup:
    waiting = load_draft(store(), actor=visit.person, form="issue") is not None
    lead = t("survey.comment_waits" if waiting else "survey.we_take_it_up")
    way = link("/f/raise", t("survey.raise_waiting" if waiting else "survey.raise"), "button first")
    head = Markup('<section class="card"><h2>{}</h2><p>{}</p>{}</section>')
    return head.format(t("survey.anything_else"), lead, way)
