"""What is done with an issue that is being written: kept at every change, sent once."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from access.actor import Actor
from casework.similar.asking import keep_choice
from db.cases import similar
from db.refused import Refused
from intake.files.upload import Upload
from intake.issue import attachments
from intake.issue.attachments import check_all
from intake.issue.raising import InvalidIssue, IssueForm, submit_issue, wrong_fields
from intake.survey.drafts import save_draft
from pages.issue.state import FIELDS, OpenForm
from pages.shared.here import lang, now, store, visitor
from pages.similar.solved import history


def changed(form: OpenForm, name: str) -> None:
    """Keep what was typed, in the tab and in the store, and take back what was said against it."""
    form.kept[name] = _names_of_files(form) if name == "files" else st.session_state.get(f"issue_{name}")
    form.errors.pop(name, None)
    form.restored_at = None
    if name == "files":
        try:
            check_all(_uploads(form))
        except Refused as refusal:
            form.errors["files"] = refusal
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
    if gone(form):
        _stopped_by_files(form, actor, Refused("attachments_gone"))
        return
    try:
        form.receipt = submit_issue(
            store(), actor=actor, form_id=form.id, code=form.code, issue=_filled(form), uploads=_uploads(form),
            at=now(), language=lang(),
        )  # fmt: skip
        _keep_choice(form, actor)
    except InvalidIssue as invalid:
        form.errors, form.tries = invalid.fields, form.tries + 1
    except Refused as refusal:
        if refusal.code.startswith("attachment"):
            _stopped_by_files(form, actor, refusal)
        else:
            form.refusal = refusal


def _keep_choice(form: OpenForm, actor: Actor) -> None:
    """Which category was suggested to an officer or staff, and which they chose."""
    issue = _filled(form)
    before = history(actor, similar.said(issue.title, issue.text))
    if before and before.category and form.receipt:
        choice = {"version": before.about.version, "likely": before.category[0], "chosen": issue.category or ""}
        keep_choice(store(), actor=actor, case_id=form.receipt.case_id, what="category", at=now(), **choice)


def _stopped_by_files(form: OpenForm, actor: Actor, refusal: Refused) -> None:
    wrong = wrong_fields(store(), actor=actor, issue=_filled(form))
    form.errors, form.tries = {**wrong, "files": refusal}, form.tries + 1


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


def gone(form: OpenForm) -> list[str]:
    """The names of files that were chosen and are here no more: after a reload, or a long sleep of the phone."""
    here = _names(_uploads(form))
    return [name for name in form.kept.get("files") or [] if name not in here]


def do_without(form: OpenForm) -> None:
    """Leave out the files that are gone; the uploader forgets them where it holds no other."""
    form.left_out = gone(form)
    form.kept["files"] = _names(_uploads(form))
    form.uploader += 1 if not form.kept["files"] else 0
    form.errors.pop("files", None)


def not_sent(form: OpenForm) -> list[str]:
    """Of the files left out those whose mark still stands in the uploader's list, as if they were attached."""
    chosen = st.session_state.get(key_of_files(form)) or []
    return form.left_out if len(_uploads(form)) < len(chosen) else []


def key_of_files(form: OpenForm) -> str:
    return f"issue_files_{form.id}_{form.uploader}"


def _uploads(form: OpenForm) -> list[Upload]:
    """Streamlit keeps a mark in the place of a file that it has lost: that is none."""
    chosen = st.session_state.get(key_of_files(form)) or []
    return [Upload(file.name, file.getvalue()) for file in chosen if isinstance(file, UploadedFile)]


def _names_of_files(form: OpenForm) -> list[str]:
    """Of those chosen now. One that Streamlit has lost stays named until somebody takes it out of the list."""
    uploads, chosen = _uploads(form), st.session_state.get(key_of_files(form)) or []
    lost = gone(form) if len(uploads) < len(chosen) else []
    return [*_names(uploads), *lost]


def _names(uploads: list[Upload]) -> list[str]:
    return [attachments.clean_name(upload.name) for upload in uploads[: attachments.MOST]]
