"""One screen of the survey: drawn from the draft, and taken into it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from db.refused import Refused
from intake.questionnaires.questionnaire import Item, validate
from intake.survey import answering as survey
from intake.survey.answering import Filling, Offer
from intake.survey.drafts import AnswersMoved
from pages.plain.frame import page
from pages.plain.pieces import bar, errors_first, form, leads_to, note, press
from pages.plain.place import full_survey, head, step_words
from pages.plain.questions import answers_given, codes_of, question
from pages.plain.visits import Visit
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup
from pages.survey.kind import DrawnItem, still
from pages.survey.questions import drawn_on, named, wrong_in_words


@dataclass(frozen=True)
class OnScreen:
    """What a screen shows besides the draft: that gaps are to be named, answers just typed, what stopped them."""

    checked: bool = False
    more: bool = False
    typed: Mapping[str, Any] = field(default_factory=dict)
    moved: frozenset[str] = frozenset()
    refusal: Refused | None = None


def screen_page(visit: Visit, offer: Offer, filling: Filling, step: int, seen: OnScreen) -> Response:
    asked, stands = offer.questionnaire, filling.answers
    answers, name = {**stands, **seen.typed}, asked.screens[step].say(lang())
    drawn = [still(asked, item, answers, filling.form_id) for item in _items(offer, answers, step)]
    found = validate(asked, answers) if seen.checked else {}
    wrong = {one.item.code: wrong_in_words(one, found[one.item.code]) for one in drawn if one.item.code in found}
    wrong |= {one.item.code: t("plain.moved") for one in drawn if seen.moved & set(codes_of(one))}
    questions = Markup().join(
        question(one, wrong.get(one.item.code, ""), stands if seen.moved & set(codes_of(one)) else None)
        for one in drawn
    )
    before = {code: stands.get(code) for one in drawn for code in codes_of(one)}
    hidden = {"step": step + 1, "seen": json.dumps(before, ensure_ascii=False)}
    go = bar(press("next", t("survey.next")), *([press("back", t("survey.back"), look="")] if step else []))
    place = step_words(offer, step)
    firm = offer.enterprise.say(lang()) if offer.enterprise.id else ""
    on_top = errors_first(_named(drawn, wrong)) + _notes(seen) + head(offer, step, name, place, firm, words=place)
    content = on_top + form(visit, questions + go, hidden=hidden)
    title = t("plain.place", name=name, place=place, title=offer.wave.title(lang()))
    status = 429 if seen.refusal else 409 if seen.moved else 200
    back = visit.to(step=step + 1)
    return page(visit, title, content, errors=len(wrong), status=status, full=full_survey(visit), back=back)


def take_screen(visit: Visit, offer: Offer, filling: Filling, step: int) -> Response:
    """Keep what was given; then the gaps of this screen, what its answers bring with them, or the next one."""
    asked, before = offer.questionnaire, visit.written("seen") or {}
    drawn = [still(asked, item, {}, filling.form_id) for item in asked.on_screen(asked.screens[step].code)]
    given: dict[str, Any] = {}
    for one in drawn:
        given |= answers_given(one, visit.given) if one.item.code in before else {}
    back = visit.said("do") == "back"
    stays = "" if back else _stays(offer, {**filling.answers, **given}, step, before)
    goes = step if stays else max(step - 1, 0) if back else step + 1
    try:
        visit.spend()
        survey.keep(store(), actor=visit.person, wave_id=offer.wave.id, answers=given, seen=before, screen=goes,
                    at=visit.at)  # fmt: skip
    except AnswersMoved as refused:
        return screen_page(visit, offer, filling, step, OnScreen(typed=given, moved=refused.moved))
    except Refused as refused:
        return screen_page(visit, offer, filling, step, OnScreen(typed=given, refusal=refused))
    return leads_to(f"{visit.to(step=goes + 1)}{stays}")


def _stays(offer: Offer, answers: Mapping[str, Any], step: int, before: Mapping[str, Any]) -> str:
    """The end of the address where one stays on this screen: for what is wrong, or what its answers have brought."""
    wrong, here = validate(offer.questionnaire, answers), [item.code for item in _items(offer, answers, step)]
    if any(code in wrong for code in here if code in before):
        return "&check=1#errors"
    fresh = next((code for code in here if code not in before), "")
    return f"&more=1#q-{fresh}" if fresh else ""


def _items(offer: Offer, answers: Mapping[str, Any], step: int) -> list[Item]:
    return drawn_on(offer.questionnaire, answers, offer.questionnaire.screens[step].code)


def _named(drawn: list[DrawnItem], wrong: Mapping[str, str]) -> dict[str, str]:
    """By the question's field: which question, and what is wrong."""
    return {f"q-{one.item.code}": named(one, wrong[one.item.code]) for one in drawn if one.item.code in wrong}


def _notes(seen: OnScreen) -> Markup:
    if seen.refusal:
        why = t(f"error.{seen.refusal.code}", **seen.refusal.facts)
        return note(why, late=True) + note(t("plain.still_here"), late=True)
    return note(t("plain.more")) if seen.more else Markup()
