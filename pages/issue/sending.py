"""What is done with an issue that is being written: kept at every change, sent once."""

import streamlit as st

from access.actor import Actor
from casework.similar.asking import keep_choice
from db.cases import similar
from db.refused import Refused
from intake.issue.attachments import check_all
from intake.issue.raising import InvalidIssue, IssueForm, submit_issue, wrong_fields
from intake.survey.drafts import save_draft
from pages.issue.chosen_files import gone, names_of, uploads_of
from pages.issue.state import FIELDS, OpenForm, key_of
from pages.shared.here import lang, now, store, visitor
from pages.similar.solved import history


def changed(form: OpenForm, name: str) -> None:
    """Keep what was typed, in the tab and in the store, and take back what was said against it."""
    form.kept[name] = names_of(form) if name == "files" else st.session_state.get(key_of(form, name))
    form.errors.pop(name, None)
    form.restored_at = None
    if name == "files":
        try:
            check_all(uploads_of(form))
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


def take_over(form: OpenForm) -> None:
    """Keep what stands in a page that another process drew and that never reached the draft."""
    said = {name: st.session_state.get(key) for name in FIELDS if (key := key_of(form, name)) in form.stands}
    form.stands = frozenset()
    for name, words in said.items():
        if (words or None) != (form.kept.get(name) or None):
            changed(form, name)


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
            store(), actor=actor, form_id=form.id, code=form.code, issue=_filled(form), uploads=uploads_of(form),
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
    said = {name: st.session_state.get(key_of(form, name)) for name in FIELDS}
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
