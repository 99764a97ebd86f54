"""What one browser tab holds of an issue that is being written: it survives a reload, and is sent once."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

import streamlit as st

from access.actor import Actor
from access.tokens import new_code
from db.enterprises import Enterprise
from db.refused import Refused
from intake import attachments
from intake.attachments import Upload, check_all
from intake.drafts import load_draft, save_draft
from intake.issues import CHANNELS, InvalidIssue, IssueForm, IssueReceipt, draft_form, submit_issue
from pages.parts.here import lang, now, store, visitor

FIELDS = ("kind", "category", "sector", "town", "title", "text", "channel")


@dataclass
class OpenForm:
    """One form in this browser tab. `id` is the case's id to be and `code` what will follow it: both are made once."""

    owner: str
    draft: str
    enterprise_id: str
    id: str
    code: str
    kept: dict[str, Any]
    saved_at: datetime | None = None
    restored_at: datetime | None = None
    errors: dict[str, Refused] = field(default_factory=dict)
    refusal: Refused | None = None
    receipt: IssueReceipt | None = None


def open_form(actor: Actor, enterprise: Enterprise) -> OpenForm:
    """This tab's form for that enterprise, else the saved draft, else a fresh one filled from the register."""
    form = st.session_state.get("issue")
    if form is None or (form.owner, form.enterprise_id) != (actor.id, enterprise.id):
        form = _from_draft(actor, enterprise)
        st.session_state["issue"] = form
        _forget_widgets()
    return form


def close_form() -> None:
    """Leave the form behind; the next run opens another."""
    st.session_state.pop("issue", None)
    _forget_widgets()


def _from_draft(actor: Actor, enterprise: Enterprise) -> OpenForm:
    name = draft_form(actor, enterprise.id)
    draft = load_draft(store(), actor=actor, form=name)
    if draft:
        kept = dict(draft.content)
        code = kept.pop("code")
        return OpenForm(actor.id, name, enterprise.id, draft.id, code, kept, draft.updated_at, draft.updated_at)
    prefilled = {"sector": enterprise.sector_code, "town": enterprise.town_code, "channel": CHANNELS[0]}
    return OpenForm(actor.id, name, enterprise.id, str(uuid4()), new_code(), prefilled)


def _forget_widgets() -> None:
    for name in FIELDS:
        st.session_state.pop(f"issue_{name}", None)


def key_of(form: OpenForm, name: str) -> str:
    """The field's widget key. Streamlit forgets a widget while another page is shown; the form does not."""
    key = f"issue_{name}"
    if key not in st.session_state and form.kept.get(name) is not None:
        st.session_state[key] = form.kept[name]
    return key


def changed(form: OpenForm, name: str) -> None:
    """Keep what was typed, in the tab and in the store, and take back what was said against it."""
    form.kept[name] = _names_of_files(form) if name == "files" else st.session_state.get(f"issue_{name}")
    form.errors.pop(name, None)
    form.restored_at = None
    if name == "files":
        _check_files(form)
    actor = visitor()
    if actor is None or actor.id != form.owner:
        return
    try:
        content = {**form.kept, "code": form.code}
        saved = save_draft(store(), actor=actor, form=form.draft, draft_id=form.id, content=content, at=now())
        form.saved_at = saved.updated_at
    except Refused as refusal:
        form.refusal = refusal


def send(form: OpenForm) -> None:
    """Submit once: a second click or a retry of this form meets the same case."""
    actor = visitor()
    form.errors, form.refusal, form.restored_at = {}, None, None
    if actor is None or actor.id != form.owner:
        form.refusal = Refused("forbidden")
        return
    try:
        form.receipt = submit_issue(
            store(), actor=actor, form_id=form.id, code=form.code, issue=_filled(form), uploads=_uploads(form),
            at=now(), language=lang(),
        )  # fmt: skip
    except InvalidIssue as invalid:
        form.errors = invalid.fields
    except Refused as refusal:
        if refusal.code.startswith("attachment"):
            form.errors = {"files": refusal}
        else:
            form.refusal = refusal


def _filled(form: OpenForm) -> IssueForm:
    said = {name: st.session_state.get(f"issue_{name}", form.kept.get(name)) for name in FIELDS}
    return IssueForm(
        kind=said["kind"],
        category=said["category"],
        sector_code=said["sector"],
        town_code=said["town"],
        title=said["title"] or "",
        text=said["text"] or "",
        enterprise_id=form.enterprise_id,
        channel=said["channel"],
    )


def _uploads(form: OpenForm) -> list[Upload]:
    return [Upload(file.name, file.getvalue()) for file in st.session_state.get(f"issue_files_{form.id}") or []]


def _names_of_files(form: OpenForm) -> list[str]:
    return [attachments.clean_name(upload.name) for upload in _uploads(form)[: attachments.MOST]]


def _check_files(form: OpenForm) -> None:
    try:
        check_all(_uploads(form))
    except Refused as refusal:
        form.errors["files"] = refusal
