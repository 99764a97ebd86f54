"""The last look over all answers, sending them once, and a copy of one's own."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

import i18n
from access.tokens import code_for, new_code
from db import clock
from db.refused import Refused
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.questionnaire import Questionnaire, validate, visible_items
from intake.survey import answering as survey
from intake.survey.answering import AnswersMoved, Filling, InvalidAnswers, Offer
from pages.plain.frame import page
from pages.plain.pieces import bar, errors_first, form, leads_to, link, note, press
from pages.plain.receipt import survey_receipt
from pages.plain.screen import visit_full
from pages.plain.visits import Visit
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup
from pages.survey.answers_in_words import lines_in_words
from pages.web.asked import file_answer


def look_page(
    visit: Visit, offer: Offer, filling: Filling, *, before: Mapping[str, Any] | None = None,
    refusal: Refused | None = None,
) -> Response:  # fmt: skip
    """`before`: what the last look showed, where the answers have moved since. What is shown here is what is sent."""
    asked, answers = offer.questionnaire, filling.answers
    moved = {code for code in {*before, *answers} if before.get(code) != answers.get(code)} if before else set()
    wrong = validate(asked, answers)
    parts = Markup().join(_part(visit, asked, step, answers, wrong, moved) for step in range(len(asked.screens)))
    told = note(t(f"error.{refusal.code}", **refusal.facts), late=True) if refusal else Markup()
    hidden = {"wave": offer.wave.id, "form": filling.form_id, "answers": json.dumps(answers, ensure_ascii=False)}
    go = bar(press("send", t("survey.submit")), press("last", t("survey.back"), look=""))
    steps = len(asked.screens)
    head = Markup('<p class="quiet">{}</p><progress max="{}" value="{}" aria-label="{}"></progress>'
                  '<h1>{}</h1><p class="quiet">{}</p>')  # fmt: skip
    head = head.format(
        offer.wave.title(lang()), steps, steps, t("survey.look"), t("survey.look"), t("survey.look_lead")
    )
    gaps = errors_first(_gaps(asked, wrong))
    content = gaps + told + head + parts + form(visit, go, hidden=hidden) + copy_form(visit, hidden["answers"])
    title = t("plain.look_title", name=t("survey.look"), title=offer.wave.title(lang()))
    status = 409 if refusal else 200
    return page(
        visit, title, content, errors=len(wrong), status=status, full=visit_full(visit), back=visit.to(step=steps + 1)
    )


def send(visit: Visit) -> Response:
    """Send once what was on the screen. Where that has moved, or cannot be taken, it is shown again and says why."""
    answers = answers_on(visit)
    try:
        receipt = survey.submit(store(), actor=visit.person, form_id=visit.said("form"), wave_id=visit.said("wave"),
                                answers=answers, language=visit.language, copy_code=copy_code(visit),
                                at=visit.at)  # fmt: skip
    except InvalidAnswers as refused:
        return _to_the_first_gap(visit, refused)
    except Refused as refused:
        return _shown_again(visit, answers, refused)
    agreed = any(answer is True for answer in answers.values())  # else none of these was passed on: nothing to look up
    return survey_receipt(visit, receipt, copy_form(visit, visit.said("answers")), waiting=agreed)


def copy_code(visit: Visit) -> str:
    """What opens the sender's own copy another day: it follows from the browser's mark."""
    return code_for(visit.receipts, visit.said("form")) if visit.receipts else new_code()


def copy_form(visit: Visit, answers: str) -> Markup:
    """A copy of what this page shows: the answers come from the page, and never back from the store by a link."""
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
    try:
        found = json.loads(visit.said("answers"))
    except ValueError:
        raise Refused("invalid_answers") from None
    if not isinstance(found, dict):
        raise Refused("invalid_answers")
    return found


def _part(visit: Visit, asked: Questionnaire, step: int, answers: Mapping[str, Any], wrong: Mapping[str, str],
          moved: set[str]) -> Markup:  # fmt: skip
    screen = asked.screens[step]
    items = [item for item in visible_items(asked, answers) if item.screen == screen.code and KINDS[item.kind].asks]
    rows = Markup().join(
        Markup('<div{} id="a-{}"><dt>{}{}</dt><dd>{}</dd></div>').format(
            Markup(' class="wrong"') if item.code in wrong else "",
            f"{item.code}.{n}" if n else item.code,
            one,
            Markup("<mark>{}</mark>").format(t("survey.moved_one")) if item.code in moved else "",
            said,
        )
        for item in items
        for n, (one, said) in enumerate(lines_in_words(asked, item, answers))
    )
    name = screen.say(lang())
    change = link(visit.to(step=step + 1), t("survey.change", name=name))
    return Markup('<section class="card"><h2>{}</h2><dl>{}</dl>{}</section>').format(name, rows, change)


def _gaps(asked: Questionnaire, wrong: Mapping[str, str]) -> dict[str, str]:
    return {f"a-{item.code}": item.say(lang()) for item in asked.items if item.code in wrong}


def _to_the_first_gap(visit: Visit, refused: InvalidAnswers) -> Response:
    offer = survey.offered(store(), actor=visit.person, at=visit.at)
    screens = [screen.code for screen in offer.questionnaire.screens] if offer else []
    steps = (
        {screens.index(item.screen) for item in offer.questionnaire.items if item.code in refused.errors}
        if offer
        else ()
    )
    return leads_to(visit.to(step=min(steps, default=0) + 1, check=1) + "#errors")


def _shown_again(visit: Visit, answers: Mapping[str, Any], refused: Refused) -> Response:
    offer = survey.offered(store(), actor=visit.person, at=visit.at)
    filling = survey.resume(store(), actor=visit.person, wave_id=offer.wave.id) if offer else None
    if offer is None or filling is None:
        raise refused
    before = answers if isinstance(refused, AnswersMoved) else None
    return look_page(visit, offer, filling, before=before, refusal=refused)
