"""One's cases without a script: which there are, how each stands, what happened, and what one may say to it."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.responses import Response

from casework.cases.act import NOTHING, Given, act
from casework.cases.lifecycle import allowed_actions
from db import clock
from db.cases import attachments, cases, milestones, promises
from db.cases.cases import Case, CaseFilters
from db.refused import Refused
from db.states import BAD_RATINGS, ITS_MOVE, RATINGS
from pages.issue import timeline
from pages.issue.case_next import what_is_next
from pages.plain.fields import lines, tiles
from pages.plain.frame import bar, errors_first, form, leads_to, link, note, page, press
from pages.plain.issue import raise_way
from pages.plain.visits import Visit
from pages.shared import choices
from pages.shared.here import store, t
from pages.shared.markup import Markup
from pages.shared.promise import promise_told

LONGEST = 2000
MOST = 200
_AFTERWARDS = ("note", "reopen")  # said below what happened
_OF_THE_WORDS = ("needs_", "too_long")
# What an enterprise may say to a case → the field of `Given` that takes its words, the label, the button, what is said
# when it is done.
WORDS: dict[str, tuple[str, str, str, str]] = {
    "reject": ("reason", "follow_case.missing", "follow_case.send_back", "follow_case.sent_back"),
    "resubmit": ("text", "follow_case.resubmit_words", "follow_case.resubmit", "follow_case.resubmitted"),
    "note": ("note", "follow_case.add_note", "follow_case.send_note", "follow_case.noted"),
    "reopen": ("reason", "follow_case.reopen_why", "follow_case.reopen", "follow_case.reopened"),
}


def show_all(visit: Visit) -> Response:
    """What waits for the enterprise stands first."""
    visit.person.must("follow_cases")
    today, bodies = clock.day_of(visit.at), choices.names("body")
    found = (
        store().read(lambda con: cases.find(con, visit.person.scope, CaseFilters(today), sort="newest", size=MOST)).rows
    )
    found.sort(key=lambda case: case.state not in ITS_MOVE)
    line = Markup('<section class="card"><p class="quiet">{}</p>{}{}</section>')
    shown = Markup().join(
        line.format(
            timeline.line_of(case),
            link(f"/f/case?id={case.id}", case.title),
            timeline.says(what_is_next(case, bodies, today)),
        )
        for case in found
    ) or Markup("<p>{}</p><p>{}</p>").format(t("mine.empty"), t("mine.empty_hint"))
    return page(
        visit,
        t("mine.title"),
        Markup("<h1>{}</h1>{}{}").format(t("mine.title"), shown, raise_way(visit)),
        full="/my_cases",
    )


def show(visit: Visit, *, typed: str = "", refused: tuple[str, Refused] | None = None) -> Response:
    """`refused`: the action that could not be done, with what was `typed` for it."""
    case = _case(visit)
    if case is None:
        gone = Markup("<h1>{}</h1><p>{}</p>").format(t("follow_case.gone"), t("follow_case.gone_hint"))
        return page(visit, t("follow_case.gone"), gone, status=404)
    wrong = {_field(*refused): _why(refused[1])} if refused and _of_words(refused[1]) else {}
    on_top = errors_first(wrong) + (note(_why(refused[1]), late=True) if refused and not wrong else _done(visit))
    said = {action: _say(visit, case, action, typed, wrong) for action in _may(visit, case)}
    title = t("plain.case_title", number=case.number, title=case.title)
    back = link("/f/cases", t("follow_case.back")) if visit.person.way == "account" else Markup()
    full = f"/case?id={case.id}"
    content = on_top + back + _told(visit, case, said)
    return page(
        visit, title, content, errors=len(wrong), status=409 if refused else 200, full=full, back=visit.to(id=case.id)
    )


def take(visit: Visit) -> Response:
    """One act on the case as it was seen; a refusal shows the case as it stands, with what was typed."""
    case, do = _case(visit), visit.said("do")
    if case is None:
        return show(visit)
    typed, rating, seen = visit.said(f"{do}-words"), visit.said("rating"), visit.said("seen")
    done = (
        f"follow_case.{'opened_again' if rating in BAD_RATINGS else 'thanks'}"
        if do == "close"
        else WORDS.get(do, [""])[-1]
    )
    given = Given(rating=rating or None, reason=typed or None) if do == "close" else _with_words(do, typed)
    try:
        visit.spend()
        act(store(), actor=visit.person, case_id=case.id, action=do, seen=int(seen) if seen.isdecimal() else 0,
            at=visit.at, given=given)  # fmt: skip
    except Refused as refusal:
        return show(visit, typed=typed, refused=(do, refusal))
    return leads_to(visit.to(id=case.id, done=done.partition(".")[2]))


def _case(visit: Visit) -> Case | None:
    wanted = visit.person.case_id or visit.asked("id") or visit.said("id")
    return store().read(lambda con: cases.get(con, visit.person.scope, wanted))


def _may(visit: Visit, case: Case) -> list[str]:
    """The enterprise's verdict first."""
    return [action for action in ("close", *WORDS) if action in allowed_actions(case, visit.person)]


def _with_words(action: str, typed: str) -> Given:
    return replace(NOTHING, **{WORDS[action][0]: typed or None}) if action in WORDS else NOTHING


def _told(visit: Visit, case: Case, said: Mapping[str, Markup]) -> Markup:
    """As the full page has it: what is next, the answer with the verdict, what happened, one's own words and files."""
    scope, today, bodies = visit.person.scope, clock.day_of(visit.at), choices.names("body")
    history = store().read(lambda con: cases.history(con, scope, case.id))
    beside = store().read(lambda con: milestones.told(con, scope, case.id))
    attached = store().read(lambda con: attachments.of_case(con, scope, case.id))
    on_top, promise = timeline.standing_answer(case, history), promises.of_history(case, history)
    parts = [timeline.heading(case, what_is_next(case, bodies, today))]
    parts += [_card(timeline.answer(case, on_top, bodies, today))] if on_top else []
    parts += [_card(promise_told(promise, today))] if promise else []
    asked = next((e.detail.get("reason", "") for e in reversed(history) if e.kind == "return"), "")
    parts += (
        [_titled("follow_case.asked", timeline.written(asked))] if asked and "resubmit" in _may(visit, case) else []
    )
    parts += [said[action] for action in said if action not in _AFTERWARDS]
    parts.append(
        _titled(
            "follow_case.timeline", timeline.timeline(case, milestones.among(history, beside), bodies, today, on_top)
        )
    )
    parts.append(_titled("follow_case.your_words", timeline.written(case.text)))
    parts += [_titled("follow_case.files", timeline.files(attached))] if attached else []
    parts += [said[action] for action in said if action in _AFTERWARDS]
    return Markup().join(parts)


def _say(visit: Visit, case: Case, action: str, typed: str, wrong: dict[str, str]) -> Markup:
    """A form of its own for each thing that may be said."""
    name = f"{action}-words"
    hidden = {"id": case.id, "seen": case.seq}
    told = {"given": typed if visit.said("do") == action else "", "most": LONGEST, "wrong": wrong.get(name, "")}
    if action == "close":
        names = {code: t(f"case.rating.{code}") for code in RATINGS}
        rating = tiles("rating", t("rate.question"), names, visit.said("rating"), wrong.get("rating", ""))
        inside = rating + lines(name, t("plain.why_bad"), **told) + bar(press("close", t("rate.send")))
        return _titled("follow_case.solved_question", form(visit, inside, hidden=hidden))
    _, label, button, _ = WORDS[action]
    return form(visit, lines(name, t(label), **told) + bar(press(action, t(button), look="")), hidden=hidden)


def _done(visit: Visit) -> Markup:
    known = {done for *_, done in WORDS.values()} | {"follow_case.thanks", "follow_case.opened_again"}
    key = f"follow_case.{visit.asked('done')}"
    return note(t(key, body=t("next.a_body"))) if key in known else Markup()


def _field(action: str, refusal: Refused) -> str:
    """Where it is to be mended."""
    return "rating" if refusal.code == "needs_rating" else f"{action}-words"


def _of_words(refusal: Refused) -> bool:
    return refusal.code.startswith(_OF_THE_WORDS)


def _why(refusal: Refused) -> str:
    return t(f"error.{refusal.code}", **refusal.facts)


def _card(inside: Markup) -> Markup:
    return Markup('<section class="card">{}</section>').format(inside)


def _titled(title: str, inside: Markup) -> Markup:
    return Markup("<section><h2>{}</h2>{}</section>").format(t(title), inside)
