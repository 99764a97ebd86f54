"""The survey without a script: introduction, a page a screen, a last look, thanks. A draft goes on in the full page."""

from uuid import uuid4

from starlette.responses import Response

from intake.register.rows import SIZES
from intake.survey import answering as survey
from intake.survey.answering import Offer
from intake.survey.respondents import SOURCE
from pages.plain import issue, look, own_copy, receipt, screen
from pages.plain.fields import choice
from pages.plain.frame import page
from pages.plain.pieces import bar, form, leads_to, link, press, raise_way
from pages.plain.place import full_survey
from pages.plain.screen import OnScreen
from pages.plain.visits import Visit
from pages.shared.choices import sectors
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup
from pages.shared.names import names
from pages.shared.rows import listed
from pages.survey.introduction import facts_of, notice
from pages.survey.kept import step_in


def show(visit: Visit) -> Response:
    """An invitation may be to raise an issue: then that is its page."""
    if _of_an_issue(visit):
        return issue.show(visit)
    offer = survey.offered(store(), actor=visit.person, at=visit.at, done=visit.asked("done"))
    if offer is None:
        return _nothing(visit, t("survey.none"), t("survey.none_lead"))
    if offer.receipt:
        return receipt.survey_receipt(visit, offer.receipt)
    if not offer.open:
        return _nothing(visit, offer.wave.title(lang()), t("error.survey_closed"))
    filling = survey.resume(store(), actor=visit.person, wave_id=offer.wave.id)
    if filling is None:
        return _introduction(visit, offer)
    steps = len(offer.questionnaire.screens)
    step = step_in(visit.asked("step"), filling.screen, steps)
    if step == steps:
        return look.look_page(visit, offer, filling)
    seen = OnScreen(checked=bool(visit.asked("check")), more=bool(visit.asked("more")))
    return screen.screen_page(visit, offer, filling, step, seen)


def take(visit: Visit) -> Response:
    """What was pressed. A form that is over, or was sent already, is shown as it stands."""
    do = visit.said("do")
    if _of_an_issue(visit):
        return issue.take(visit)
    if do == "mail":
        return receipt.mail(visit)
    if do == "send":
        return look.send(visit)
    offer = survey.offered(store(), actor=visit.person, at=visit.at)
    if offer and do == "copy":
        return own_copy.copy(visit, offer)
    if offer is None or offer.receipt or not offer.open:
        return leads_to(visit.base)
    declared = {name: visit.said(name) for name in ("size", "sector", "town") if visit.said(name)}
    filling = survey.begin(
        store(), actor=visit.person, offer=offer, form_id=str(uuid4()), declared=declared, at=visit.at
    )
    steps, pressed = len(offer.questionnaire.screens), visit.said("step")
    if do == "last":
        return leads_to(visit.to(step=steps))
    if do in ("next", "back") and pressed.isdecimal() and 0 < int(pressed) <= steps:
        return screen.take_screen(visit, offer, filling, int(pressed) - 1)
    return leads_to(visit.to(step=min(filling.screen, steps) + 1))


def _of_an_issue(visit: Visit) -> bool:
    return visit.person.way == "invitation" and visit.person.wave_id is None


def _introduction(visit: Visit, offer: Offer) -> Response:
    asked, source = offer.questionnaire, SOURCE[visit.person.way]
    title = offer.wave.title(lang())
    content = (
        Markup("<h1>{}</h1><p>{}</p>{}").format(
            title, asked.purpose.say(lang()), listed("card", facts_of(offer, lang()))
        )
        + Markup('<section class="card">{}</section>').format(notice(asked, source, "quiet"))
        + form(
            visit, (_declared() if visit.person.way == "open" else Markup()) + bar(press("start", t("survey.start")))
        )
    )
    return page(visit, title, content, full=full_survey(visit))


def _declared() -> Markup:
    """Whoever scanned a wall's code is of no enterprise: they may say which kind they come from."""
    offered = {
        "size": {size: t(f"size.{size}") for size in SIZES},
        "sector": sectors(),
        "town": names().town,
    }
    boxes = (choice(name, t(f"open.{name}"), codes, needed=False) for name, codes in offered.items())
    return Markup("<p>{}</p>").format(t("open.lead")) + Markup().join(boxes)


def _nothing(visit: Visit, title: str, lead: str) -> Response:
    cases = link("/f/cases", t("home.cases")) if visit.person.may("follow_cases") else Markup()
    return page(
        visit, title, Markup("<h1>{}</h1><p>{}</p>{}{}").format(title, lead, raise_way(visit, "survey.raise"), cases)
    )
