"""Who is told what, and how each wishes to be told. One table; rows are written with the change that causes them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, partial
from types import MappingProxyType
from uuid import UUID, uuid5

import i18n
from access.actor import ACCOUNT, BODY, ENTERPRISE, OFFICE, TOWN, Actor
from access.tokens import hashed, new_code
from access.verbs import reads, writes
from casework.notices import channels
from casework.notices.channels import Message
from db import clock, events, references
from db.cases import confidential
from db.cases.cases import Case
from db.notices import inbox, outbox
from db.notices.inbox import InboxLine, News
from db.notices.outbox import Contact, Listener, Notice, Parties, QueueStanding
from db.people import accounts, enterprises, invitations, stand_ins
from db.refused import Refused
from db.scope import ALL
from db.sql import Connection
from db.states import BAD_RATINGS, OVER, PROMISED, RULED, SETTLED
from db.store import Store
from db.system import settings

NOTICE_VERSION = 1  # of `notices.mine.notice`; a changed text takes the next number
_IDS = UUID("9c7e6b0e-6d1b-4b6c-8f5e-0f2f0c0d0013")

# what happened → party → text below `notices.told`. A party that is not named is not told. A town, the leader who
# was put in charge and whoever has a case in hand have the bell alone: no message goes out to them.
TABLE: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "submit": {"staff": "new", "officer": "new", "town": "new_here"},
        "raise_on_behalf": {"staff": "new", "officer": "new", "enterprise": "raised", "town": "new_here"},
        "resubmit": {"staff": "resubmitted"},
        "accept": {"enterprise": "accepted"},
        "return": {"enterprise": "returned", "officer": "returned_officer"},
        "dispatch": {"enterprise": "dispatched", "lead": "lead", "co": "co", "former": "handed_over", "leader": "led"},
        "answer": {"enterprise": "answered", "officer": "answered_officer", "town": "answered_here"},
        "promise": {"enterprise": "promised", "officer": "promised_officer"},
        "ask_extension": {"staff": "extension_asked", "leader": "extension_asked"},
        "grant_extension": {"lead": "extension_granted", "enterprise": "promise_later"},
        "refuse_extension": {"lead": "extension_refused", "enterprise": "promise_kept"},
        "fulfil": {"enterprise": "fulfilled", "officer": "answered_officer", "town": "answered_here"},
        "suspend": {"enterprise": "suspended", "lead": "suspended", "co": "suspended"},
        "resume": {"enterprise": "resumed", "lead": "resumed", "co": "resumed"},
        "proxy": {"enterprise": "proxy"},
        "merge": {"enterprise": "merged"},
        "unmerge": {"enterprise": "unmerged"},
        "transfer": {"enterprise": "transferred", **dict.fromkeys(("lead", "co", "officer"), "transferred_away")},
        "contest": dict.fromkeys(("staff", "lead", "co", "officer"), "contested"),
        "recall": {"enterprise": "recalled", **dict.fromkeys(("lead", "co", "officer"), "recalled_here")},
        "outcome": {"enterprise": "outcome", "officer": "outcome"},
        "object": {"staff": "objected"},
        "refuse_objection": {"lead": "objection_refused"},
        "dispute": {"lead": "objection_refused", "leader": "ruling"},
        "withdraw": {"lead": "withdrawn", "co": "withdrawn", "staff": "withdrawn", "officer": "withdrawn"},
        "reject": dict.fromkeys(("lead", "co", "staff", "town", "leader"), "rejected"),
        "bad_rating": dict.fromkeys(("lead", "co", "staff", "town", "leader"), "bad_rating"),
        "reopen": dict.fromkeys(("lead", "co", "staff", "town", "leader"), "reopened"),
        "remind": dict.fromkeys(("lead", "co"), "reminded"),
        **dict.fromkeys(("support", "accompany"), dict.fromkeys(("lead", "co"), "supported")),
        "assign": {"holder": "in_hand"},
        "instruct": dict.fromkeys(("lead", "staff"), "instructed"),
        "answer_instruction": dict.fromkeys(("instructors", "staff"), "instruction_answered"),
        "undo_accept": {"enterprise": "taken_back"},
        "undo_dispatch": dict.fromkeys(("enterprise", "former"), "taken_back"),
        "undo_remind": dict.fromkeys(("lead", "co"), "taken_back"),
        # of a hard case's plan and of a meeting: here 'lead' is the body that it is given to
        "step": {"lead": "step"},
        "step_later": {"lead": "step_later"},
        "decision": {"lead": "decision"},
    }
)
TRIAL = "trial"
TEXTS: tuple[str, ...] = tuple(
    dict.fromkeys([*(key for told in TABLE.values() for key in told.values()), TRIAL, "receipt"])
)
_PLACES = {"enterprise": "/case?id={case}"}  # where a party finds the case; everybody else on the desk
_DESK = "/desk?case={case}"
_BY_CODE = "/c/{code}?case={number}"  # for a shared mailbox, whose readers may have no account
_DAYS = ("due", "first", "asked", "answer_by")
# Party → what the address of its bell begins with. Of two that share a bell the later one's words stand there.
_DESKS: Mapping[str, str] = MappingProxyType(
    {"staff": OFFICE, "enterprise": ENTERPRISE, "officer": ACCOUNT, "former": BODY, "co": BODY, "lead": BODY,
     "town": TOWN, "leader": ACCOUNT, "holder": ACCOUNT, "instructors": ACCOUNT}
)  # fmt: skip
_KEYS = frozenset({"proxy", "raise_on_behalf"})  # what the enterprise has to see for itself: its mailbox gets a key


@dataclass(frozen=True)
class Overview:
    """The queue as its administrator sees it."""

    standing: QueueStanding
    rows: list[Notice]


@dataclass(frozen=True)
class Inbox:
    """A page of the bell's lines, how many there are, and up to which number its reader had seen before."""

    lines: list[InboxLine]
    total: int
    looked: int


@dataclass(frozen=True)
class Happened:
    """An action, and the case as it stands after it.

    `given`: party → ids of those whom the case does not name: 'former', the bodies that the action took it from,
    'holder', who has it in hand, 'instructors', the leaders whose instructions are answered, 'leader', who may rule
    where none is in charge.
    """

    case: Case
    action: str
    given: Mapping[str, Sequence[str]] = field(default_factory=dict)


def queue(con: Connection, happened: Sequence[Happened], *, actor: Actor, at: datetime) -> None:
    """Write what is to be told of this, within the caller's transaction; the events of it, one each in this order, are
    the last of the chain. Rows only, no network. Whoever acts is not told of it; a channel that two recipients share is
    told once."""
    _tell(con, [_about(one, actor) for one in happened], actor, at)


def take_back(con: Connection, *, case_id: str, n: int, at: datetime) -> None:
    """What the event of this number and instant told: nobody reads it any more in the bell, and of messages none goes
    out that is not on its way."""
    inbox.take_back(con, case_id, n)
    outbox.take_back(con, case_id, at)


def queue_given(
    con: Connection, *, case: Case, occasion: str, id: str, body: str, due: date, actor: Actor, at: datetime
) -> None:
    """The same for a step or a decision about the case, by `id`, that is given to a body until a day."""
    about = replace(case, lead_body=body, due_on=due)
    theirs = body in (case.lead_body, *case.co)
    _tell(con, [_About(about, occasion, f"{id}:{due}", id, linked=theirs)], actor, at)


def reaches_enterprise(store: Store, *, actor: Actor, case: Case) -> bool:
    """Whether anybody of the enterprise is sent a link to this case: where nobody is, staff have to say it
    themselves."""
    actor.must("triage_case")
    return bool(store.read(lambda con: _linked(con, case.enterprise_id)))


@reads("triage_case")
def unheard(con: Connection, *, actor: Actor, case: Case) -> Notice | None:
    """What the enterprise should have been told of this case last and was not, by none of its channels; nothing once
    the case is over."""
    return None if case.state in OVER else outbox.unheard(con, case.id, case.enterprise_id)


def reach_of(con: Connection, enterprise_id: str) -> str:
    """How an enterprise learns of a case that others raised for it.

    By a link with a key to its shared 'mailbox'; by a 'notice' that asks its people to sign in; untold, or by an SMS
    alone, by its 'account'; or 'nobody' learns of it yet. Without an address of the site a message has no link, nor a
    mailbox a key.
    """
    own = _linked(con, enterprise_id)
    if _shared(own) and settings.public_url(con):
        return "mailbox"
    if accounts.of_enterprise(con, enterprise_id):
        return "notice" if own else "account"
    return "nobody"


def message_of(notice: Notice, *, public_url: str, district: str) -> Message:
    """The notice in its recipient's language. The link is left out where the operator has named no address."""
    language = notice.language
    parts = [_say(notice, "body", language)]
    if public_url and notice.params.get("path"):
        parts.append(i18n.text("notices.link", language, link=public_url + notice.params["path"]))
    parts.append(i18n.text("notices.foot", language, district=district, id=notice.id))
    return Message(notice.id, subject_of(notice, language), "\n\n".join(parts))


def subject_of(notice: Notice, language: str) -> str:
    """Its subject: a number and a day, so it can be shown in any language."""
    return i18n.text("notices.subject", language, said=said_of(notice, language))


def said_of(told: Notice | InboxLine, language: str) -> str:
    """What happened, in one sentence."""
    return _say(told, "subject", language)


def read_inbox(store: Store, *, actor: Actor, size: int, page: int) -> Inbox:
    """A page of what this person was told inside the house; from now on they have looked. Nothing is written where
    nothing is new: a write has everybody's answers asked again."""
    actor.must("choose_notices")

    def read(con: Connection) -> Inbox:
        found, total = inbox.lines(con, actor.scope, actor.id, actor.addresses, size=size, page=page)
        return Inbox(found, total, inbox.looked(con, actor.id))

    there = store.read(read)
    newest = max((one.n for one in there.lines), default=0)
    if newest > there.looked:
        store.write(lambda con: inbox.look(con, actor.id, newest))
    return there


@reads("choose_notices")
def own_contacts(con: Connection, *, actor: Actor) -> dict[str, Contact | None]:
    """Where this person is told, and, for an enterprise's, where the enterprise is: owner_kind → contact."""
    return {kind: outbox.contact(con, kind, key) for kind, key in _owned(actor).items()}


@writes("choose_notices")
def choose_contact(
    con: Connection, *, actor: Actor, owner: str, typed: str, language: str, active: bool, seen: int,
    hosts: frozenset[str], at: datetime, sms: bool = False,
) -> Contact:  # fmt: skip
    """Keep the address, language and whether to be told at all; nothing typed keeps the address that stands.

    Raises Refused('channel_missing' | 'channel_unknown' | 'channel_host' | 'channel_sms'), MovedOn.
    """
    owned = _owned(actor)
    if owner not in owned or language not in i18n.offered(actor.in_house):
        raise Refused("forbidden")
    channel = channels.channel_of(typed, hosts=hosts, sms=sms) if typed.strip() else None
    stands = outbox.contact(con, owner, owned[owner])
    if stands is None and channel is None:
        raise Refused("channel_missing")
    kept = stands or Contact(owner, owned[owner], channel or "", language, active)
    wanted = replace(
        kept, channel_url=channel or kept.channel_url, language=language, active=active, seq=seen if stands else 0
    )
    return outbox.save_contact(con, wanted, actor_id=actor.id, role=actor.role, at=at, notice_version=NOTICE_VERSION)


@writes("choose_notices")
def send_trial(con: Connection, *, actor: Actor, owner: str, at: datetime) -> str:
    """Queue a message that says nothing but that it arrived; at most one each hour. Returns its id."""
    key = _owned(actor).get(owner)
    contact = outbox.contact(con, owner, key or "")
    if contact is None or not contact.active:
        raise Refused("channel_missing")
    notice_id = _id(owner, contact.owner_id, contact.channel_url, f"{at:%Y-%m-%d %H}")
    trial = _row(notice_id, TRIAL, contact.owner_id, contact, {"path": "/notices_mine"}, at)
    outbox.add(con, [trial])
    return notice_id


@reads("keep_system")
def overview(con: Connection, *, actor: Actor, state: str | None, limit: int, offset: int, at: datetime) -> Overview:
    """How the queue stands, and a page of what is in one state, or (None) of all that was not sent."""
    return Overview(outbox.standing(con, at=at), outbox.listed(con, state=state, limit=limit, offset=offset))


@writes("keep_system")
def try_again(con: Connection, *, actor: Actor, notice_id: str | None, at: datetime) -> int:
    """One that failed or was given up, or (None) all of them, is due now. Returns how many."""
    return outbox.try_again(con, notice_id=notice_id, at=at)


@dataclass(frozen=True)
class _About:
    """`given`: of whom the case does not name. `linked` False: the recipients do not see the case, so that a link would
    lead them nowhere."""

    case: Case
    occasion: str
    change: str
    subject: str
    given: Mapping[str, Sequence[str]] = field(default_factory=dict)
    linked: bool = True

    @property
    def told(self) -> Mapping[str, str]:
        return TABLE.get(self.occasion, {})


def _about(one: Happened, actor: Actor) -> _About:
    case = one.case
    return _About(case, _occasion(case, one.action, actor), f"{case.id}:{case.seq}", case.id, one.given)


def _tell(con: Connection, abouts: Sequence[_About], actor: Actor, at: datetime) -> None:
    """The events that these are about are the last of the chain, in this order."""
    if not any(one.told for one in abouts):
        return
    told = [(n, one) for n, one in enumerate(abouts, events.revision(con) - len(abouts) + 1) if one.told]
    officers = _officers(con, [about.case for _, about in told if "officer" in about.told])
    away = stand_ins.instead_of(con, list({*officers.values()}), clock.day_of(at))
    inbox.tell(con, [_bell(about, n, officers) for n, about in told], actor.id, at)
    heard = outbox.listeners(con, [_parties(about, officers, away) for _, about in told])
    codes, name, notices = dict[str, str](), cache(partial(_name, con)), list[Notice]()
    for (_, about), found in zip(told, heard, strict=True):
        wanted = _wanted(con, about, found, actor)
        by_code = _link_by_code(about.case, codes) if about.occasion in _KEYS and _shared(wanted) else None
        for one in wanted:
            params = _params(name, about.case, one, by_code if about.linked else "")
            notice_id = _id(about.change, one.owner_kind, one.owner_id)
            notices.append(_row(notice_id, about.told[one.party], about.subject, one, params, at))
    invitations.add_follow_codes(con, codes, at=at)
    outbox.add(con, notices)


def _wanted(con: Connection, about: _About, found: Sequence[Listener], actor: Actor) -> list[Listener]:
    """Those of them who are told, one of each channel; of a confidential case, in the house only who may read it."""
    named = confidential.readers(con, about.case.id) if about.case.confidential else None
    wanted = {
        one.channel_url: one
        for one in reversed(found)
        if one.party in about.told
        and one.owner_id != actor.id
        and (named is None or one.owner_id in named or one.party == "enterprise")
    }
    return list(wanted.values())


def _parties(about: _About, officers: Mapping[str, str], away: Mapping[str, Sequence[str]]) -> Parties:
    case = about.case
    officer = officers.get(case.enterprise_id)
    hear = (officer, *away.get(officer, ())) if officer else ()
    return Parties(case.enterprise_id, case.lead_body, case.co, about.given.get("former", ()), hear)


def _bell(about: _About, n: int, officers: Mapping[str, str]) -> News:
    """The bell of each party, whether or not anybody there has a channel."""
    case = about.case
    parties: dict[str, Sequence[str | None]] = {
        "staff": ("",),
        "enterprise": (case.enterprise_id,),
        "co": case.co,
        "lead": (case.lead_body,),
        "town": (case.town_code,),
        "leader": (case.leader_id,),
        "officer": (officers.get(case.enterprise_id),),
        **about.given,
    }
    addressed = {
        f"{kind}{one}": about.told[party]
        for party, kind in _DESKS.items() if party in about.told for one in parties.get(party, ()) if one is not None
    }  # fmt: skip
    return News(n, case.id, addressed, {"number": case.number} | _days(case))


def _officers(con: Connection, of: Sequence[Case]) -> dict[str, str]:
    """Enterprise → the officer who looks after it, of those that have one."""
    firms = enterprises.these(con, ALL, list({case.enterprise_id for case in of})) if of else []
    return {firm.id: firm.officer_id for firm in firms if firm.officer_id}


def _occasion(case: Case, action: str, actor: Actor) -> str:
    """A dated promise, a dispute and a bad rating are told in words of their own; a good rating needs none.

    What was said at a forum's table the enterprise was there for: it is told of the answer.
    """
    if action == "submit" and actor.may("raise_on_behalf") and case.channel != "forum":
        return "raise_on_behalf"
    if action == "answer" and case.state in PROMISED:
        return "promise"
    if action == "refuse_objection" and case.state in RULED:
        return "dispute"
    if action == "close" and case.rating in BAD_RATINGS and case.state not in SETTLED:
        return "bad_rating"
    return action


def _linked(con: Connection, enterprise_id: str) -> list[Listener]:
    """Those of the enterprise whose channel has room for a link."""
    (found,) = outbox.listeners(con, [Parties(enterprise_id)])
    return [one for one in found if one.party == "enterprise" and channels.carries_link(one.channel_url)]


def _shared(listeners: Iterable[Listener]) -> bool:
    """Whether one of them is the enterprise's mailbox, which a key may go to."""
    return any(one.owner_kind == "enterprise" and channels.carries_link(one.channel_url) for one in listeners)


def _link_by_code(case: Case, codes: dict[str, str]) -> str:
    """A new key to this one case, for the enterprise's mailbox and nobody else: whoever holds it judges the answer. Its
    hash is put among `codes`, which are kept."""
    code = new_code()
    codes[hashed(code)] = case.id
    return _BY_CODE.format(code=code, number=case.number)


def _params(
    name: Callable[[str, str, str], str], case: Case, listener: Listener, by_code: str | None
) -> dict[str, str]:
    """What fills the text: number, category, body and days. Nothing that a person typed leaves the house.

    `by_code` is the link for the enterprise's mailbox; an empty one leaves everybody's out. `name` says what a code of
    a list is called in a language.
    """
    language = listener.language
    path = _PLACES.get(listener.party, _DESK).format(case=case.id)
    if by_code == "" or (by_code and listener.owner_kind == "enterprise"):
        path = by_code
    return {
        "number": case.number,
        "path": path,
        "category": name("category", case.category, language),
        "body": name("body", case.lead_body or "", language) or i18n.text("notices.office", language),
    } | _days(case)


def _days(case: Case) -> dict[str, str]:
    days = {
        "due": case.due_on,
        "first": case.promised_on,
        "asked": case.asked_until,
        "answer_by": case.instructed_until,
    }
    return {name: day.isoformat() if day else "" for name, day in days.items()}


def _say(told: Notice | InboxLine, part: str, language: str) -> str:
    days = {name: told.params[name] for name in _DAYS if told.params.get(name)}
    written = {name: i18n.weekday_and_day(date.fromisoformat(day), language) for name, day in days.items()}
    facts = {**told.params, **dict.fromkeys(_DAYS, ""), **written}
    return i18n.text(f"notices.told.{told.kind}.{part}", language, **facts)


def _row(
    notice_id: str, text: str, subject: str, to: Contact | Listener, params: dict[str, str], at: datetime
) -> Notice:
    return Notice(
        notice_id, at, text, subject, to.owner_kind, to.owner_id, to.language, params, "queued", attempts=0, next_at=at
    )


def _name(con: Connection, list_name: str, code: str, language: str) -> str:
    item = references.get(con, list_name, code) if code else None
    return item.say(language) if item else code


def _owned(actor: Actor) -> dict[str, str]:
    own = {"account": actor.id}
    return own | {"enterprise": actor.enterprise_id} if actor.enterprise_id else own


def _id(*parts: str) -> str:
    """The same for the same change and recipient, so that a second try of one change queues nothing twice."""
    return str(uuid5(_IDS, ":".join(parts)))
