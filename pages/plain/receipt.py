"""What the sender keeps: of a survey, of an issue."""

from starlette.responses import Response

import i18n
from casework.notices.channels import Outside
from casework.notices.receipts import mail_receipt
from db import clock
from db.refused import Refused
from db.system import proofs
from intake.issue.raising import IssueReceipt
from intake.survey import answering as survey
from intake.survey.answering import Receipt
from intake.survey.drafts import load_draft
from pages.plain.fields import line
from pages.plain.frame import page
from pages.plain.own_copy import code_of
from pages.plain.pieces import bar, errors_first, form, link, note, press
from pages.plain.visits import Visit
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup
from pages.shared.steps import next_steps
from pages.survey.own_copy import mail_to_oneself
from pages.web.asked import site_of

_LONGEST_ADDRESS = 254


def survey_receipt(visit: Visit, given: Receipt, copy: Markup | None = None, *, waiting: bool = True) -> Response:
    """`copy`: the way to one's own answers, on the page that has just sent them alone; `waiting`: whether a comment may
    wait in the form of an issue."""
    lead = t("open.received" if visit.person.way == "open" else "survey.received")
    lines = (i18n.moment(clock.local(given.at), lang()), given.wave.title(lang()), t("receipt.code", code=given.code))
    own = code_of(visit, given.form_id)
    if own and survey.has_copy(store(), code=own):
        copy = (copy or Markup()) + mail_to_oneself(given.number, own, site_of(visit.request) + "/verify", "act")
        lines, lead = (*lines, t("survey.own_code", code=own)), f"{lead} {t('survey.own_code_keep')}"
    happens = Markup().join(Markup("<li>{}</li>").format(t(f"survey.happens_{n}")) for n in (1, 2, 3))
    then = Markup("<p>{}</p>").format(t("open.once")) if visit.person.way == "open" else _anything_else(visit, waiting)
    content = (
        Markup("<h1>{}</h1><p>{}</p>{}{}").format(t("survey.thanks"), lead, number(given.number, lines), copy or "")
        + by_mail(visit, given.number, given.code)
        + then
        + Markup("<h2>{}</h2><ol>{}</ol>").format(t("survey.what_happens"), happens)
    )
    return page(visit, t("survey.thanks"), content)


def issue_receipt(visit: Visit, given: IssueReceipt) -> Response:
    """The code opens this one case for whoever holds it: it is on the page that has sent the issue alone."""
    mark = proofs.mark(given.head_hash)
    code = (t("issue.receipt.code", code=given.code),) if given.code else ()
    lines = (i18n.moment(clock.local(given.at), lang()), *code, t("issue.receipt.mark", mark=mark))
    keep = t("issue.receipt.keep" if given.code else "issue.receipt.reach.link")
    path = f"/f/case?id={given.case_id}" if visit.person.may("follow_cases") else f"/c/{given.code}?case={given.number}"
    follow = link(path, t("issue.receipt.follow"), "button first") if given.code else Markup()
    shown = number(given.number, lines)
    content = (
        Markup("<h1>{}</h1>{}<p>{}</p>{}").format(t("issue.receipt.title"), shown, keep, follow)
        + by_mail(visit, given.number, mark, given.code or "")
        + Markup("<h2>{}</h2>{}").format(t("issue.receipt.next"), next_steps())
    )
    return page(visit, t("issue.receipt.title"), content)


def by_mail(visit: Visit, number: str, proof: str, code: str = "", *, typed: str = "", wrong: str = "") -> Markup:
    """Where the installation has a mail server; a wall's answer names nobody, so it has no mailbox either."""
    if visit.person.way == "open" or not Outside.from_environment().mail_url:
        return Markup()
    box = line("mail", t("plain.mail"), typed, _LONGEST_ADDRESS, wrong, hint=t("plain.mail_hint"), kind="email")
    hidden = {"number": number, "proof": proof, "code": code}
    return form(visit, box + bar(press("mail", t("plain.mail_go"), look="")), hidden=hidden)


def mail(visit: Visit) -> Response:
    """Sent once; where it cannot be, why, with what was typed."""
    number, proof, code, typed = (visit.said(name) for name in ("number", "proof", "code", "mail"))
    title = t("plain.mail_go")
    try:
        visit.spend("mail")
        to = mail_receipt(store(), actor=visit.person, number=number, proof=proof, code=code, typed=typed,
                          language=visit.language, at=visit.at)  # fmt: skip
    except Refused as refusal:
        wrong = t(f"error.{refusal.code}", **refusal.facts)
        again = by_mail(visit, number, proof, code, typed=typed, wrong=wrong)
        return page(visit, title, errors_first({"mail": wrong}) + again, errors=1)
    return page(visit, title, note(t("plain.mailed", to=to)) + link(visit.base, t("plain.to_receipt")))


def number(shown: str, lines: tuple[str, ...]) -> Markup:
    below = Markup().join(Markup("<p>{}</p>").format(line) for line in lines)
    head = Markup('<div class="card"><p class="quiet">{}</p><p class="number">{}</p>{}</div>')
    return head.format(t("receipt.number"), shown, below)


def _anything_else(visit: Visit, may_wait: bool) -> Markup:
    waiting = may_wait and load_draft(store(), actor=visit.person, form="issue") is not None
    lead = t("survey.comment_waits" if waiting else "survey.we_take_it_up")
    way = link("/f/raise", t("survey.raise_waiting" if waiting else "survey.raise"), "button first")
    head = Markup('<section class="card"><h2>{}</h2><p>{}</p>{}</section>')
    return head.format(t("survey.anything_else"), lead, way)
