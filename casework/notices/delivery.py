"""What carries the queue out: one thread, at least once, the same id each time; a server that is down costs nothing.

A notice is claimed before it is sent and marked afterwards. Where the process dies in between, the claim runs out and
the notice goes again under its id: a repeat that its reader can tell, rather than a loss that nobody sees.
"""

import logging
import random
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from casework.notices import channels
from casework.notices.channels import Delivery, Message, Outside, Paper
from casework.notices.notices import message_of
from casework.notices.weekly_leaf import queue_leaves
from db.notices import outbox
from db.notices.outbox import Notice
from db.refused import StoreUnavailable
from db.sql import Connection
from db.store import Store
from db.system import settings

log = logging.getLogger(__name__)

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
MOST_TRIES = 20  # with the waits between them 68 hours: a server that stops on Friday evening is back on Monday
CLAIM = timedelta(minutes=10)  # longer than any one attempt takes
AT_ONCE = 500  # notices that one round looks at
PAUSE = 5.0  # seconds between two looks at the queue

Carry = Callable[[str, Message, Outside], Delivery]
Papers = Mapping[str, Callable[[Store, Notice], Paper | None]]  # kind of notice → the file that goes with it
Chore = Callable[[Store, datetime], object]  # what is looked at before each round; it has nothing to do, mostly


NO_PAPERS: Papers = MappingProxyType({})


@dataclass(frozen=True)
class Round:
    """What one look at the queue did. `held` were left untouched because their server does not answer."""

    sent: int = 0
    failed: int = 0
    held: int = 0


def wait_after(attempts: int, chance: float) -> timedelta | None:
    """How long after the attempt of this number (from 1) the next one comes; None: no more.

    1, 2, 4 … minutes up to six hours, moved by up to a tenth either way by `chance` (0 to 1), so that what failed
    together does not come back together.
    """
    if attempts >= MOST_TRIES:
        return None
    return min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT) * (0.9 + 0.2 * chance)


def deliver_due(
    store: Store,
    *,
    at: datetime,
    outside: Outside,
    carry: Carry = channels.carry,
    papers: Papers = NO_PAPERS,
    stopped: Callable[[], bool] = lambda: False,
) -> Round:
    """Send what is due at `at`, each marked before the next is tried. E-mails wait where there is no mail server."""
    due = store.read(lambda con: outbox.due(con, at=at, mail=outside.mail_url is not None, limit=AT_ONCE))
    sent, failed, held = 0, 0, 0
    down, up = set[str](), set[str]()
    for notice in due:
        if stopped():
            break
        server = channels.server_of(notice.channel_url) if notice.channel_url else ""
        if server in down:
            held += 1
            continue
        outcome = _deliver(store, notice, at, lambda channel, message: carry(channel, message, outside), papers)
        if outcome is None:
            continue
        if outcome.unreachable:
            down.add(server)
        elif outcome.error is None and server not in up:
            up.add(server)
            store.write(lambda con, back=server: outbox.server_is_back(con, back, at=at))
        sent, failed = sent + (outcome.error is None), failed + (outcome.error is not None)
    return Round(sent, failed, held)


@contextmanager
def delivering(
    store: Store, *, now: Callable[[], datetime], papers: Papers = NO_PAPERS, chores: Sequence[Chore] = ()
) -> Iterator[None]:
    """The one worker of this process, for as long as the block lasts. What it was sending when it ends is finished."""
    ended = threading.Event()
    outside = Outside.from_environment()
    chores = [_leaves, *chores]
    given = (store, now, outside, papers, chores, ended)
    worker = threading.Thread(target=_work, args=given, name="notices", daemon=True)
    worker.start()
    try:
        yield
    finally:
        ended.set()
        worker.join(channels.PATIENCE + PAUSE)


def _leaves(store: Store, at: datetime) -> object:
    return queue_leaves(store, at=at)


def _work(
    store: Store, now: Callable[[], datetime], outside: Outside, papers: Papers, chores: Sequence[Chore],
    ended: threading.Event,
) -> None:  # fmt: skip
    """Never ends by an error: what went wrong is logged, and the next look comes after the pause."""

    def send(store: Store, at: datetime) -> object:
        return deliver_due(store, at=at, outside=outside, papers=papers, stopped=ended.is_set)

    while not ended.wait(PAUSE):
        if store.damage:  # nothing could be marked as sent
            continue
        with suppress(StoreUnavailable), store.alone("notices") as ours:
            for chore in (*chores, send) if ours else ():
                _done(chore, store, now)


def _done(chore: Chore, store: Store, now: Callable[[], datetime]) -> None:
    try:
        chore(store, now())
    except Exception:
        log.exception("%s stopped early; what it left is looked at again", chore.__name__)


def _deliver(
    store: Store, notice: Notice, at: datetime, carry: Callable[[str, Message], Delivery], papers: Papers
) -> Delivery | None:
    """One attempt; None where another process has it."""
    if not store.write(lambda con: outbox.claim(con, notice, until=at + CLAIM)):
        return None
    if notice.channel_url is None:
        store.write(lambda con: outbox.mark_failed(con, notice.id, error="no_channel", next_at=None))
        return Delivery("no_channel")
    message = store.read(lambda con: _written(con, notice))
    if message and notice.kind in papers and channels.carries_files(notice.channel_url):
        message = replace(message, paper=papers[notice.kind](store, notice))
    outcome = carry(notice.channel_url, message) if message else Delivery("unusable")
    store.write(lambda con: _mark(con, notice, outcome, at))
    return outcome


def _written(con: Connection, notice: Notice) -> Message | None:
    """None for a text that no longer exists: one notice of an older release must not hold up the others."""
    district = settings.district(con).say(notice.language)
    try:
        return message_of(notice, public_url=settings.public_url(con), district=district)
    except KeyError:
        log.exception("no text for a notice of kind %s", notice.kind)
        return None


def _mark(con: Connection, notice: Notice, outcome: Delivery, at: datetime) -> None:
    if outcome.error is None:
        outbox.mark_sent(con, notice, at=at)
        return
    wait = wait_after(notice.attempts + 1, random.random())
    outbox.mark_failed(con, notice.id, error=outcome.error, next_at=at + wait if wait else None)
