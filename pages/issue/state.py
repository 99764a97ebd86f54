"""What one browser tab holds of an issue that is being written: it survives a reload."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

import streamlit as st

from access.actor import Actor
from access.tokens import code_for, new_code
from casework.cases.correction import CHANNELS
from db.people.enterprises import Enterprise
from db.refused import Refused
from intake.issue.raising import IssueReceipt, draft_form
from intake.survey.drafts import load_draft
from pages.shared.here import receipts_mark, store
from pages.web.taken import said_by_page

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
    tries: int = 0  # how often it was sent with something wrong
    refusal: Refused | None = None
    receipt: IssueReceipt | None = None
    taken: int = 0  # how often a category that was offered was pressed: each begins the choice anew
    uploader: int = 0  # counts the uploaders of this form: the next one is empty
    left_out: list[str] = field(default_factory=list)  # files that are gone and that nobody wants to choose again
    stands: frozenset[str] = frozenset()  # keys of fields whose words are in the page and newer than the draft

    @property
    def as_of(self) -> str:
        """The key of a mark that nobody sees: which state of the draft the page shows."""
        return f"f2f-as-of-{self.saved_at or ''}"


def open_form(actor: Actor, enterprise: Enterprise) -> OpenForm:
    """This tab's form for that enterprise, else the saved draft, else a fresh one filled from the register."""
    form = st.session_state.get("issue")
    if form is None or (form.owner, form.enterprise_id) != (actor.id, enterprise.id):
        said = said_by_page() if form is None else frozenset[str]()
        form = _from_draft(actor, enterprise)
        form.stands = said if form.as_of in said else frozenset()
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
        code = _code(actor, draft.id, kept.pop("code"))
        return OpenForm(actor.id, name, enterprise.id, draft.id, code, kept, draft.updated_at, draft.updated_at)
    prefilled = {"sector": enterprise.sector_code, "town": enterprise.town_code, "channel": CHANNELS[0]}
    form_id = str(uuid4())
    return OpenForm(actor.id, name, enterprise.id, form_id, _code(actor, form_id, new_code()), prefilled)


def _code(actor: Actor, form_id: str, made: str) -> str:
    """Without an account the browser alone can have its code again; else, and without its mark, the one `made`."""
    mark = receipts_mark() if actor.way == "invitation" else ""
    return code_for(mark, form_id) if mark else made


def _forget_widgets() -> None:
    for name in FIELDS:
        st.session_state.pop(f"issue_{name}", None)


def key_of(form: OpenForm, name: str) -> str:
    """The field's widget key. Streamlit forgets a widget while another page is shown; the form does not."""
    key = f"issue_{name}" if name != "category" or not form.taken else f"issue_category_{form.taken}"
    if key not in st.session_state and key not in form.stands and form.kept.get(name) is not None:
        st.session_state[key] = form.kept[name]
    return key


def key_of_files(form: OpenForm) -> str:
    return f"issue_files_{form.id}_{form.uploader}"
