"""Coming in: by password, by invitation, by a receipt's code. Each gives a session's token for the cookie."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from access.actor import Actor
from access.passwords import matches
from access.roles import CODE_ROLES
from access.throttle import Try, accepted, decided, noted, reserved
from access.tokens import hashed, new_token
from access.typed import link_part
from db import clock
from db.cases import confidential
from db.people import accounts, enterprises, invitations, screens, stand_ins
from db.people.accounts import Account, Session
from db.refused import Refused, StoreUnavailable, Wrong
from db.sql import Connection
from db.store import Store
from db.survey import open_links
from db.survey.open_links import OpenLink
from db.system import settings

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=7)
VISIT = timedelta(hours=24)
HALF = timedelta(minutes=10)  # between the password and the code
SCREEN = timedelta(days=365)  # a screen is switched off over a holiday and nobody signs it in again
TOUCH_EVERY = timedelta(minutes=5)
LONGEST_NAME = 100  # what of a typed login or number is kept, and counted under


@dataclass(frozen=True)
class Entered:
    """`token` goes into the cookie; `wave_id` says where an invitation leads (None: to raise an issue); `half`: a code
    is asked before anybody is in."""

    token: str
    lasts: timedelta
    wave_id: str | None = None
    half: bool = False


def sign_in(store: Store, *, login: str, password: str, address: str, at: datetime) -> Entered:
    """Raises Refused('sign_in_failed'), the same for an unknown name, Refused('too_many_tries'), or of what is empty,
    which is no try, Refused('login_missing' | 'password_missing')."""
    login, wrong = login.strip()[:LONGEST_NAME], Wrong()
    wrong.unless(login, "login_missing")
    wrong.unless(password, "password_missing")
    wrong.refuse()
    attempt = reserved(store, Try("password", accounts.folded(login), address, at))
    account = store.read(lambda con: accounts.by_login(con, login))
    known = account is not None and account.active
    if not matches(password, account.password_hash if account and known else None) or account is None:
        raise Refused("sign_in_failed")

    def enter(con: Connection) -> Entered:
        accepted(con, attempt)
        return begin(con, by_password(con, account, at), address)

    return store.write(enter)


def show_password(store: Store, account: Account, typed: str, address: str, at: datetime) -> None:
    """Whoever is signed in types their present password once more; as many tries as at a sign-in.

    Raises Refused('password_missing' | 'password_wrong' | 'too_many_tries').
    """
    if not typed:
        raise Refused("password_missing")
    attempt = reserved(store, Try("password", accounts.folded(account.login), address, at))
    if not matches(typed, account.password_hash):
        raise Refused("password_wrong")
    store.write(lambda con: accepted(con, attempt))


def enter_by_identity(store: Store, *, login: str, address: str, at: datetime) -> Entered:
    """By another house's word for who it is (docs/sign-in.md), letter for letter: there, two names may differ by a
    capital alone. What they may is our own table's word, at every run; a second factor is the other house's matter.
    Raises Refused('identity_unknown' | 'too_many_tries')."""
    login = login.strip()[:LONGEST_NAME]
    tried = Try("oidc", accounts.folded(login), address, at)

    def find(con: Connection) -> Account | None:
        account = accounts.by_login(con, login)
        return account if account and account.active and account.login == login else None

    return _enter_noted(store, of_account(decided(store, tried, find, wrong="identity_unknown"), at), tried)


def enter_by_invitation(store: Store, *, token: str, address: str, at: datetime) -> Entered:
    """Exchange a link's token for a session. Opening it again, as chat previews do, uses nothing up; one that was
    used shows its receipt again, however late, and takes nothing more.

    Raises Refused('invitation_unknown' | 'invitation_expired' | 'too_many_tries').
    """
    token_hash = hashed(link_part(token))
    tried = Try("invitation", "", address, at)
    found = decided(store, tried, lambda con: invitations.by_live_token(con, token_hash), wrong="invitation_unknown")
    if found.used_at is None and found.expires_at <= at:
        raise Refused("invitation_expired")
    session = _session("invitation", at, invitation_id=found.id)
    return replace(_enter_noted(store, session, replace(tried, name=found.id)), wave_id=found.wave_id)


def enter_by_open_link(store: Store, *, token: str, browser: str, address: str, at: datetime) -> Entered:
    """Exchange a wall's link for a session of this browser, whose mark is `browser`. Opening it uses nothing up.

    The address of those let in is not kept. Raises Refused('invitation_unknown' | 'survey_closed' |
    'open_full_today' | 'open_full_here' | 'too_many_tries').
    """
    tried, token = Try("open", "", address, at), link_part(token)
    link = decided(store, tried, lambda con: _hanging(con, token, browser), wrong="invitation_unknown")
    mark = _browser_of(link, browser)
    opened = _session("open", at, open_link_id=link.id, browser=mark)
    return store.write(lambda con: _let_pass(con, link, opened, address))


def enter_by_code(store: Store, *, code: str, number: str, address: str, at: datetime) -> Entered:
    """Follow one case by its receipt. Raises Refused('number_missing' | 'code_unknown' | 'too_many_tries')."""
    number, code_hash = link_part(number)[:LONGEST_NAME], hashed(link_part(code).upper())
    if not number:
        raise Refused("number_missing")
    tried = Try("follow", number, address, at)
    found = decided(
        store, tried, lambda con: invitations.case_of_code(con, code_hash=code_hash, number=number),
        wrong="code_unknown",
    )  # fmt: skip
    return _enter_noted(store, _session("follow", at, case_id=found[0]), tried)


def enter_by_screen_link(store: Store, *, token: str, address: str, at: datetime) -> Entered:
    """Exchange a large screen's link for a session. Raises Refused('invitation_unknown' | 'too_many_tries')."""
    token_hash = hashed(link_part(token))
    tried = Try("screen", "", address, at)
    link = decided(store, tried, lambda con: screens.by_live_token(con, token_hash), wrong="invitation_unknown")
    return _enter_noted(store, _session("screen", at, screen_link_id=link.id), replace(tried, name=link.place))


def came_by(store: Store, *, person: Actor, token: str) -> bool:
    """Whether it was by this link that the person came in."""
    behind = store.kept(_link_behind, person.way, link_part(token))
    return behind is not None and behind == (person.invitation_id or person.open_link_id)


def _link_behind(con: Connection, way: str, token: str) -> str | None:
    if way not in ("invitation", "open"):
        return None
    found = open_links.by_token(con, token) if way == "open" else invitations.by_live_token(con, hashed(token))
    return found.id if found else None


def who_is_here(store: Store, token: str | None, at: datetime) -> Actor | None:
    """The actor behind a cookie, as the store says now: a disabled account or a spent link is nobody."""
    if not token:
        return None
    token_hash = hashed(token)
    found = store.kept(_resolve, token_hash, clock.day_of(at))
    if found is None:
        return None
    session, actor = found
    idle = SCREEN if session.kind == "screen" else IDLE
    if at >= session.expires_at or at - session.seen_at > idle:
        return None
    if at - session.seen_at > TOUCH_EVERY:
        with suppress(StoreUnavailable):  # on a full disk everything is still read
            store.write(lambda con: accounts.touch_session(con, token_hash, at))
    return actor


def sign_out(store: Store, token: str | None, at: datetime) -> None:
    if token:
        store.write(lambda con: accounts.end_session(con, hashed(token), at))


def _resolve(con: Connection, token_hash: str, today: date) -> tuple[Session, Actor] | None:
    """Whose session it is, whatever the time of the day."""
    session = accounts.session(con, token_hash)
    if session is None or session.ended_at is not None:
        return None
    actor = _ACTORS[session.kind](con, session)
    if actor and actor.may("name_stand_in"):
        actor = replace(actor, stands_for=stand_ins.stands_for(con, actor.id, today))
    return (session, actor) if actor else None


def _account_actor(con: Connection, session: Session) -> Actor | None:
    account = accounts.by_id(con, session.account_id or "")
    if account is None or not account.active:
        return None
    return replace(actor_of(account), address_hash=session.address_hash, named=named_of(con, account))


def named_of(con: Connection, account: Account) -> tuple[str, ...]:
    """The confidential cases that they read."""
    return confidential.named(con, account.id)


def actor_of(account: Account) -> Actor:
    said = ("id", "role", "name", "enterprise_id", "body_code", "town_code")
    return Actor(**{name: getattr(account, name) for name in said})


def _invited_actor(con: Connection, session: Session) -> Actor | None:
    """A used invitation still shows its thanks page; whether it may be used again is asked at submission."""
    invitation = invitations.by_id(con, session.invitation_id or "")
    if invitation is None or invitation.revoked_at is not None:
        return None
    name = enterprises.name_of(con, invitation.enterprise_id)
    return Actor(
        id=f"invitation:{invitation.id}",
        role="enterprise",
        name=name,
        way="invitation",
        enterprise_id=invitation.enterprise_id,
        invitation_id=invitation.id,
        wave_id=invitation.wave_id,
        address_hash=session.address_hash,
    )


def _following_actor(con: Connection, session: Session) -> Actor | None:
    case_id = session.case_id or ""
    if not invitations.live_code(con, case_id, opened_at=session.created_at):
        return None
    found = enterprises.of_case(con, case_id)
    if found is None:
        return None
    return Actor(f"follow:{case_id}", "enterprise", found.name_zh, "follow", found.id, case_id=case_id)


def _browser_of(link: OpenLink, browser: str) -> str:
    return hashed(f"{link.wave_id}:{browser}")


def _hanging(con: Connection, token: str, browser: str) -> OpenLink | None:
    """A link taken off its wall still shows the receipt to those who have answered by it."""
    link = open_links.by_token(con, token)
    return link if link and _holds(con, link, _browser_of(link, browser)) else None


def _holds(con: Connection, link: OpenLink, browser: str) -> bool:
    return link.revoked_at is None or open_links.answered(con, f"open:{browser}")


def _passing_actor(con: Connection, session: Session) -> Actor | None:
    """Somebody in front of a wall: of no enterprise, the same person as long as it is the same browser."""
    link = open_links.by_id(con, session.open_link_id or "")
    if link is None or not _holds(con, link, session.browser or ""):
        return None
    return Actor(
        id=f"open:{session.browser}",
        role="enterprise",
        name="",
        way="open",
        wave_id=link.wave_id,
        open_link_id=link.id,
        address_hash=session.address_hash,
    )


def _screen_actor(con: Connection, session: Session) -> Actor | None:
    """A large screen sees the whole district, on its one page."""
    link = screens.by_id(con, session.screen_link_id or "")
    if link is None or link.revoked_at is not None:
        return None
    return Actor(id=f"screen:{link.id}", role="leader", name=link.place, way="screen")


_ACTORS: dict[str, Callable[[Connection, Session], Actor | None]] = {
    "account": _account_actor,
    "half": lambda _, __: None,  # half in is not in
    "invitation": _invited_actor,
    "follow": _following_actor,
    "open": _passing_actor,
    "screen": _screen_actor,
}


def _session(kind: str, at: datetime, **whose: str) -> Session:
    lasts = {"account": ABSOLUTE, "screen": SCREEN, "half": HALF}.get(kind, VISIT)
    blank = {"account_id": None, "invitation_id": None, "case_id": None}
    return Session(
        token_hash="", kind=kind, created_at=at, seen_at=at, expires_at=at + lasts, ended_at=None, **(blank | whose)
    )


def _enter_noted(store: Store, session: Session, tried: Try) -> Entered:
    def enter(con: Connection) -> Entered:
        noted(con, tried, "accepted")
        return begin(con, session, tried.address)

    return store.write(enter)


def begin(con: Connection, session: Session, address: str) -> Entered:
    token = new_token()
    known = open_links.address_hash(con, address, at=session.created_at)
    accounts.open_session(con, replace(session, token_hash=hashed(token), address_hash=known))
    return Entered(token, session.expires_at - session.created_at, half=session.kind == "half")


def of_account(account: Account, at: datetime) -> Session:
    return _session("account", at, account_id=account.id)


def by_password(con: Connection, account: Account, at: datetime) -> Session:
    """Of whoever knows the password, or was sent a link that set it: nobody is in yet where a code is asked as well."""
    return _session("half", at, account_id=account.id) if code_asked(con, account) else of_account(account, at)


def code_asked(con: Connection, account: Account) -> bool:
    """Whether this account's password alone lets nobody in."""
    return account.role in CODE_ROLES and settings.second_factor(con)


def _let_pass(con: Connection, link: OpenLink, session: Session, address: str) -> Entered:
    """Those who have answered see their thanks again, whatever the limits say by now."""
    at = session.created_at
    if not open_links.answered(con, f"open:{session.browser}"):
        here = open_links.address_hash(con, address, at=at)
        open_links.room(con, link, [here], at=at).take(here)
    return replace(begin(con, session, address), wave_id=link.wave_id)
