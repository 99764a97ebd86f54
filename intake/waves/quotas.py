"""How many answers are wanted of each stratum: by one rate for all, by the groups of a list, or stratum by stratum.

A quota is an aim, never a door: an invited enterprise's answer counts also where its stratum is full.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from access.actor import Actor
from access.verbs import writes
from db import events
from db.events import Event
from db.refused import Refused, Wrong
from db.sql import Connection
from db.survey import samples, sampling, surveys
from db.survey.samples import Stratum
from db.survey.surveys import Wave
from intake.waves import running as waves
from intake.waves.samples import quotas_of, strata_in

Rule = Callable[[list[Stratum]], dict[str, int]]  # stratum → answers wanted, of those that change


@writes("run_survey")
def set_rate(con: Connection, *, actor: Actor, wave_id: str, rate: int, seen: int, at: datetime) -> Wave:
    """Of every stratum the same share of those drawn: what was set by hand is gone.

    Raises Refused('sample_rate' | 'wave_over' | 'group_unknown') or MovedOn.
    """
    if not 1 <= rate <= 100:
        raise Refused("sample_rate")

    def by_rate(strata: list[Stratum]) -> dict[str, int]:
        return quotas_of({one.stratum: one.drawn for one in strata}, rate)

    return _set(con, actor, wave_id, by_rate, {"rate": rate}, seen, at)


@writes("run_survey")
def set_quotas(
    con: Connection, *, actor: Actor, wave_id: str, quotas: Mapping[str, int], seen: int, at: datetime
) -> Wave:
    """`quotas`: group → answers wanted. A margin's are shared over its strata in proportion to those drawn.

    Raises Refused('quota_range' | 'quota_twice' | 'group_unknown' | 'wave_over') or MovedOn.
    """
    return _set(con, actor, wave_id, lambda strata: shared(strata, quotas), {"set": dict(quotas)}, seen, at)


def shared(strata: list[Stratum], quotas: Mapping[str, int]) -> dict[str, int]:
    """Stratum → answers wanted, for the strata that the groups in `quotas` name."""
    drawn = {one.stratum: one.drawn for one in strata}
    found, wrong = dict[str, int](), Wrong()
    for group, wanted in quotas.items():
        members = {stratum: drawn[stratum] for stratum in sorted(strata_in(group, drawn))}
        high = sum(members.values())
        wrong.unless(not members.keys() & found.keys(), "quota_twice")
        wrong.unless(0 <= wanted <= high, "quota_range", high=high)
        found |= sampling.allocate(members, size=min(max(wanted, 0), high), minimum=0)
    wrong.refuse()
    return found


def by_rate(strata: list[Stratum], rate: int | None) -> bool:
    """Whether the quotas are those of the rate, so that nothing was set by hand."""
    usual = quotas_of({one.stratum: one.drawn for one in strata}, rate or 0)
    return all(one.quota == usual[one.stratum] for one in strata)


def _set(
    con: Connection, actor: Actor, wave_id: str, rule: Rule, said: dict[str, Any], seen: int, at: datetime
) -> Wave:
    wave = waves.running(con, wave_id, at)
    strata = samples.strata(con, wave_id)
    if not strata:
        raise Refused("group_unknown")
    wanted = {one.stratum: one.wanted for one in strata}
    now = wanted | rule(strata)
    changed = surveys.change_wave(con, wave, seen=seen, target_rate=said.get("rate", wave.target_rate))
    samples.set_quotas(con, wave_id, {stratum: n for stratum, n in now.items() if n != wanted[stratum]})
    detail = said | {"wanted": sum(now.values()), "before": sum(wanted.values()), "number": wave.number}
    events.append(con, Event(at, "survey", "quota", wave_id, seen + 1, actor.id, actor.role, detail=detail))
    return changed
