"""One case without a script: how it stands, what happened, and what one may say to it."""

from starlette.responses import Response

from casework.cases.act import act
from casework.cases.lifecycle import allowed_actions
from db import clock
from db.cases import cases
from db.cases.cases import Case
from db.refused import Refused
from pages.issue import timeline
from pages.issue.case_next import what_is_next
from pages.issue.sayings import SAYINGS
from pages.issue.whole_case import whole_case
from pages.plain.frame import page
from pages.plain.pieces import leads_to, link, titled
from pages.plain.say import NotDone, given_by, said, said_when_done, say_form
from pages.plain.visits import Visit
from pages.shared import choices
from pages.shared.here import store, t
from pages.shared.markup import Markup
from pages.shared.promise import promise_told

_AFTERWARDS = ("contest", "note", "withdraw", "reopen")  # said below what happened


def show(visit: Visit, refused: NotDone | None = None) -> Response:
    case = _case(visit)
    if case is None:
        gone = Markup("<h1>{}</h1><p>{}</p>").format(t("follow_case.gone"), t("follow_case.gone_hint"))
        return page(visit, t("follow_case.gone"), gone, status=404)
    body = choices.names("body").get(case.lead_body or "", t("next.a_body"))
    back = link("/f/cases", t("follow_case.back")) if visit.person.way == "account" else Markup()
    content = said(visit, refused, body) + back + _told(visit, case, refused)
    title = t("plain.case_title", number=case.number, title=case.title)
    errors, status = (len(refused.wrong), 409) if refused else (0, 200)
    return page(
        visit, title, content, errors=errors, status=status, full=f"/case?id={case.id}", back=visit.to(id=case.id)
    )


def take(visit: Visit) -> Response:
    """One act on the case as it was seen; a refusal shows the case as it stands, with what was typed."""
    case, do = _case(visit), visit.said("do")
    if case is None:
        return show(visit)
    typed, rating, seen = visit.said(f"{do}-words"), visit.said("rating"), visit.said("seen")
    try:
        visit.spend()
        act(store(), actor=visit.person, case_id=case.id, action=do, seen=int(seen) if seen.isdecimal() else 0,
            at=visit.at, given=given_by(do, typed, rating))  # fmt: skip
    except Refused as refusal:
        return show(visit, NotDone(do, typed, refusal))
    return leads_to(visit.to(id=case.id, done=said_when_done(do, rating)))


def _case(visit: Visit) -> Case | None:
    wanted = visit.person.case_id or visit.asked("id") or visit.said("id")
    return store().read(lambda con: cases.get(con, visit.person.scope, wanted))


def _told(visit: Visit, case: Case, refused: NotDone | None) -> Markup:
    """As the full page has it: what is next, the answer with the verdict, what happened, one's own words and files."""
    today, bodies, whole = clock.day_of(visit.at), choices.names("body"), whole_case(visit.person, case)
    may = [action for action in ("close", *SAYINGS) if action in allowed_actions(case, visit.person)]
    forms = {action: say_form(visit, case, action, refused) for action in may}
    asked = whole.asked if "resubmit" in may else ""
    happened = timeline.timeline(case, whole.events, bodies, today, whole.answer)
    parts = (
        timeline.heading(case, what_is_next(case, bodies, today)),
        _card(timeline.answer(case, whole.answer, bodies, today)) if whole.answer else Markup(),
        _card(promise_told(whole.promise, today)) if whole.promise else Markup(),
        titled("follow_case.asked", timeline.written(asked)) if asked else Markup(),
        *(one for action, one in forms.items() if action not in _AFTERWARDS),
        titled("follow_case.timeline", happened),
        titled("follow_case.your_words", timeline.written(case.text)),
        titled("follow_case.files", timeline.files(whole.attached)) if whole.attached else Markup(),
        *(one for action, one in forms.items() if action in _AFTERWARDS),
    )
    return Markup().join(parts)


def _card(inside: Markup) -> Markup:
    return Markup('<section class="card">{}</section>').format(inside)
