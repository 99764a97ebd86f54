"""What a survey's link shows before the page is there: which survey, who asks, how long it takes."""

from starlette.requests import Request

import i18n
from db.refused import Refused
from intake.survey import answering as survey
from intake.survey.answering import Offer
from pages.shared.here import now, store
from pages.shared.markup import Markup
from pages.shared.rows import listed
from pages.survey.introduction import facts_of
from pages.web.asked import actor_of, language_of


def first_words(request: Request) -> Markup:
    """Nothing where there is nothing to answer: the page says why."""
    try:
        person = actor_of(request)
        offer = survey.offered(store(), actor=person, at=now()) if person else None
    except Refused:
        return Markup()
    open_to_them = offer is not None and offer.open and offer.receipt is None
    return _words(offer, language_of(request)) if offer and open_to_them else Markup()


def _words(offer: Offer, language: i18n.Language) -> Markup:
    brand, title = i18n.text("header.product", language), offer.wave.title(language)
    words = Markup('<p class="f2f-brand">{}</p><h1>{}</h1><p>{}</p>').format(
        brand, title, offer.questionnaire.purpose.say(language)
    )
    return words + listed("f2f-survey-facts", facts_of(offer, language))
