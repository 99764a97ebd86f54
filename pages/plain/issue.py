"""Raising an issue without a script: one form, kept at every press, its files sent once each; then a receipt."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from starlette.responses import JSONResponse, Response

from access.tokens import code_for, new_code
from db.people import enterprises
from db.refused import Refused
from intake.issue.kept_files import keep_files, leave_out
from intake.issue.raising import (
    InvalidIssue,
    IssueForm,
    closed_to,
    enterprise_of,
    kept_receipt,
    submit_issue,
)
from intake.survey.drafts import load_draft, save_draft
from pages.plain.frame import page
from pages.plain.issue_form import issue_form, offers_of
from pages.plain.pieces import leads_to, note
from pages.plain.receipt import issue_receipt, mail
from pages.plain.visits import Visit
from pages.shared.here import store, t
from pages.shared.markup import Markup
from pages.shared.plain import words_of

_FIELDS = ("kind", "title", "text", "category", "sector", "town")
_ID, _CODE = re.compile(r"[0-9a-f-]{36}"), re.compile(r"[2-9A-HJ-NP-Z]{16}")


def show(visit: Visit) -> Response:
    if given := kept_receipt(store(), actor=visit.person, mark=visit.receipts):
        return issue_receipt(visit, given)
    enterprise = store().read(lambda con: enterprise_of(con, visit.person, None))
    refusal = closed_to(store(), actor=visit.person, at=visit.at) if enterprise else Refused("issue_enterprise")
    if refusal or not visit.person.may("raise_issue"):
        why = refusal or Refused("forbidden")
        told_why = Markup("<h1>{}</h1>{}").format(t("issue.title"), note(words_of(why)))
        return page(visit, t("issue.title"), told_why, status=200 if visit.person.may("raise_issue") else 403)
    draft = load_draft(store(), actor=visit.person, form="issue")
    if draft:
        return issue_form(visit, draft.id, {**draft.content})
    return issue_form(
        visit, str(uuid4()), {"sector": enterprise.sector_code, "town": enterprise.town_code} if enterprise else {}
    )


def take(visit: Visit) -> Response:
    """What was typed is kept first. Then a file is added or left out, or all of it is sent once."""
    do, form_id = visit.said("do"), visit.said("form")
    if do == "mail":
        return mail(visit)
    if not _ID.fullmatch(form_id):
        return leads_to(visit.base)
    given: dict[str, Any] = {name: visit.said(name) for name in _FIELDS}
    if do == "offers":  # the script asks while one types
        return JSONResponse({"found": offers_of(given)}, headers={"cache-control": "no-store"})
    code = _code(visit, form_id)
    try:
        visit.spend()
        if not _sent_already(visit, form_id):
            content = {**given, "kind": given["kind"] or None, "code": code}
            save_draft(store(), actor=visit.person, form="issue", draft_id=form_id, content=content, at=visit.at)
            keep_files(store(), actor=visit.person, draft_id=form_id, uploads=visit.files, at=visit.at)
        if do.startswith("leave:"):
            leave_out(store(), actor=visit.person, draft_id=form_id, file_id=do.partition(":")[2])
        if do != "send":
            return leads_to(f"{visit.to(look=1)}#offers" if do == "look" else f"{visit.base}#files")
        receipt = submit_issue(
            store(), actor=visit.person, form_id=form_id, code=code, issue=_issue(given), at=visit.at,
            language=visit.language,
        )  # fmt: skip
    except InvalidIssue as invalid:
        return issue_form(visit, form_id, given, wrong=invalid.fields)
    except Refused as refusal:
        if refusal.code.startswith("attachment"):
            return issue_form(visit, form_id, given, wrong={"files": refusal})
        return issue_form(visit, form_id, given, refusal=refusal)
    return issue_receipt(visit, receipt)


def _code(visit: Visit, form_id: str) -> str:
    """What follows the case: by a link it comes of the browser's mark; else the form carries the one made with it."""
    if visit.person.way == "invitation" and visit.receipts:
        return code_for(visit.receipts, form_id)
    return visit.said("code") if _CODE.fullmatch(visit.said("code")) else new_code()


def _sent_already(visit: Visit, form_id: str) -> bool:
    """A form that is sent again after its receipt was lost on the way begins no new draft."""
    return visit.said("do") == "send" and store().read(lambda con: enterprises.of_case(con, form_id)) is not None


def _issue(given: Mapping[str, Any]) -> IssueForm:
    kind, category, sector, town = (given[name] or None for name in ("kind", "category", "sector", "town"))
    return IssueForm(kind, category, sector, town, given["title"], given["text"])
