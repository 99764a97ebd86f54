"""A clerk keys paper forms in: found by the number on it, taken once, keyed a second time to compare."""

from dataclasses import dataclass, replace
from datetime import datetime

from access.actor import Actor
from access.verbs import reads, writes
from db import events
from db.events import Event
from db.people import enterprises
from db.people.enterprises import Enterprise
from db.refused import Refused
from db.sql import Connection
from db.store import Store
from db.survey import ballots, papers, samples, surveys
from db.survey.ballots import Participation
from db.survey.papers import PaperForm
from db.survey.sampling import Unit
from db.survey.surveys import PAPER_GRACE, Wave
from intake.paper.form import problems, read_serial
from intake.questionnaires.questionnaire import Answers, Questionnaire, asked_in
from intake.survey.responses import Arrival, Receipt, receive, sealed, sheet, shown_number
from intake.survey.submitting import InvalidAnswers


@dataclass(frozen=True)
class Found:
    """The form behind a number. `entered` is its first keying, `first` what was keyed, and `took_part` that its
    enterprise answered by it.

    Of an answer given online it says only that there is one: its number beside a name would say whose it is.
    """

    wave: Wave
    asked: Questionnaire
    enterprise: Enterprise
    serial: int
    entered: PaperForm | None
    first: Answers
    took_part: Participation | None
    answered_online: bool

    @property
    def number(self) -> str:
        return shown_number(self.took_part) if self.took_part else ""


def open_waves(store: Store, *, actor: Actor, at: datetime) -> list[Wave]:
    """Those whose paper forms are taken now: they have a sample, hence numbers on their forms."""
    actor.must("run_survey")
    counted = store.read(lambda con: surveys.waves_with_counts(con, at))
    taken = [one.wave for one in counted if one.wave.keying_at(at)]
    return store.read(lambda con: [wave for wave in taken if samples.has_frame(con, wave.id)])


@reads("run_survey")
def tally(con: Connection, *, actor: Actor, wave_id: str) -> tuple[int, int]:
    """(entered, keyed twice)."""
    return papers.of_wave(con, wave_id)


@reads("run_survey")
def find(con: Connection, *, actor: Actor, wave_id: str, typed: str, at: datetime) -> Found:
    """The form with this number. Raises Refused('paper_serial' | 'paper_closed')."""
    return _find(con, actor, _taken(con, wave_id, at), typed)


@writes("run_survey")
def enter(
    con: Connection, *, actor: Actor, wave_id: str, typed: str, response_id: str, answers: Answers, at: datetime
) -> Receipt:
    """Take the answers once; what was left blank on paper stays so, what a skip rule makes void is kept apart.

    A second try of the same `response_id` gives the first's receipt. Raises InvalidAnswers, Refused('paper_serial' |
    'paper_closed' | 'paper_known' | 'paper_answered' | 'paper_empty').
    """
    found = _find(con, actor, _taken(con, wave_id, at), typed)
    if found.answered_online:
        raise Refused("paper_answered")
    if found.took_part and found.took_part.id == response_id:
        return Receipt(found.number, found.took_part.submitted_at, "", found.wave, response_id)
    if found.took_part:
        raise Refused("paper_known", number=found.number)
    _check(found.asked, answers)
    if not answers:
        raise Refused("paper_empty")
    keyed = Arrival(actor, found.wave, found.asked, answers, at, response_id, found.enterprise, "paper", "zh", None,
                    typed=answers)  # fmt: skip
    [receipt] = receive(con, [keyed])
    papers.add(con, PaperForm(response_id, wave_id, found.serial, actor.id, at))
    return receipt


def compare(store: Store, *, actor: Actor, wave_id: str, typed: str, answers: Answers, at: datetime) -> list[str]:
    """The items that the second keying reads otherwise; none: they agree. Raises as `enter`, or 'paper_serial'."""
    actor.must("run_survey")
    found = find(store, actor=actor, wave_id=wave_id, typed=typed, at=at)
    _check(found.asked, answers)
    _entered(found)
    return [item.code for item in found.asked.items if found.first.get(item.code) != answers.get(item.code)]


@writes("run_survey")
def settle(con: Connection, *, actor: Actor, wave_id: str, typed: str, answers: Answers, at: datetime) -> PaperForm:
    """End the second keying: `answers` are those that stand from now on. Raises as `enter`, or 'paper_checked'."""
    found = _find(con, actor, _taken(con, wave_id, at), typed)
    form, took_part = _entered(found)
    if form.checked_at is not None:
        raise Refused("paper_checked")
    _check(found.asked, answers)
    corrected = sum(found.first.get(item.code) != answers.get(item.code) for item in found.asked.items)
    checked = replace(form, checked_by=actor.id, checked_at=at, corrected=corrected)
    papers.mark_checked(con, checked)
    told = Event(at, "survey", "paper_check", took_part.id, 2, actor.id, actor.role,
                 detail={"wave": wave_id, "corrected": corrected})  # fmt: skip
    if corrected:
        mended = ballots.recast(con, took_part, sheet("zh", None, found.asked, answers, answers))
        told = replace(told, seals=sealed(mended))
    events.append(con, told)
    return checked


def _taken(con: Connection, wave_id: str, at: datetime) -> Wave:
    wave = surveys.wave(con, wave_id)
    if wave is None or not wave.keying_at(at):
        raise Refused("paper_closed", days=PAPER_GRACE.days)
    return wave


def _find(con: Connection, actor: Actor, wave: Wave, typed: str) -> Found:
    serial = read_serial(wave, typed)
    unit = samples.by_serial(con, wave_id=wave.id, serial=serial)
    firm = enterprises.get(con, actor.enterprise_scope, unit.enterprise_id) if unit else None
    if unit is None or firm is None:
        raise Refused("paper_serial")
    asked = asked_in(con, wave)
    entered = papers.of_serial(con, wave_id=wave.id, serial=serial)
    given = ballots.participation_of(con, wave_id=wave.id, enterprise_id=firm.id)
    online = given is not None and given.source != "paper"
    took_part = None if online else given
    first = ballots.sheet_of(con, took_part).typed if took_part else {}
    return Found(wave, asked, _as_drawn(firm, unit), serial, entered, first, took_part, online)


def _as_drawn(firm: Enterprise, unit: Unit) -> Enterprise:
    """A response counts where its enterprise was when the sample was drawn."""
    return replace(firm, size=unit.size, sector_code=unit.sector_code, town_code=unit.town_code)


def _check(asked: Questionnaire, answers: Answers) -> None:
    wrong = problems(asked, answers)
    if wrong:
        raise InvalidAnswers(wrong)


def _entered(found: Found) -> tuple[PaperForm, Participation]:
    if found.entered is None or found.took_part is None:
        raise Refused("paper_serial")
    return found.entered, found.took_part
