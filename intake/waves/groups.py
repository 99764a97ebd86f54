"""Which sizes, sectors and towns a sample treats as one. A change holds for the waves to come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from access.actor import Actor
from access.typed import proper_name
from access.verbs import reads, writes
from db import events, references
from db.events import Event
from db.refused import MovedOn, Refused, Wrong
from db.sql import Connection
from db.survey import sample_groups, surveys
from db.survey.sampling import LISTS, REST, Grouping, SampleGroup
from intake.words import fits

SIZES = ("large", "medium", "small", "micro")
MOST = 12  # groups a list: with more the strata are too small to draw from
LONGEST_NAME = 40


@dataclass(frozen=True)
class GroupForm:
    """What staff say of a group. `members` are codes or their beginnings; the rest takes none."""

    name_zh: str
    name_en: str
    members: Sequence[str] = ()


@reads("run_survey")
def grouping(con: Connection, *, actor: Actor, wave_id: str | None = None) -> Grouping:
    """The groups by which a wave's strata are named, or those of the next wave."""
    wave = surveys.wave(con, wave_id) if wave_id else None
    return sample_groups.of_version(con, wave.group_version) if wave else sample_groups.current(con)


@writes("run_survey")
def save_group(
    con: Connection, *, actor: Actor, list_name: str, code: str | None, form: GroupForm, seen: int, at: datetime
) -> Grouping:
    """Change a group, or add one (`code` None). A member leaves the group that it was in. `seen`: the version shown.

    Raises Refused('group_unknown' | 'group_names' | 'group_members' | 'group_emptied' | 'group_most') or MovedOn.
    """
    if list_name not in LISTS:
        raise Refused("group_unknown")
    known = _seen(con, seen)
    own = {group.code: group for group in known.of(list_name)}
    if code is not None and code not in own:
        raise Refused("group_unknown")
    wrong = Wrong()
    made = _made(wrong, con, list_name, code, form, own)
    others = [wrong.tried(lambda group=group: _without(group, made.members), group)
              for group in own.values() if group.code != made.code]  # fmt: skip
    wrong.refuse()
    now = [next((g for g in [made, *others] if g.code == group), None) for group in own]
    after = [group for group in now if group] + ([] if made.code in own else [made])
    return _written(con, actor, known, list_name, after, made.code, at)


@writes("run_survey")
def remove_group(con: Connection, *, actor: Actor, list_name: str, code: str, seen: int, at: datetime) -> Grouping:
    """Its members fall to the rest. Raises Refused('group_unknown' | 'group_rest') or MovedOn."""
    known = _seen(con, seen)
    own = known.of(list_name)
    gone = next((group for group in own if group.code == code), None)
    if gone is None:
        raise Refused("group_unknown")
    if REST in gone.members:
        raise Refused("group_rest")
    return _written(con, actor, known, list_name, [group for group in own if group != gone], code, at)


def _made(
    wrong: Wrong, con: Connection, list_name: str, code: str | None, form: GroupForm, own: dict[str, SampleGroup]
) -> SampleGroup:
    names = [wrong.tried(lambda said=said: proper_name(said), None) for said in (form.name_zh, form.name_en)]
    whole = all(name is None or (name and fits(name, LONGEST_NAME)) for name in names)
    wrong.unless(whole, "group_names", longest=LONGEST_NAME)
    wrong.unless(code or len(own) < MOST, "group_most", most=MOST)
    rest = code is not None and REST in own[code].members
    members = tuple(sorted(set(form.members)))
    wrong.unless(rest or (members and set(members) <= _codes(con, list_name)), "group_members")
    zh, en = (name or "" for name in names)
    return SampleGroup(list_name, code or _new_code(own), zh, en, (REST,) if rest else members)


def _codes(con: Connection, list_name: str) -> set[str]:
    return set(SIZES) if list_name == "size" else {item.code for item in references.items(con, list_name)}


def _new_code(own: dict[str, SampleGroup]) -> str:
    return next(code for n in range(1, len(own) + 2) if (code := f"g{n}") not in own)


def _without(group: SampleGroup, taken: Sequence[str]) -> SampleGroup:
    left = tuple(member for member in group.members if member not in taken)
    if not left:
        raise Refused("group_emptied", name=f"{group.name_zh} / {group.name_en}")
    return replace(group, members=left)


def _seen(con: Connection, seen: int) -> Grouping:
    known = sample_groups.current(con)
    if known.version != seen:
        raise MovedOn()
    return known


def _written(
    con: Connection, actor: Actor, known: Grouping, list_name: str, after: list[SampleGroup], code: str, at: datetime
) -> Grouping:
    groups = [group for name in LISTS for group in (after if name == list_name else known.of(name))]
    made = sample_groups.add_version(con, known.version + 1, groups)
    said = {group.code: {"zh": group.name_zh, "en": group.name_en, "members": list(group.members)} for group in after}
    detail = {"list": list_name, "group": code, "groups": said}
    events.append(con, Event(at, "survey", "groups", "sample_group", made.version, actor.id, actor.role, detail=detail))
    return made
