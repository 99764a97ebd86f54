"""For whom somebody answers, and whether they may now: an enterprise's account, its link, or a passer-by at a wall."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from access.actor import Actor
from db import references
from db.people import enterprises
from db.people.enterprises import Enterprise
from db.refused import Refused
from db.scope import ALL
from db.sql import Connection
from db.survey import ballots, drafts, open_links, samples
from db.survey.ballots import Participation
from db.survey.surveys import Wave
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.questionnaire import Questionnaire, asked_in
from intake.register.rows import SIZES

SOURCE = {"account": "account", "invitation": "link", "open": "open"}


def form_of(wave_id: str) -> str:
    """The draft's name."""
    return f"survey:{wave_id}"


def questionnaire_of(con: Connection, wave: Wave, way: str) -> Questionnaire:
    """What the wave asks; whoever answers for no enterprise cannot agree to an issue in its name."""
    asked = asked_in(con, wave)
    if way != "open":
        return asked
    return replace(asked, items=tuple(item for item in asked.items if not KINDS[item.kind].agrees))


def asked_by(con: Connection, wave: Wave, enterprise_ids: Sequence[str]) -> set[str]:
    """Those of them whom the wave asks: drawn when it opened; one of before frames were kept asks everybody."""
    units = samples.units_of(con, wave_id=wave.id, enterprise_ids=enterprise_ids)
    if not units and not samples.has_frame(con, wave.id):
        return set(enterprise_ids)
    return {unit.enterprise_id for unit in units.values() if unit.drawn}


def participation_of(con: Connection, actor: Actor, wave_id: str, enterprise: Enterprise) -> Participation | None:
    if actor.way == "open":
        return ballots.participation(con, open_links.response_id(actor.id))
    return ballots.participation_of(con, wave_id=wave_id, enterprise_id=enterprise.id)


def enterprise_of(con: Connection, actor: Actor) -> Enterprise:
    """Raises Refused('forbidden')."""
    found = enterprises_of(con, [actor]).get(actor.id)
    if found is None:
        raise Refused("forbidden")
    return found


def enterprises_of(con: Connection, actors: Sequence[Actor]) -> dict[str, Enterprise]:
    """By the actors' ids; of an enterprise that is over there is none. Their contacts' numbers are masked."""
    ids = [actor.enterprise_id for actor in actors if actor.enterprise_id]
    firms = {one.id: one for one in enterprises.these(con, ALL, ids) if one.active} if ids else {}
    found = {actor.id: firms[actor.enterprise_id] for actor in actors if actor.enterprise_id in firms}
    return found | _declared(con, [actor for actor in actors if actor.way == "open"])


def _declared(con: Connection, actors: Sequence[Actor]) -> dict[str, Enterprise]:
    """No enterprises of the register: what each visitor said of theirs, where the lists know it; else nothing."""
    if not actors:
        return {}
    known = {name: {item.code for item in references.items(con, name)} for name in ("sector", "town")}
    known["size"] = set(SIZES)
    said = {actor.id: {} for actor in actors}
    for wave_id in {actor.wave_id or "" for actor in actors}:
        begun = drafts.these(con, list(said), form=form_of(wave_id))
        said |= {owner: draft.content.get("declared", {}) for owner, draft in begun.items()}
    return {owner: _of_nobody(known, told) for owner, told in said.items()}


def _of_nobody(known: Mapping[str, set[str]], told: Mapping[str, str]) -> Enterprise:
    sector, town, size = (told.get(name, "") if told.get(name) in codes else "" for name, codes in known.items())
    return Enterprise(
        id="", uscc="", name_zh="", name_en="", sector_code=sector, town_code=town, size=size, foreign_funded=False,
        officer_id=None, contact_name=None, contact_phone=None, active=True, created_at=datetime.min, seq=0,
    )  # fmt: skip
