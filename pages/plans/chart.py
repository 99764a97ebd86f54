"""The steps of a plan on one axis of days: the first date, the date now, the day done, and how far they lie apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import i18n
from db.plans.plans import Step
from pages.plans.row import due_words
from pages.shared.here import lang, t
from pages.shared.markup import Markup
from pages.shared.names import Names
from pages.shared.rows import quiet_line


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


def axis_head(axis: Axis, *, running: bool) -> Markup:
    """The days at both ends and, while the plan runs, today."""
    ends = Markup("<span>{}</span><span>{}</span>").format(i18n.day(axis.first, lang()), i18n.day(axis.last, lang()))
    now = Markup('<b style="left:{}">{}</b>').format(axis.place(axis.today), t("plan.today")) if running else ""
    mark = Markup('<span><i class="f2f-mark f2f-mark-{}"></i>{}</span>')
    marks = Markup().join(mark.format(name, t(f"plan.mark.{name}")) for name in ("first", "now", "done"))
    return Markup('<div class="f2f-axis"><div>{}</div>{}</div><div class="f2f-marks">{}</div>').format(ends, now, marks)


def step_markup(step: Step, axis: Axis, called: Names, *, running: bool) -> Markup:
    crossed = " f2f-dropped" if step.state == "dropped" else ""
    when = Markup("{}　{}").format(called.who(step.body_code), _when(step, axis.today, running=running))
    said = Markup().join(map(quiet_line, (when, *_said(step))))
    row = Markup('<div class="f2f-step{}"><div><b>{}</b>{}</div>{}</div>')
    return row.format(crossed, step.title, said, _track(step, axis, running=running))


def _when(step: Step, today: date, *, running: bool) -> Markup | str:
    """Nothing of a plan that has ended is late any more."""
    if step.state == "dropped" or (step.state == "open" and not running):
        return t(f"step.state.{step.state}")
    if step.done_on is None:
        return due_words(step.due_on, today)
    words = t("plan.done_on", day=i18n.day(step.done_on, lang()))
    return Markup('{} <span class="{}">{}</span>').format(words, _tone(step, today), slip_words(step, today))


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


def _track(step: Step, axis: Axis, *, running: bool) -> Markup:
    """Decoration: every day on it is said in words beside it."""
    end = step.done_on or max(step.due_on, axis.today if step.late(axis.today) else step.due_on)
    low, high = min(step.first_due_on, end), max(step.first_due_on, end)
    late = " f2f-span-late" if end > step.first_due_on else ""
    span = Markup('<i class="f2f-span{}" style="left:{};right:calc(100% - {})"></i>')
    marks = [("first", step.first_due_on)]
    marks += [("now", step.due_on)] if step.delays else []
    marks += [("done", step.done_on)] if step.done_on else []
    mark = Markup('<i class="f2f-mark f2f-mark-{}" style="left:{}"></i>')
    drawn = span.format(late, axis.place(low), axis.place(high))
    drawn += Markup().join(mark.format(name, axis.place(day)) for name, day in marks)
    now = Markup('<i class="f2f-now" style="left:{}"></i>').format(axis.place(axis.today)) if running else ""
    return Markup('<div class="f2f-track" aria-hidden="true">{}{}</div>').format(now, drawn)
