"""Staff make questionnaires: draft, change, open, close, make a new version. What was opened never changes."""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from access.actor import Actor
from access.typed import one_line
from access.verbs import reads, writes
from db import events
from db.events import Event
from db.refused import MovedOn, Refused
from db.sql import Connection
from db.store import Store
from db.survey import questionnaires
from db.survey.questionnaires import Version
from intake.questionnaires.check import Problem, languages_lacked, problems, stopping
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.model import PrivacyNotice, Questionnaire, Screen, Words
from intake.questionnaires.questionnaire import as_content, read_questionnaire
from intake.words import fits

LARGEST = 400_000  # characters of JSON
LONGEST_TITLE = 60
_MODEL = ("satisfaction", 1)  # where a new questionnaire takes its scales and its privacy notice from


@dataclass(frozen=True)
class VersionSheet:
    """One version on the desk: what it asks, what a draft still lacks, how many waves ask it; `lacks`: as
    `languages_lacked`."""

    questionnaire: Questionnaire
    state: str
    seq: int
    changed_at: datetime | None
    waves: int
    problems: tuple[Problem, ...]
    lacks: tuple[str, ...]
    before: Questionnaire | None

    @property
    def stops(self) -> tuple[Problem, ...]:
        """What keeps it from being opened."""
        return stopping(self.problems)


def overview(store: Store, *, actor: Actor) -> list[Version]:
    """Every version, by questionnaire, newest first."""
    actor.must("edit_questionnaire")
    return store.read(questionnaires.versions)


@reads("edit_questionnaire")
def sheet(con: Connection, *, actor: Actor, code: str, version: int) -> VersionSheet | None:
    return _sheet(con, code, version)


@writes("edit_questionnaire")
def create(con: Connection, *, actor: Actor, code: str, title: Words, at: datetime) -> Questionnaire:
    """An empty draft with the common scales and notice. A second try of the same form gives the first's draft.

    Raises Refused('questionnaire_title').
    """
    titled = _titled(title)
    found = questionnaires.version(con, code, 1)
    return read_questionnaire(found.content) if found else _add(con, actor, _blank(con, code, titled), at)


@writes("edit_questionnaire")
def keep_imported(con: Connection, *, actor: Actor, questionnaire: Questionnaire, at: datetime) -> Questionnaire:
    """A questionnaire read from a file, as a draft of its own. A second try gives the first's draft."""
    return _kept(con, actor, questionnaire, at)


@writes("edit_questionnaire")
def change(con: Connection, *, actor: Actor, changed: Questionnaire, seen: int, at: datetime) -> int:
    """Put a draft's new words in place of those read as `seen`; its new number. A draft is no history: no event.

    Raises MovedOn, or Refused('questionnaire_fixed' | 'questionnaire_too_long' | 'questionnaire_unknown').
    """
    found = _found(con, changed.code, changed.version)
    if found.state != "draft":
        raise Refused("questionnaire_fixed")
    follows = read_questionnaire(found.content).follows
    content = _content(replace(arranged(changed), follows=follows))
    questionnaires.change(con, replace(found, content=content, changed_at=at, changed_by=actor.id), seen=seen)
    return seen + 1


@writes("edit_questionnaire")
def publish(con: Connection, *, actor: Actor, code: str, version: int, seen: int, at: datetime) -> None:
    """Open a draft to waves that is complete in one language at least; it never changes again. Raises MovedOn or
    Refused('questionnaire_incomplete').
    """
    found = _sheet(con, code, version)
    if found is None or found.state != "draft":
        raise Refused("questionnaire_fixed")
    if found.stops:
        raise Refused("questionnaire_incomplete", n=len(found.stops))
    _put_state(con, actor, code, version, "open", seen, at)


@writes("edit_questionnaire")
def close(con: Connection, *, actor: Actor, code: str, version: int, seen: int, at: datetime) -> None:
    """No new wave asks it; waves that run go on. Raises MovedOn or Refused('questionnaire_not_open')."""
    if _found(con, code, version).state != "open":
        raise Refused("questionnaire_not_open")
    _put_state(con, actor, code, version, "closed", seen, at)


@writes("edit_questionnaire")
def new_version(con: Connection, *, actor: Actor, code: str, version: int, at: datetime) -> Questionnaire:
    """A draft of the next version, every item going on with what it was. Where a draft stands already, that one."""
    known = [v for v in questionnaires.versions(con) if v.code == code]
    draft = next((v for v in known if v.state == "draft"), None)
    if draft:
        return read_questionnaire(draft.content)
    asked = read_questionnaire(_found(con, code, version).content)
    items = tuple(replace(item, was=item.code if KINDS[item.kind].asks else None) for item in asked.items)
    follows = replace(asked, version=max(v.version for v in known) + 1, follows=version, items=items)
    return _add(con, actor, follows, at)


@writes("edit_questionnaire")
def duplicate(con: Connection, *, actor: Actor, code: str, version: int, new_code: str, at: datetime) -> Questionnaire:
    """The same questions as a questionnaire of its own, whose series begin anew."""
    asked = read_questionnaire(_found(con, code, version).content)
    items = tuple(replace(item, was=None) for item in asked.items)
    return _kept(con, actor, replace(asked, code=new_code, version=1, follows=None, items=items), at)


@writes("edit_questionnaire")
def discard(con: Connection, *, actor: Actor, code: str, version: int, seen: int, at: datetime) -> None:
    """A draft goes. Raises MovedOn or Refused('questionnaire_fixed')."""
    if _found(con, code, version).state != "draft":
        raise Refused("questionnaire_fixed")
    questionnaires.discard(con, code, version, seen=seen)
    _told(con, actor, "discard", code, version, seen + 1, at)


def arranged(asked: Questionnaire) -> Questionnaire:
    """Items in the order of their screens: what a rule looks back at comes first."""
    place = {screen.code: n for n, screen in enumerate(asked.screens)}
    return replace(asked, items=tuple(sorted(asked.items, key=lambda item: place.get(item.screen, len(place)))))


def _sheet(con: Connection, code: str, version: int) -> VersionSheet | None:
    found = questionnaires.version(con, code, version)
    if found is None:
        return None
    asked = read_questionnaire(found.content)
    earlier = questionnaires.version(con, code, asked.follows) if asked.follows else None
    before = read_questionnaire(earlier.content) if earlier else None
    waves = questionnaires.waves_of(con, code, version)
    wrong = tuple(problems(asked, before))
    of_a_draft = wrong if found.state == "draft" else ()
    lacks = languages_lacked(wrong)
    return VersionSheet(asked, found.state, found.seq, found.changed_at, waves, of_a_draft, lacks, before)


def _found(con: Connection, code: str, version: int) -> Version:
    found = questionnaires.version(con, code, version)
    if found is None:
        raise Refused("questionnaire_unknown")
    return found


def _titled(title: Words) -> Words:
    zh, en = one_line(title.zh), one_line(title.en)
    if not zh or not fits(zh, LONGEST_TITLE) or not fits(en, LONGEST_TITLE):
        raise Refused("questionnaire_title", longest=LONGEST_TITLE)
    return Words(zh, en)


def _blank(con: Connection, code: str, title: Words) -> Questionnaire:
    model = read_questionnaire(_found(con, *_MODEL).content)
    notice = PrivacyNotice(model.notice.zh, model.notice.en, model.notice.version)
    first = (Screen("第一页", "Page 1", "page1"),)
    return Questionnaire(code, 1, title, Words("", ""), 3, notice, first, model.scales, ())


def _kept(con: Connection, actor: Actor, asked: Questionnaire, at: datetime) -> Questionnaire:
    found = questionnaires.version(con, asked.code, asked.version)
    return read_questionnaire(found.content) if found else _add(con, actor, asked, at)


def _add(con: Connection, actor: Actor, asked: Questionnaire, at: datetime) -> Questionnaire:
    content = json.loads(_content(asked))
    questionnaires.add(con, content, state="draft", by=actor.id, at=at)
    _told(con, actor, "draft", asked.code, asked.version, 1, at)
    return asked


def _content(asked: Questionnaire) -> str:
    content = events.canonical(as_content(asked))
    if len(content) > LARGEST:
        raise Refused("questionnaire_too_long")
    return content


def _put_state(con: Connection, actor: Actor, code: str, version: int, state: str, seen: int, at: datetime) -> None:
    found = _found(con, code, version)
    if found.seq != seen:
        raise MovedOn()
    questionnaires.change(con, replace(found, state=state, changed_at=at, changed_by=actor.id), seen=seen)
    _told(con, actor, state, code, version, seen + 1, at)


def _told(con: Connection, actor: Actor, kind: str, code: str, version: int, seq: int, at: datetime) -> None:
    subject = f"questionnaire:{code}:{version}"
    events.append(con, Event(at, "survey", f"questionnaire_{kind}", subject, seq, actor.id, actor.role))
