"""Where one is in the survey: the head of a screen and of the last look, and the same in the full page."""

import i18n
from intake.survey.answering import Offer
from pages.plain.visits import Visit
from pages.shared.here import lang, t
from pages.shared.markup import Markup


def head(offer: Offer, step: int, name: str, *below: str, words: str = "") -> Markup:
    """The survey, how far one has come, also in `words`, and what this page is called."""
    line = Markup('<p class="quiet">{}</p><progress max="{}" value="{}" aria-label="{}"></progress>'
                  '<h1>{}</h1><p class="quiet">{}</p>')  # fmt: skip
    steps = len(offer.questionnaire.screens)
    return line.format(offer.wave.title(lang()), steps, step, words or name, name, i18n.DOT.join(filter(None, below)))


def step_words(offer: Offer, step: int) -> str:
    return t("survey.step", step=step + 1, steps=len(offer.questionnaire.screens))


def full_survey(visit: Visit) -> str:
    """The same in the full page, which the link leads to whatever the phone."""
    token = visit.request.path_params.get("token")
    if not token:
        return "/survey"
    return f"/{'s' if visit.person.way == 'open' else 'i'}/{token}?page=full"
