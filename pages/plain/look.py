"""The last look over all answers, and sending them once."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from access.tokens import new_code
from db.refused import Refused
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.questionnaire import Questionnaire, validate
from intake.survey import answering as survey
from intake.survey.answering import Filling, Offer
from intake.survey.drafts import AnswersMoved
from intake.survey.submitting import InvalidAnswers, submit
from pages.plain.frame import page
from pages.plain.own_copy import answers_on, code_of, copy_form
from pages.plain.pieces import bar, errors_first, form, leads_to, link, note, press
from pages.plain.place import full_survey, head
from pages.plain.receipt import survey_receipt
from pages.plain.visits import Visit
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup
from pages.survey.answers_in_words import lines_in_words
from pages.survey.questions import steps_of, visible_on


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
    on_top = errors_first(_gaps(asked, wrong)) + told + head(offer, steps, t("survey.look"), t("survey.look_lead"))
    content = on_top + parts + form(visit, go, hidden=hidden) + copy_form(visit, hidden["answers"])
    title = t("plain.look_title", name=t("survey.look"), title=offer.wave.title(lang()))
    status = 409 if refusal else 200
    return page(
        visit, title, content, errors=len(wrong), status=status, full=full_survey(visit), back=visit.to(step=steps + 1)
    )


def send(visit: Visit) -> Response:
    """Send once what was on the screen. Where that has moved, or cannot be taken, it is shown again and says why."""
    answers = answers_on(visit)
    try:
        receipt = submit(store(), actor=visit.person, form_id=visit.said("form"), wave_id=visit.said("wave"),
                                answers=answers, language=visit.language, at=visit.at,
                                copy_code=code_of(visit, visit.said("form")) or new_code())  # fmt: skip
    except InvalidAnswers as refused:
        return _to_the_first_gap(visit, refused)
    except Refused as refused:
        return _shown_again(visit, answers, refused)
    agreed = any(answer is True for answer in answers.values())  # else none of these was passed on: nothing to look up
    return survey_receipt(visit, receipt, copy_form(visit, visit.said("answers")), waiting=agreed)


def _part(visit: Visit, asked: Questionnaire, step: int, answers: Mapping[str, Any], wrong: Mapping[str, str],
          moved: set[str]) -> Markup:  # fmt: skip
    screen = asked.screens[step]
    items = [item for item in visible_on(asked, answers, screen.code) if KINDS[item.kind].asks]
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
    steps = steps_of(offer.questionnaire, refused.errors) if offer else ()
    return leads_to(visit.to(step=min(steps, default=0) + 1, check=1) + "#errors")


def _shown_again(visit: Visit, answers: Mapping[str, Any], refused: Refused) -> Response:
    offer = survey.offered(store(), actor=visit.person, at=visit.at)
    filling = survey.resume(store(), actor=visit.person, wave_id=offer.wave.id) if offer else None
    if offer is None or filling is None:
        raise refused
    before = answers if isinstance(refused, AnswersMoved) else None
    return look_page(visit, offer, filling, before=before, refusal=refused)
