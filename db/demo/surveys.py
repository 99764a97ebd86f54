"""Survey waves and answers: yearly to 2023, then twice a year, and one that is open today.

A response's answers come from the enterprise's own mood, its dimension's level and the year: policy payment and
labour are weakest, all improve slowly.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from db import clock, sql
from db.demo import doubts, samples
from db.demo.came import Came, keep, separate
from db.demo.common import ARTICLE_DAY, moment, stream, uid
from db.demo.enterprises import DEMO_ENTERPRISE
from db.demo.people import id_of
from db.events import Event
from db.people.enterprises import Enterprise
from db.sql import Connection
from db.survey import ballots
from db.survey.surveys import Answer, Wave

FIRST_YEAR = 2021
OPEN_DAYS_BEFORE, OPEN_DAYS_AFTER = 12, 16
QUIET_DAYS = 62  # a closed wave is at least so long before the open one
NA = "na"

# Mean level of an item in 2021; X1 is asked of foreign-invested enterprises, S4 of those who came to a forum.
MEANS = {
    "P1": 68, "P2": 62, "A1": 74, "F1": 69, "F2": 65, "L1": 62, "L2": 66, "C1": 69, "C2": 63, "R1": 70, "R2": 72,
    "J1": 72, "J2": 71, "I1": 75, "S1": 80, "S2": 77, "S3": 71, "S4": 76, "X1": 67, "O1": 72,
}  # fmt: skip
YEARLY = {"P2": 1.6, "A1": 1.5, "L1": 0.5, "L2": 0.9, "S2": 1.3, "S3": 1.4}  # others a point a year
SECTORS = {"C17": -1.5, "F51": -0.5, "C18": -1.0, "I65": 3.0, "M73": 3.5, "C34": 1.0, "C26": -2.0}
SIZES = {"large": 5.0, "medium": 2.0, "small": -0.5, "micro": -2.5}
GATES = {"P2": ("QP", 0.68), "A1": ("QA", 0.52), "S2": ("QS", 0.34), "S4": ("QM", 0.14), "X1": ("QX", 0.0)}
BEHIND = {"QP": ("P2",), "QA": ("A1",), "QS": ("S2", "S3"), "QM": ("S4",), "QX": ("X1",)}
NA_SHARE = {"F1": 0.12, "F2": 0.12, "L2": 0.1, "C1": 0.04, "J1": 0.3, "J2": 0.1, "R2": 0.08}
OBSTACLES = {"demand": 18, "labour": 16, "finance": 13, "trade": 11, "energy": 9, "policy": 9, "land": 7,
             "regulation": 6, "payment": 5, "approvals": 3, "infrastructure": 1, "other": 1, "none": 6}  # fmt: skip
COMMENTS = {
    "zh": ("希望政策兑现时间再明确一些。", "服务员很负责，有事能找到人。", "招工还是难，希望多组织招聘会。",
           "审批比以前快了。", "检查能合并一次就更好了。", "融资成本仍然偏高。", "面对面效果好，希望多开。"),
    "en": ("Please send notices in English as well.", "Our officer answers quickly. Thank you."),
}  # fmt: skip


@dataclass(frozen=True)
class Answered:
    waves: list[Wave]
    responses: list[Came]
    answers: list[Answer]
    events: list[Event]


def imagine(today: date, register: Sequence[Enterprise]) -> Answered:
    """All waves that have opened, with what came back before `today`."""
    waves = _waves(today)
    until = clock.start_of_day(today)
    known = {enterprise.id: enterprise for enterprise in register}
    came = [(draft, known[draft.enterprise_id or ""]) for wave in waves for draft in _responses(wave, register, today)]
    came += samples.at_the_wall(waves[-1], register, today)
    of_whom = {draft.id: enterprise for draft, enterprise in came}
    drafts = [draft for draft, _ in came if draft.submitted_at < until]
    drafts.sort(key=lambda response: (response.submitted_at, response.id))
    numbers = stream("receipts").sample(range(ballots.FEWEST, ballots.MOST), len(drafts))
    responses = [replace(draft, number=n) for n, draft in zip(numbers, drafts, strict=True)]
    years = {wave.id: (wave.opens_at.date() - date(FIRST_YEAR, 1, 1)).days / 365.25 for wave in waves}
    answers = [a for r in responses for a in _answers(r, of_whom[r.id], years[r.wave_id])]
    responses, answers = doubts.cast(waves, responses, answers)
    return Answered(waves, responses, answers, [*_opened(waves), *map(_received, responses)])


def write(con: Connection, answered: Answered, register: Sequence[Enterprise]) -> list[Event]:
    """All that came in, sealed; of the waves that are over the answers stand by themselves. Gives those events."""
    sql.insert_many(con, "wave", answered.waves)
    typed = samples.write(con, answered.waves, register, answered.responses, answered.answers)
    keep(con, answered.responses, answered.answers, typed)
    return separate(con, answered.waves[:-1])


def _waves(today: date) -> list[Wave]:
    opened = max(today - timedelta(days=OPEN_DAYS_BEFORE), ARTICLE_DAY + timedelta(days=1))
    spans = [
        (date(year, month, 9), date(year, month, 30))
        for year in range(FIRST_YEAR, today.year + 1)
        for month in (4, 10)
        if month == 10 or year > 2023
    ]
    kept = [span for span in spans if span[1] + timedelta(days=QUIET_DAYS) <= opened]
    kept.append((opened, today + timedelta(days=OPEN_DAYS_AFTER)))
    made = [_wave(number, *span) for number, span in enumerate(kept, start=1)]
    return [samples.with_design(wave, still_open=wave is made[-1]) for wave in made]


def _wave(number: int, opens: date, closes: date) -> Wave:
    yearly = opens.year <= 2023
    half = 0 if opens.month <= 6 else 1
    return Wave(
        id=uid("wave", number),
        number=number,
        title_zh=f"{opens.year}年{'度' if yearly else ('上半年', '下半年')[half]}企业满意度调查",
        title_en=f"Enterprise survey, {'' if yearly else ('first half of ', 'second half of ')[half]}{opens.year}",
        questionnaire_code="satisfaction",
        questionnaire_version=1,
        opens_at=moment(opens, 0, 0),
        closes_at=clock.end_of_day(closes),
        seq=1,
    )


def _responses(wave: Wave, register: Sequence[Enterprise], today: date) -> list[Came]:
    """A sample of the register answers, most in the first days; of the open wave six in ten have."""
    rng = stream(f"wave:{wave.number}:{clock.day_of(wave.opens_at)}")
    there = [e for e in samples.drawn(wave, register) if e.created_at < wave.opens_at]
    still_open = clock.day_of(wave.closes_at) > today
    count = round(380 * 0.6) if still_open else rng.randrange(320, 415)
    chosen = rng.sample([e for e in there if not (still_open and e.id == DEMO_ENTERPRISE)], count)
    first = clock.day_of(wave.opens_at)
    days = (min(today, clock.day_of(wave.closes_at)) - first).days
    made = [_response(rng, wave, enterprise, first, days) for enterprise in chosen]
    return samples.on_paper(made) if still_open else made


def _response(rng: Random, wave: Wave, enterprise: Enterprise, first: date, days: int) -> Came:
    day = first + timedelta(days=int(max(days, 1) * rng.random() ** 1.5))
    started = moment(day, 8, 0) + timedelta(seconds=rng.randrange(13 * 3600))
    return Came(
        id=uid("response", wave.number, clock.day_of(wave.opens_at), enterprise.id),
        number=0,
        wave_id=wave.id,
        enterprise_id=enterprise.id,
        sector_code=enterprise.sector_code,
        town_code=enterprise.town_code,
        size=enterprise.size,
        language="en" if enterprise.foreign_funded and rng.random() < 0.5 else "zh",
        notice_version=1,
        started_at=started,
        submitted_at=started + timedelta(seconds=rng.randrange(130, 560)),
    )


def _answers(response: Came, enterprise: Enterprise, years: float) -> list[Answer]:
    rng = stream(f"answers:{response.id}")
    mood = stream(f"mood:{enterprise.id}").gauss(0, 11) + rng.gauss(0, 5)
    mood += SECTORS.get(enterprise.sector_code, 0) + SIZES[enterprise.size]
    gates = {gate: rng.random() < share for gate, share in GATES.values()} | {"QX": enterprise.foreign_funded}
    skipped = {item for gate, behind in BEHIND.items() if not gates[gate] for item in behind}
    made = [_answer(response, gate, choice="yes" if passed else "no") for gate, passed in gates.items()]
    made += [_level(rng, response, item, mood, years) for item in MEANS if item not in skipped]
    if gates["QA"]:
        made += _working_days(rng, response, years)
    return made + _closing(rng, response, mood, years)


def _level(rng: Random, response: Came, item: str, mood: float, years: float) -> Answer:
    if rng.random() < NA_SHARE.get(item, 0.0):
        return _answer(response, item, choice=NA)
    score = MEANS[item] + YEARLY.get(item, 1.0) * years + mood + rng.gauss(0, 17)
    return _answer(response, item, value=_nearest_level(score))


def _nearest_level(score: float) -> float:
    return float(max(0, min(100, 25 * round(score / 25))))


def _working_days(rng: Random, response: Came, years: float) -> list[Answer]:
    promised = rng.choice((3, 5, 5, 7, 10, 15, 20))
    actual = max(1, round(promised * rng.lognormvariate(0.02 - 0.03 * years, 0.35)))
    pair = {"actual": actual, "promised": promised}
    return [_answer(response, "A2", value=float(number), choice=part) for part, number in pair.items()]


def _closing(rng: Random, response: Came, mood: float, years: float) -> list[Answer]:
    """Recommendation, change since last year, the biggest obstacle, and now and then a comment."""
    recommend = max(0, min(10, round(7.7 + 0.12 * years + mood / 12 + rng.gauss(0, 1.2))))
    made = [
        _answer(response, "O2", value=float(recommend)),
        _answer(response, "O3", value=_nearest_level(58 + mood / 2 + rng.gauss(0, 15))),
        _answer(response, "O4", choice=rng.choices(list(OBSTACLES), list(OBSTACLES.values()))[0]),
    ]
    if rng.random() < 0.12:
        made.append(_answer(response, "O5", text=rng.choice(COMMENTS[response.language])))
    return made


def _answer(
    response: Came, item: str, *, value: float | None = None, choice: str | None = None, text: str | None = None
) -> Answer:
    return Answer(
        response.id,
        response.wave_id,
        item,
        value,
        choice,
        text,
    )


def _opened(waves: Sequence[Wave]) -> list[Event]:
    who = (id_of("staff"), "staff", None, None)
    return [Event(w.opens_at, "survey", "open", w.id, 1, *who, {"number": w.number}) for w in waves]


def _received(response: Came) -> Event:
    """That an answer came in: by whom stays out of the history."""
    detail = {"wave": response.wave_id, "number": response.number}
    return Event(response.submitted_at, "survey", "submit", response.id, 1, None, "enterprise", detail=detail)
