"""The steps of a plan on one axis of days: the first date, the date now, the day done, and how far they lie apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

import i18n
from db.plans.plans import Step
from pages.plans.row import due_words
from pages.shared.here import lang, t
from pages.shared.names import Names


@dataclass(frozen=True)
class Axis:
    """From the day the plan was made to the last day that anything names."""

    first: date
    last: date
    today: date

    def place(self, day: date) -> str:
        """Percent from the left."""
        whole = max((self.last - self.first).days, 1)
        return f"{100 * min(max((day - self.first).days, 0), whole) / whole:.2f}%"


def axis_of(steps: Sequence[Step], opened: date, ended: date | None, today: date) -> Axis:
    """Today stands on it while the plan runs."""
    named = [day for step in steps for day in (step.first_due_on, step.due_on, step.done_on) if day]
    last = max([opened + timedelta(1), *named, ended or today])
    return Axis(opened, last, today)


def axis_head(axis: Axis, *, running: bool) -> str:
    """The days at both ends and, while the plan runs, today."""
    ends = f"<span>{escape(i18n.day(axis.first, lang()))}</span><span>{escape(i18n.day(axis.last, lang()))}</span>"
    words = escape(t("plan.today"))
    now = f'<b style="left:{axis.place(axis.today)}">{words}</b>' if running else ""
    marks = "".join(
        f'<span><i class="f2f-mark f2f-mark-{name}"></i>{escape(t(f"plan.mark.{name}"))}</span>'
        for name in ("first", "now", "done")
    )
    return f'<div class="f2f-axis"><div>{ends}</div>{now}</div><div class="f2f-marks">{marks}</div>'


def step_markup(step: Step, axis: Axis, called: Names, *, running: bool) -> str:
    crossed = " f2f-dropped" if step.state == "dropped" else ""
    said = "".join(f'<div class="f2f-quiet">{escape(words)}</div>' for words in _said(step))
    return (
        f'<div class="f2f-step{crossed}"><div><b>{escape(step.title)}</b><div class="f2f-quiet">'
        f"{escape(called.who(step.body_code))}　{_when(step, axis.today, running=running)}</div>{said}</div>"
        f"{_track(step, axis, running=running)}</div>"
    )


def _when(step: Step, today: date, *, running: bool) -> str:
    """Nothing of a plan that has ended is late any more."""
    if step.state == "dropped" or (step.state == "open" and not running):
        return escape(t(f"step.state.{step.state}"))
    if step.done_on is None:
        return due_words(step.due_on, today)
    words = t("plan.done_on", day=i18n.day(step.done_on, lang()))
    return f'{escape(words)} <span class="{_tone(step, today)}">{escape(slip_words(step, today))}</span>'


def slip_words(step: Step, today: date) -> str:
    """How far the day done, or today where it is late, lies from the date first named."""
    n = ((step.done_on or max(step.due_on, today)) - step.first_due_on).days
    return t("plan.slip.late", n=n) if n > 0 else t("plan.slip.early", n=-n) if n < 0 else t("plan.slip.on_day")


def _said(step: Step) -> list[str]:
    """That it was put off and why; what came of it."""
    moved = []
    if step.delays:
        first = i18n.day(step.first_due_on, lang())
        moved = [t("plan.moved", n=step.delays, first=first, reason=step.delay_reason or "")]
    return [*moved, step.outcome] if step.outcome else moved


def _tone(step: Step, today: date) -> str:
    return "f2f-late" if (step.done_on or today) > step.first_due_on else "f2f-good"


def _track(step: Step, axis: Axis, *, running: bool) -> str:
    """Decoration: every day on it is said in words beside it."""
    end = step.done_on or max(step.due_on, axis.today if step.late(axis.today) else step.due_on)
    low, high = min(step.first_due_on, end), max(step.first_due_on, end)
    late = " f2f-span-late" if end > step.first_due_on else ""
    span = f'<i class="f2f-span{late}" style="left:{axis.place(low)};right:calc(100% - {axis.place(high)})"></i>'
    marks = [("first", step.first_due_on)]
    marks += [("now", step.due_on)] if step.delays else []
    marks += [("done", step.done_on)] if step.done_on else []
    drawn = "".join(f'<i class="f2f-mark f2f-mark-{name}" style="left:{axis.place(day)}"></i>' for name, day in marks)
    now = f'<i class="f2f-now" style="left:{axis.place(axis.today)}"></i>' if running else ""
    return f'<div class="f2f-track" aria-hidden="true">{now}{span}{drawn}</div>'
