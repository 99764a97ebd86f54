"""Raising an issue without a script: one form, kept at every press, its files sent once each; then a receipt."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from access.tokens import code_for, new_code
from db.cases.draft_files import DraftFile
from db.people import enterprises
from db.refused import Refused
from intake.issue import attachments
from intake.issue.attachments import RefusedFiles
from intake.issue.kept_files import keep_files, kept_files, leave_out
from intake.issue.raising import (
    KINDS,
    LONGEST_TEXT,
    LONGEST_TITLE,
    NOTICE_VERSION,
    InvalidIssue,
    IssueForm,
    closed_to,
    enterprise_of,
    kept_receipt,
    submit_issue,
)
from intake.survey.drafts import load_draft, save_draft
from pages.plain.fields import choice, labelled, line, lines, tiles, told
from pages.plain.frame import page
from pages.plain.pieces import bar, errors_first, form, leads_to, note, press
from pages.plain.receipt import issue_receipt, mail
from pages.plain.visits import Visit
from pages.shared import choices
from pages.shared.here import store, t
from pages.shared.markup import Markup

_FIELDS = ("kind", "title", "text", "category", "sector", "town")
_ID, _CODE = re.compile(r"[0-9a-f-]{36}"), re.compile(r"[2-9A-HJ-NP-Z]{16}")


def show(visit: Visit) -> Response:
    if given := kept_receipt(store(), actor=visit.person, mark=visit.receipts):
        return issue_receipt(visit, given)
    enterprise = store().read(lambda con: enterprise_of(con, visit.person, None))
    refusal = closed_to(store(), actor=visit.person, at=visit.at) if enterprise else Refused("issue_enterprise")
    if refusal or not visit.person.may("raise_issue"):
        why = refusal or Refused("forbidden")
        told_why = Markup("<h1>{}</h1>{}").format(t("issue.title"), note(_said(why)))
        return page(visit, t("issue.title"), told_why, status=200 if visit.person.may("raise_issue") else 403)
    draft = load_draft(store(), actor=visit.person, form="issue")
    if draft:
        return _form(visit, draft.id, {**draft.content})
    return _form(
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
            return leads_to(f"{visit.base}#files")
        receipt = submit_issue(
            store(), actor=visit.person, form_id=form_id, code=code, issue=_issue(given), at=visit.at,
            language=visit.language,
        )  # fmt: skip
    except InvalidIssue as invalid:
        return _form(visit, form_id, given, wrong=invalid.fields)
    except Refused as refusal:
        if refusal.code.startswith("attachment"):
            return _form(visit, form_id, given, wrong={"files": refusal})
        return _form(visit, form_id, given, refusal=refusal)
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


def _form(
    visit: Visit, form_id: str, given: Mapping[str, Any], *, wrong: Mapping[str, Refused] | None = None,
    refusal: Refused | None = None,
) -> Response:  # fmt: skip
    said = {name: _said(one) for name, one in (wrong or {}).items()}
    fields = Markup().join(_fields(given, said)) + _files(visit, form_id, said.get("files", ""))
    notice = Markup().join(
        Markup("<p>{}</p>").format(t(f"issue.notice.{part}")) for part in ("purpose", "readers", "care")
    )
    lead = Markup('<details class="card"><summary>{}</summary>{}</details><p class="quiet">{}</p>').format(
        t("issue.notice.title", version=NOTICE_VERSION), notice, t("issue.notice.short")
    )
    code = given.get("code") or visit.said("code") or new_code()
    hidden = {"form": form_id, **({"code": code} if visit.person.way == "account" else {})}
    on_top = errors_first(said) + (note(_said(refusal), late=True) if refusal else Markup())
    head = Markup('<h1>{}</h1><p class="quiet">{}</p>').format(t("issue.title"), t("issue.lead"))
    body = form(visit, fields + lead + bar(press("send", t("issue.submit"))), hidden=hidden)
    return page(
        visit, t("issue.title"), on_top + head + body, errors=len(said), full="/raise", status=409 if refusal else 200
    )


def _fields(given: Mapping[str, Any], wrong: Mapping[str, str]) -> list[Markup]:
    def at(name: str) -> tuple[str, str]:
        return str(given.get(name) or ""), wrong.get(name, "")

    title, text = t("issue.field.title"), t("issue.field.text")
    return [
        tiles("kind", t("issue.kind.label"), {code: t(f"issue.kind.{code}") for code in KINDS}, *at("kind")),
        line(
            "title", title, given.get("title") or "", LONGEST_TITLE, at("title")[1], hint=t("issue.field.title_example")
        ),
        lines("text", text, given.get("text") or "", LONGEST_TEXT, at("text")[1], hint=t("issue.field.text_hint")),
        choice("category", t("issue.field.category"), choices.names("category", active_only=True), *at("category")),
        choice("sector", t("issue.field.sector"), choices.sectors(), *at("sector")),
        choice("town", t("issue.field.town"), choices.names("town", active_only=True), *at("town")),
    ]


def _files(visit: Visit, form_id: str, wrong: str) -> Markup:
    """Those that have arrived, each with a way to leave it out; and room for more."""
    here = Markup().join(_file(one) for one in kept_files(store(), actor=visit.person, draft_id=form_id))
    hint = t("issue.field.files_hint", most=attachments.MOST, megabytes=attachments.LARGEST // 1024**2)
    box = Markup('<input type="file" id="files" name="files" multiple{}>{}').format(
        told("files", wrong, hint), press("add", t("plain.add_files"), look="plainly")
    )
    shown = Markup('<ul class="log">{}</ul>').format(here) if here else Markup()
    return labelled("files", t("issue.field.files"), shown + box, wrong, hint)


def _file(one: DraftFile) -> Markup:
    leave = press(f"leave:{one.id}", t("plain.leave_out", name=one.name), look="plainly")
    return Markup("<li>{} {}</li>").format(t("plain.arrived", name=one.name), leave)


def _said(refusal: Refused) -> str:
    """Of several files each its sentence."""
    each = refusal.each if isinstance(refusal, RefusedFiles) else (refusal,)
    return " ".join(t(f"error.{one.code}", **one.facts) for one in each)
