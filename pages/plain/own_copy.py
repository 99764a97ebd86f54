"""A copy of one's own answers: at once from the page that shows them, another day by its code."""

from typing import Any

from starlette.responses import Response

import i18n
from access.tokens import code_for
from db import clock
from db.refused import Refused
from intake.questionnaires.questionnaire import visible_items
from intake.survey.answering import Offer
from pages.plain.pieces import form, press
from pages.plain.visits import Visit
from pages.shared.here import lang, t
from pages.shared.markup import Markup
from pages.survey.answers_in_words import lines_in_words
from pages.web.asked import file_answer


def code_of(visit: Visit, form_id: str) -> str:
    """It follows from the browser's mark; '' in a browser without one, which cannot have it again."""
    return code_for(visit.receipts, form_id) if visit.receipts else ""


def copy_form(visit: Visit, answers: str) -> Markup:
    """Of what this page shows: the answers come from the page, and never back from the store by a link."""
    return form(visit, press("copy", t("plain.copy"), look="plainly"), hidden={"answers": answers})


def copy(visit: Visit, offer: Offer) -> Response:
    """Question and answer as a text that any phone opens."""
    asked, answers = offer.questionnaire, answers_on(visit)
    lines = [offer.wave.title(lang()), i18n.moment(clock.local(visit.at), lang()), ""]
    for item in visible_items(asked, answers):
        lines += [f"{one}\n    {said}" for one, said in lines_in_words(asked, item, answers)]
    return file_answer("\n".join(lines).encode("utf-8-sig"), "answers", "txt")


def answers_on(visit: Visit) -> dict[str, Any]:
    """Those that the page carried. Raises Refused('invalid_answers') for what no page of ours writes."""
    found = visit.written("answers")
    if found is None:
        raise Refused("invalid_answers")
    return found
