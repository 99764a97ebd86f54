"""A few answers of the newest closed wave look perfunctory, so that the demonstration's list of doubts is alive."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from db import clock
from db.demo.came import Came
from db.demo.common import ARTICLE_DAY, stream
from db.survey.surveys import Answer, Wave

FAST, SAME = 7, 5  # sent within seconds; the same level throughout
BURST, WITHIN = 5, timedelta(hours=1)  # from one address
ADDRESS = "demonstration"


def cast(
    waves: Sequence[Wave], responses: Sequence[Came], answers: Sequence[Answer]
) -> tuple[list[Came], list[Answer]]:
    """Numbers, times of arrival and enterprises stay; what was there on the article's day stays as it was."""
    closed = [wave for wave in waves[:-1] if clock.day_of(wave.closes_at) > ARTICLE_DAY + timedelta(days=1)]
    if not closed:
        return list(responses), list(answers)
    own = [one for one in responses if one.wave_id == closed[-1].id]
    chosen = stream(f"doubts:{closed[-1].number}").sample(own, FAST + SAME)
    fast, same = ({one.id for one in part} for part in (chosen[:FAST], chosen[FAST:]))
    burst = {one.id for one in _close_together(own)}
    return [_came(one, fast, burst) for one in responses], [_said(answer, same) for answer in answers]


def _close_together(own: Sequence[Came]) -> Sequence[Came]:
    """The first five that came within an hour."""
    ordered = sorted(own, key=lambda one: (one.submitted_at, one.number))
    spans = (ordered[n : n + BURST] for n in range(len(ordered) - BURST + 1))
    return next((span for span in spans if span[-1].submitted_at - span[0].submitted_at <= WITHIN), [])


def _came(one: Came, fast: set[str], burst: set[str]) -> Came:
    if one.id in fast:
        one = replace(one, started_at=one.submitted_at - timedelta(seconds=9))
    return replace(one, address_hash=ADDRESS) if one.id in burst else one


def _said(answer: Answer, same: set[str]) -> Answer:
    """Scales of five only; a 0–10 and working days stay."""
    levels = answer.value is not None and answer.item not in ("A2", "O2")
    return replace(answer, value=75.0) if answer.response_id in same and levels else answer
