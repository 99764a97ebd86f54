"""An enterprise, or somebody on its behalf, raises a problem or a suggestion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from access.actor import Actor
from access.entrance import VISIT
from access.tokens import code_for, hashed
from access.typed import one_line, tidy
from casework.cases.act import open_case
from casework.cases.correction import CHANNELS, KINDS, LONGEST_TITLE, check_listed
from casework.notices import notices
from db import clock
from db.cases import attachments, cases, draft_files, issues
from db.cases.attachments import Attachment, CheckedFile
from db.cases.cases import Case, NewCase
from db.people import enterprises, invitations
from db.people.enterprises import Enterprise
from db.refused import Refused
from db.scope import Scope
from db.sql import Connection
from db.store import Store
from db.survey import drafts
from db.system import proofs
from intake.files.upload import Upload
from intake.issue.attachments import MOST, check_all
from intake.words import fits

NOTICE_VERSION = 2  # of the privacy notice `enterprise.notice`; a changed text takes the next number
LONGEST_TEXT = 2000
MOST_A_DAY = 10


@dataclass(frozen=True)
class IssueForm:
    """What was filled in. `enterprise_id` and `channel` count only for those who report on behalf."""

    kind: str | None
    category: str | None
    sector_code: str | None
    town_code: str | None
    title: str
    text: str
    notice_version: int = NOTICE_VERSION
    enterprise_id: str | None = None
    channel: str | None = None


@dataclass(frozen=True)
class IssueReceipt:
    """What the sender keeps; `head_hash` is the history's end at that moment.

    `code` with `number` follows and judges the case: the enterprise's alone, so None for whoever raised it on behalf.
    They read in `reach` how the enterprise gets to it instead, see notices.reach_of; 'link' stands on the receipt that
    a link shows again.
    """

    case_id: str
    number: str
    code: str | None
    at: datetime
    head_hash: str
    reach: str | None = None


class InvalidIssue(Refused):
    """Some fields cannot be taken: `fields` maps each to the refusal that is shown beside it."""

    def __init__(self, fields: Mapping[str, Refused]) -> None:
        super().__init__("invalid_issue")
        self.fields = dict(fields)


def submit_issue(
    store: Store,
    *,
    actor: Actor,
    form_id: str,
    code: str,
    issue: IssueForm,
    uploads: Sequence[Upload] = (),
    at: datetime,
    language: str,
) -> IssueReceipt:
    """Open the case whose id is the form's. A second try of one form gives the first's receipt and writes nothing.

    `code` is made with the form, so that the receipt of a second try shows the same one; on behalf it opens nothing,
    and the enterprise gets one of its own by the notice. Raises InvalidIssue, or
    Refused('forbidden' | 'too_many_issues' | 'invitation_used' | 'invitation_expired' | 'survey_first') or what an
    attachment is refused for.
    """
    if not actor.may("raise_on_behalf"):
        actor.must("raise_issue")
    files = store.files.lay(check_all(uploads))
    sent = _Sent(actor, form_id, code, _cleaned(issue), files, at, language)
    return store.write(lambda con: _receipt_of(con, sent) or _open(con, sent))


def wrong_fields(store: Store, *, actor: Actor, issue: IssueForm) -> dict[str, Refused]:
    """What is wrong with the fields, to be said at once where the files alone have stopped it."""
    try:
        store.read(lambda con: _check_fields(con, actor, _cleaned(issue)))
    except InvalidIssue as invalid:
        return invalid.fields
    return {}


def closed_to(store: Store, *, actor: Actor, at: datetime) -> Refused | None:
    """Why this actor's link raises nothing (any more), so that a page can say so before they write."""
    try:
        if actor.invitation_id:
            invitation_id = actor.invitation_id
            store.read(lambda con: _check_invitation(con, actor, invitation_id, at))
    except Refused as refusal:
        return refusal
    return None


def kept_receipt(store: Store, *, actor: Actor, mark: str) -> IssueReceipt | None:
    """The receipt of what the holder of this link raised. Its code is there for the browser alone whose `mark` it was
    made from; whoever else opens the link, such as staff who made it, reads the number."""
    return store.read(lambda con: _kept(con, actor, mark)) if actor.invitation_id else None


def draft_form(actor: Actor, enterprise_id: str) -> str:
    """The draft's name: whoever reports on behalf has one draft an enterprise."""
    return f"issue:{enterprise_id}" if actor.may("raise_on_behalf") else "issue"


def enterprise_of(con: Connection, actor: Actor, enterprise_id: str | None) -> Enterprise | None:
    """Whom the actor may speak for: an enterprise for itself, others for those within their scope."""
    if actor.may("raise_on_behalf"):
        found = enterprises.get(con, actor.scope, enterprise_id or "")
    else:
        found = enterprises.get(con, Scope("enterprise", actor.enterprise_id or ""), actor.enterprise_id or "")
    return found if found and found.active else None


@dataclass(frozen=True)
class _Sent:
    actor: Actor
    form_id: str
    code: str
    issue: IssueForm
    files: Sequence[CheckedFile]
    at: datetime
    language: str


def _receipt_of(con: Connection, sent: _Sent) -> IssueReceipt | None:
    """The receipt of a form that was received already. Raises Refused('forbidden') where it is somebody else's."""
    found = enterprises.of_case(con, sent.form_id)
    if found is None:
        return None
    case = cases.get(con, Scope("enterprise", found.id), sent.form_id)
    theirs = enterprise_of(con, sent.actor, found.id)
    if case is None or theirs is None or theirs.id != found.id:
        raise Refused("forbidden")
    return _receipt(con, case, sent)


def _open(con: Connection, sent: _Sent) -> IssueReceipt:
    enterprise = _check_fields(con, sent.actor, sent.issue)
    _check_limits(con, sent.actor, enterprise, sent.at)
    case = open_case(con, case=_new_case(sent, enterprise), actor=sent.actor, at=sent.at)
    attachments.add(con, _files(con, sent, case.id))
    if not sent.actor.may("raise_on_behalf"):
        invitations.add_follow_codes(con, {hashed(sent.code): case.id}, at=sent.at)
    if sent.actor.invitation_id and sent.actor.wave_id is None:
        invitations.use_up(con, {sent.actor.invitation_id: sent.at})
    drafts.discard(con, owners=[sent.actor.id], form=draft_form(sent.actor, enterprise.id))
    return _receipt(con, case, sent)


def _receipt(con: Connection, case: Case, sent: _Sent) -> IssueReceipt:
    mark = proofs.hash_of_submission(con, case.id)
    if sent.actor.may("raise_on_behalf"):
        reach = notices.reach_of(con, case.enterprise_id)
        return IssueReceipt(case.id, case.number, None, case.submitted_at, mark, reach)
    return IssueReceipt(case.id, case.number, sent.code, case.submitted_at, mark)


def _kept(con: Connection, actor: Actor, mark: str) -> IssueReceipt | None:
    raised, key = issues.raised_by_actor(con, actor.id), actor.enterprise_id or ""
    case = cases.get(con, Scope("enterprise", key), raised) if raised else None
    if case is None:
        return None
    code = code_for(mark, case.id)
    live = bool(mark) and invitations.has_code(con, case.id, code_hash=hashed(code))
    proof = proofs.hash_of_submission(con, case.id)
    return IssueReceipt(case.id, case.number, code if live else None, case.submitted_at, proof, "link")


def _cleaned(issue: IssueForm) -> IssueForm:
    return IssueForm(**{**vars(issue), "title": one_line(issue.title), "text": tidy(issue.text)})


def _check_fields(con: Connection, actor: Actor, issue: IssueForm) -> Enterprise:
    """Whom the issue is for. Raises InvalidIssue with everything that is wrong at once."""
    enterprise = enterprise_of(con, actor, issue.enterprise_id)
    on_behalf = actor.may("raise_on_behalf")
    wrong = {
        "enterprise": None if enterprise else Refused("issue_enterprise"),
        "channel": Refused("issue_channel") if on_behalf and issue.channel not in CHANNELS else None,
        "kind": None if issue.kind in KINDS else Refused("issue_kind"),
        "category": check_listed(con, "category", issue.category),
        "sector": check_listed(con, "sector", issue.sector_code),
        "town": check_listed(con, "town", issue.town_code),
        "title": _filled(issue.title, "title", LONGEST_TITLE),
        "text": _filled(issue.text, "text", LONGEST_TEXT),
    }
    found = {field: refusal for field, refusal in wrong.items() if refusal}
    if found or enterprise is None:
        raise InvalidIssue(found)
    return enterprise


def _filled(text: str, field: str, longest: int) -> Refused | None:
    if not text:
        return Refused(f"issue_{field}_missing")
    return None if fits(text, longest) else Refused(f"issue_{field}_too_long", longest=longest)


def _check_limits(con: Connection, actor: Actor, enterprise: Enterprise, at: datetime) -> None:
    """An enterprise's own issues a day; an invitation's one. What staff or officers bring in is not limited."""
    if actor.may("raise_on_behalf"):
        return
    today = clock.start_of_day(clock.day_of(at))
    if issues.raised_by_enterprise(con, enterprise.id, today) >= MOST_A_DAY:
        raise Refused("too_many_issues", most=MOST_A_DAY)
    if actor.invitation_id:
        _check_invitation(con, actor, actor.invitation_id, at)


def _check_invitation(con: Connection, actor: Actor, invitation_id: str, at: datetime) -> None:
    """An issue's link is good for one issue; a survey's link for one more, once the survey is in."""
    invitation = invitations.by_id(con, invitation_id)
    if invitation is None or invitation.revoked_at:
        raise Refused("invitation_unknown")
    if invitation.wave_id is None:
        if invitation.used_at:
            raise Refused("invitation_used")
        if invitation.expires_at <= at:
            raise Refused("invitation_expired")
        return
    if invitation.used_at is None:
        raise Refused("survey_first")
    if issues.raised_by_actor(con, actor.id):
        raise Refused("invitation_used")
    if invitation.expires_at + VISIT <= at:
        raise Refused("invitation_expired")


def _new_case(sent: _Sent, enterprise: Enterprise) -> NewCase:
    issue = sent.issue
    return NewCase(
        id=sent.form_id,
        kind=issue.kind or "",
        category=issue.category or "",
        enterprise_id=enterprise.id,
        sector_code=issue.sector_code or "",
        town_code=issue.town_code or "",
        title=issue.title,
        text=issue.text,
        channel=(issue.channel or "") if sent.actor.may("raise_on_behalf") else "self",
        language=sent.language,
        notice_version=issue.notice_version,
    )


def _files(con: Connection, sent: _Sent, case_id: str) -> list[Attachment]:
    """Those that came with it, and those that its draft has kept. Raises Refused('attachments_too_many')."""
    kept = draft_files.of(con, owner=sent.actor.id, draft_id=sent.form_id)
    if len(kept) + len(sent.files) > MOST:
        raise Refused("attachments_too_many", most=MOST)
    draft_files.drop(con, owner=sent.actor.id, draft_id=sent.form_id)
    moved = [Attachment.moved(file, str(uuid4()), sent.at, case_id=case_id) for file in kept]
    return moved + [Attachment.of(file, str(uuid4()), sent.at, case_id=case_id) for file in sent.files]
