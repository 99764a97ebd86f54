"""The demonstration's samples: the open wave asks two in three by a seed, the two before it asked everybody.

Some answers of the open wave came on paper, and some by the code on a forum's wall, from enterprises unknown.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import ceil
from typing import Any

from db import clock, sql
from db.demo.came import Came
from db.demo.common import district, moment, stream, uid
from db.demo.people import id_of
from db.people import wall_tokens
from db.people.enterprises import Enterprise
from db.sql import Connection
from db.survey import open_links, samples, sampling
from db.survey.open_links import OpenLink
from db.survey.papers import PaperForm
from db.survey.sampling import Grouping, Unit
from db.survey.surveys import Answer, Wave

SIZE, MINIMUM, SEED, RATE = 600, 4, "773", 60  # the demo enterprise is among them
WITH_A_FRAME = 3  # waves, the open one among them
ON_PAPER, AT_THE_WALL = 14, 16
CHECKED = 5  # paper forms keyed twice
LEVELS = {100.0: "very_satisfied", 75.0: "satisfied", 50.0: "fairly_satisfied", 25.0: "dissatisfied",
          0.0: "very_dissatisfied"}  # fmt: skip
CHANGES = {100.0: "much_better", 75.0: "better", 50.0: "same", 25.0: "worse", 0.0: "much_worse"}


def with_design(wave: Wave, *, still_open: bool) -> Wave:
    if not still_open:
        return wave
    return replace(wave, design="stratified", seed=SEED, sample_size=SIZE, stratum_minimum=MINIMUM, target_rate=RATE)


def frame(wave: Wave, register: Sequence[Enterprise]) -> list[Unit]:
    """The register of that day, with who was drawn."""
    there = [e for e in register if e.created_at < wave.opens_at]
    firms = [(e.id, e.size, e.sector_code, e.town_code) for e in there]
    return sampling.frame_of(wave.id, firms, size=wave.sample_size, minimum=MINIMUM, seed=wave.seed or "",
                             grouping=Grouping(1, district().groups or ()))  # fmt: skip


def drawn(wave: Wave, register: Sequence[Enterprise]) -> list[Enterprise]:
    if wave.design == "census":
        return list(register)
    chosen = {unit.enterprise_id for unit in frame(wave, register) if unit.drawn}
    return [enterprise for enterprise in register if enterprise.id in chosen]


def on_paper(responses: Sequence[Came]) -> list[Came]:
    """The latest ones are in the pile that was keyed in yesterday."""
    pile = {response.id for response in sorted(responses, key=lambda r: (r.submitted_at, r.id))[-ON_PAPER:]}
    return [replace(r, source="paper", started_at=None, language="zh") if r.id in pile else r for r in responses]


def at_the_wall(wave: Wave, register: Sequence[Enterprise], today: date) -> list[tuple[Came, Enterprise]]:
    """People who scanned the wall's code four days ago, each with the enterprise that their answers are made from."""
    rng = stream(f"wall:{wave.number}:{clock.day_of(wave.opens_at)}")
    day = max(today - timedelta(days=4), clock.day_of(wave.opens_at))
    return [(_passer_by(wave, firm, day, n), firm) for n, firm in enumerate(rng.sample(list(register), AT_THE_WALL))]


def _passer_by(wave: Wave, firm: Enterprise, day: date, n: int) -> Came:
    """Two in three say their sector and size."""
    started, says = moment(day, 14, 5) + timedelta(seconds=37 * n), n % 3 > 0
    return Came(
        id=open_links.response_id(f"open:{uid('wall', wave.number, n)}"),
        number=0,
        wave_id=wave.id,
        enterprise_id=None,
        sector_code=firm.sector_code if says else "",
        town_code="",
        size=firm.size if says else "",
        language="zh",
        notice_version=1,
        started_at=started,
        submitted_at=started + timedelta(seconds=150 + 11 * n),
        source="open",
        open_link_id=uid("open-link", wave.number),
    )


def write(
    con: Connection, waves: Sequence[Wave], register: Sequence[Enterprise], responses: Sequence[Came],
    answers: Sequence[Answer],
) -> dict[str, dict[str, Any]]:  # fmt: skip
    """What stands on the paper forms, by who answered."""
    for wave in waves[-WITH_A_FRAME:]:
        units = frame(wave, register)
        samples.add_frame(con, units, _quotas(units))
    running = waves[-1]
    link = uid("open-link", running.number)
    open_links.add(con, OpenLink(link, wall_tokens.made(con, link), running.id, None, 30, 300, running.opens_at, None))
    serials = samples.serials(con, running.id)
    own: dict[str, list[Answer]] = {r.id: [] for r in responses if r.source == "paper"}
    for answer in answers:
        if answer.response_id in own:
            own[answer.response_id].append(answer)
    pile = [r for r in responses if r.source == "paper"]
    forms = [_form(r, serials[r.enterprise_id or ""], n) for n, r in enumerate(pile)]
    sql.insert_many(con, "paper_form", forms)
    return {key: _keyed(given) for key, given in own.items()}


def _quotas(units: Sequence[Unit]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for unit in units:
        counts[unit.stratum] = counts.get(unit.stratum, 0) + unit.drawn
    return {stratum: ceil(n * RATE / 100) for stratum, n in counts.items()}


def _form(response: Came, serial: int, n: int) -> PaperForm:
    staff, at = id_of("staff"), response.submitted_at
    checked = (staff, at + timedelta(hours=1), 0) if n < CHECKED else (None, None, None)
    return PaperForm(response.id, response.wave_id, serial, staff, at, *checked)


def _keyed(answers: Sequence[Answer]) -> dict[str, Any]:
    """The answers as a clerk keyed them, from the rows that were stored of them."""
    found: dict[str, Any] = {}
    for answer in answers:
        if answer.value is None:
            found[answer.item] = answer.choice or answer.text
        elif answer.choice:  # one of a pair of numbers
            found.setdefault(answer.item, {})[answer.choice] = int(answer.value)
        elif answer.item == "O2":
            found[answer.item] = int(answer.value)
        else:
            found[answer.item] = (CHANGES if answer.item == "O3" else LEVELS)[answer.value]
    return found
