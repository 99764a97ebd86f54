"""The form of an issue as one screen: its fields, its files that have arrived, what is said before one sends."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from access.tokens import new_code
from db import guidance
from db.cases import similar
from db.cases.draft_files import DraftFile
from db.refused import Refused
from intake.issue.kept_files import kept_files
from intake.issue.raising import KINDS, LONGEST_TEXT, LONGEST_TITLE, NOTICE_VERSION
from pages.guidance.offered import offers
from pages.plain.fields import choice, labelled, line, lines, tiles, told
from pages.plain.frame import page
from pages.plain.pieces import bar, errors_first, form, note, press
from pages.plain.visits import Visit
from pages.shared import choices
from pages.shared.file_field import files_hint
from pages.shared.here import kept, store, t
from pages.shared.markup import Markup
from pages.shared.plain import words_of


def issue_form(
    visit: Visit, form_id: str, given: Mapping[str, Any], *, wrong: Mapping[str, Refused] | None = None,
    refusal: Refused | None = None,
) -> Response:  # fmt: skip
    said = {name: words_of(one) for name, one in (wrong or {}).items()}
    fields = Markup().join(_fields(given, said, _offers(visit, given))) + _files(visit, form_id, said.get("files", ""))
    notice = Markup().join(
        Markup("<p>{}</p>").format(t(f"issue.notice.{part}")) for part in ("purpose", "readers", "care")
    )
    lead = Markup('<details class="card"><summary>{}</summary>{}</details><p class="quiet">{}</p>').format(
        t("issue.notice.title", version=NOTICE_VERSION), notice, t("issue.notice.short")
    )
    code = given.get("code") or visit.said("code") or new_code()
    hidden = {"form": form_id, **({"code": code} if visit.person.way == "account" else {})}
    on_top = errors_first(said) + (note(words_of(refusal), late=True) if refusal else Markup())
    head = Markup('<h1>{}</h1><p class="quiet">{}</p>').format(t("issue.title"), t("issue.lead"))
    body = form(visit, fields + lead + bar(press("send", t("issue.submit"))), hidden=hidden)
    return page(
        visit, t("issue.title"), on_top + head + body, errors=len(said), full="/raise", status=409 if refusal else 200
    )


def offers_of(given: Mapping[str, Any], *, none: str = "") -> Markup:
    """What may answer it already."""
    return offers(similar.said(given.get("title") or "", given.get("text") or ""), given.get("category"), none=none)


def _offers(visit: Visit, given: Mapping[str, Any]) -> Markup:
    """Asked for with a press; with the script while one types."""
    found = offers_of(given, none=t("guidance.help.none") if visit.asked("look") else "")
    way = press("look", t("guidance.help.look"), look="plainly") if kept(guidance.published) else Markup()
    return Markup('<div id="offers">{}</div>').format(found + way)


def _fields(given: Mapping[str, Any], wrong: Mapping[str, str], offered: Markup) -> list[Markup]:
    def at(name: str) -> tuple[str, str]:
        return str(given.get(name) or ""), wrong.get(name, "")

    title, text = t("issue.field.title"), t("issue.field.text")
    return [
        tiles("kind", t("issue.kind.label"), {code: t(f"issue.kind.{code}") for code in KINDS}, *at("kind")),
        line(
            "title", title, given.get("title") or "", LONGEST_TITLE, at("title")[1], hint=t("issue.field.title_example")
        ),
        lines("text", text, given.get("text") or "", LONGEST_TEXT, at("text")[1], hint=t("issue.field.text_hint")),
        offered,
        choice("category", t("issue.field.category"), choices.names("category", active_only=True), *at("category")),
        choice("sector", t("issue.field.sector"), choices.sectors(), *at("sector")),
        choice("town", t("issue.field.town"), choices.names("town", active_only=True), *at("town")),
    ]


def _files(visit: Visit, form_id: str, wrong: str) -> Markup:
    """Those that have arrived, each with a way to leave it out; and room for more."""
    here = Markup().join(_file(one) for one in kept_files(store(), actor=visit.person, draft_id=form_id))
    hint = files_hint()
    box = Markup('<input type="file" id="files" name="files" multiple{}>{}').format(
        told("files", wrong, hint), press("add", t("plain.add_files"), look="plainly")
    )
    shown = Markup('<ul class="log">{}</ul>').format(here) if here else Markup()
    return labelled("files", t("issue.field.files"), shown + box, wrong, hint)


def _file(one: DraftFile) -> Markup:
    leave = press(f"leave:{one.id}", t("plain.leave_out", name=one.name), look="plainly")
    return Markup("<li>{} {}</li>").format(t("plain.arrived", name=one.name), leave)
