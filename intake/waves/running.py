"""Staff run the survey: open a wave, close it early, see how many answered."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from access.actor import Actor
from access.typed import tidy
from access.verbs import reads, writes
from db import clock, events, numbers
from db.events import Event
from db.refused import Refused, Wrong
from db.sql import Connection
from db.store import Store
from db.survey import ballots, sample_groups, samples, surveys
from db.survey import questionnaires as questionnaire_versions
from db.survey.surveys import Wave, WaveCounts
from intake.questionnaires.questionnaire import Questionnaire, asked_in, read_questionnaire
from intake.waves.samples import Design, frame_of
from intake.words import fits

LONGEST_TITLE = 60


@dataclass(frozen=True)
class WaveForm:
    """What staff fill in. The wave can be answered from the first to the end of the last day, Shanghai time."""

    title_zh: str
    title_en: str
    questionnaire_code: str
    questionnaire_version: int
    first_day: date
    last_day: date
    sample: Design = field(default_factory=Design)


@writes("run_survey")
def open_wave(con: Connection, *, actor: Actor, wave_id: str, form: WaveForm, at: datetime) -> Wave:
    """Draw the sample and keep the frame. A second try of the same form gives the first's wave.

    Raises Refused('wave_title' | 'wave_days' | 'wave_questionnaire', or as intake.waves.samples.checked).
    """
    if known := surveys.wave(con, wave_id):
        return known
    wrong = Wrong()
    asked = questionnaire_versions.version(con, form.questionnaire_code, form.questionnaire_version)
    wrong.unless(asked and asked.state == "open", "wave_questionnaire")
    form = _tidied(wrong, form, at)
    grouping, firms = sample_groups.current(con), samples.active_firms(con, actor.enterprise_scope)
    units, quotas = wrong.tried(lambda: frame_of(wave_id, firms, form.sample, grouping), ([], {}))
    wrong.refuse()
    opened = replace(_wave(con, wave_id, form), group_version=grouping.version)
    surveys.add_wave(con, opened)
    samples.add_frame(con, units, quotas)
    detail = {
        "number": opened.number, "title_zh": opened.title_zh, "closes_at": opened.closes_at, "design": opened.design,
        "seed": opened.seed, "frame": len(units), "drawn": sum(unit.drawn for unit in units),
    }  # fmt: skip
    events.append(con, Event(at, "survey", "open", wave_id, 1, actor.id, actor.role, detail=detail))
    return opened


@writes("run_survey")
def close_wave(con: Connection, *, actor: Actor, wave_id: str, seen: int, keyed: bool = False, at: datetime) -> Wave:
    """No answer is taken from now on, but paper forms that lie in a pile, unless all are `keyed`.

    Raises Refused('wave_over') or MovedOn.
    """
    wave = running(con, wave_id, at)
    closed = surveys.change_wave(con, wave, seen=seen, closes_at=at)
    events.append(con, Event(at, "survey", "close", wave_id, seen + 1, actor.id, actor.role))
    return _finish(con, actor, wave_id, closed.seq, at) if keyed else closed


@writes("run_survey")
def finish_keying(con: Connection, *, actor: Actor, wave_id: str, seen: int, at: datetime) -> Wave:
    """All paper forms of a wave that is over are in: its results may be seen, and no form is taken any more.

    Raises Refused('wave_not_keying') or MovedOn.
    """
    return _finish(con, actor, wave_id, seen, at)


@reads("run_survey")
def waves(con: Connection, *, actor: Actor, at: datetime) -> list[WaveCounts]:
    return surveys.waves_with_counts(con, at)


@reads("run_survey")
def responses_by(con: Connection, *, actor: Actor, wave_id: str, by: str) -> dict[str, int]:
    """How many answered, by 'sector', 'town' or 'size', most first."""
    return ballots.counts(con, wave_id, by)


@reads("run_survey")
def questionnaire_of(con: Connection, *, actor: Actor, wave_id: str) -> Questionnaire:
    """What the wave asks. Raises Refused('wave_over') for one that does not exist."""
    wave = surveys.wave(con, wave_id)
    if wave is None:
        raise Refused("wave_over")
    return asked_in(con, wave)


def questionnaires(store: Store, *, actor: Actor) -> list[Questionnaire]:
    """Every version that a wave can ask, newest first."""
    actor.must("run_survey")
    return [read_questionnaire(row["content"]) for row in store.read(surveys.questionnaires)]


def _tidied(wrong: Wrong, form: WaveForm, at: datetime) -> WaveForm:
    titles = [" ".join(tidy(title).split()) for title in (form.title_zh, form.title_en)]
    wrong.unless(all(title and fits(title, LONGEST_TITLE) for title in titles), "wave_title", longest=LONGEST_TITLE)
    wrong.unless(form.first_day <= form.last_day and clock.end_of_day(form.last_day) > at, "wave_days")
    return replace(form, title_zh=titles[0], title_en=titles[1])


def _wave(con: Connection, wave_id: str, form: WaveForm) -> Wave:
    stratified = form.sample.design == "stratified"
    return Wave(
        id=wave_id,
        number=numbers.following(con, "wave"),
        title_zh=form.title_zh,
        title_en=form.title_en,
        questionnaire_code=form.questionnaire_code,
        questionnaire_version=form.questionnaire_version,
        opens_at=clock.start_of_day(form.first_day),
        closes_at=clock.end_of_day(form.last_day),
        seq=1,
        design=form.sample.design,
        seed=form.sample.seed.strip() if stratified else None,
        sample_size=form.sample.size if stratified else None,
        stratum_minimum=form.sample.minimum if stratified else None,
        target_rate=form.sample.target_rate,
    )


def _finish(con: Connection, actor: Actor, wave_id: str, seen: int, at: datetime) -> Wave:
    wave = surveys.wave(con, wave_id)
    if wave is None or wave.closes_at > at or not wave.keying_at(at):
        raise Refused("wave_not_keying")
    events.append(con, Event(at, "survey", "keyed", wave_id, seen + 1, actor.id, actor.role))
    return surveys.change_wave(con, wave, seen=seen, keyed_at=at)


def running(con: Connection, wave_id: str, at: datetime) -> Wave:
    """A wave that is open or still to open."""
    wave = surveys.wave(con, wave_id)
    if wave is None or wave.closes_at <= at:
        raise Refused("wave_over")
    return wave
