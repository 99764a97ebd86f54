"""Briefings (情况通报): how departments, towns and leaders stand over a period, as Word and as Excel."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import i18n
from access.actor import Actor
from access.verbs import reads
from casework.documents import documents
from casework.documents.exports import Cell, to_workbook
from casework.documents.letterhead import ZH, letterhead
from db import clock, references
from db.cases.past import OFTEN
from db.figures import briefings
from db.figures.briefings import Flow, Instructed, Line, Objections, OpenCase, Period
from db.refused import Refused
from db.sql import Connection
from db.states import PROMISED
from db.store import Store
from db.system import settings

SOON = timedelta(days=3)
LONGEST = timedelta(days=366 * 3)
GROUPS = ("body", "town", "leader")
OBJECTIONS = ("raised", "upheld", "refused")
INSTRUCTED = ("given", "answered", "answered_late", "open_late")
FIGURES = ("received", "settled", "on_time", "overdue", "reopened", "mean_days")

# (code, level, when it holds for an open case on a day): the first that holds is the reason shown.
WARNINGS: tuple[tuple[str, str, Callable[[OpenCase, date], bool]], ...] = (
    ("overdue", "red", lambda case, day: case.late(day)),
    ("instruction_late", "red", lambda case, day: case.instructed_until is not None and case.instructed_until < day),
    ("rejected_twice", "red", lambda case, day: case.oppositions >= OFTEN),
    ("promise_due", "yellow", lambda case, day: case.state in PROMISED and _near(case, day)),
    ("due_soon", "yellow", lambda case, day: _near(case, day)),
)


@dataclass(frozen=True)
class NamedLine:
    """A line with the name of whom it is about, in the reader's language."""

    name: str
    line: Line


@dataclass(frozen=True)
class Warned:
    """A case with its warning: `level` yellow or red, `rule` the code of the rule that holds, `body` its name."""

    level: str
    rule: str
    body: str
    case: OpenCase

    def days_late(self, day: date) -> int:
        return (day - self.case.due_on).days if self.case.due_on and self.case.late(day) else 0


@dataclass(frozen=True)
class Briefing:
    """The whole of it as of the end of `until`, or of the moment asked where that is still to come."""

    since: date
    until: date
    total: Line
    flow: Flow
    groups: Mapping[str, list[NamedLine]]
    warnings: list[Warned]
    objections: list[tuple[str, Objections]]
    instructed: list[tuple[str, Instructed]]

    @property
    def late(self) -> list[Warned]:
        return [warned for warned in self.warnings if warned.case.late(self.until)]


@reads("see_dashboard")
def briefing(con: Connection, *, actor: Actor, since: date, until: date, language: str, at: datetime) -> Briefing:
    """Figures over the days from `since` to `until`, no later than today. Raises Refused('forbidden' | 'period')."""
    last = min(until, clock.day_of(at))
    if not since <= last or last - since > LONGEST:
        raise Refused("period")
    period = Period(since, last, clock.end_of_day(last))
    names = _names(con, language)
    scope = actor.scope
    totals = briefings.lines(con, scope, period, "all")
    answering = names["body"] | {None: i18n.text("instruction.office", language)}
    open_cases = briefings.pressing(con, scope, period, soon=period.until + SOON)
    return Briefing(
        since=period.since,
        until=period.until,
        total=totals[0] if totals else Line("all", 0, 0, 0, 0, 0, None),
        flow=briefings.flow(con, scope, period),
        groups={group: _named(briefings.lines(con, scope, period, group), names[group]) for group in GROUPS},
        warnings=_warned(open_cases, names["body"], period.until),
        objections=[(names["body"].get(o.body, o.body), o) for o in briefings.objections(con, scope, period)],
        instructed=[(answering.get(i.body, i.body or ""), i) for i in briefings.instructed(con, scope, period)],
    )


def to_word(store: Store, found: Briefing, *, at: datetime) -> bytes:
    """The briefing as an official document, in Chinese: read it with `language` zh."""
    template, head = store.read(lambda con: (documents.present(con, "briefing", at), letterhead(con)))
    return documents.fill(template.content, _document(found, head["issuer"], at))


def to_excel(store: Store, found: Briefing, *, language: str, at: datetime) -> bytes:
    """A sheet for each table, in the reader's language."""
    district = store.read(settings.district).say(language)
    note = i18n.text("briefing.note", language, district=district, time=i18n.moment(clock.local(at), language),
                     **_days(found, language))  # fmt: skip
    figures = [i18n.text(f"briefing.{name}", language) for name in FIGURES]
    total = [i18n.text("briefing.total", language), *_cells(found.total)]
    sheets = [
        (
            i18n.text(f"briefing.by_{group}", language),
            [i18n.text(f"briefing.{group}", language), *figures],
            [*([named.name, *_cells(named.line)] for named in found.groups[group]), total],
            note,
        )
        for group in GROUPS
    ]
    beside = [
        _of_bodies("objections", OBJECTIONS, found.objections, language, note),
        _of_bodies("instructed", INSTRUCTED, found.instructed, language, note),
    ]
    return to_workbook([*sheets, *beside, _warning_sheet(found, language, note)])


def rule_for(case: OpenCase, day: date) -> tuple[str, str] | None:
    """(level, code) of the first warning that holds; None where none does."""
    return next(((level, code) for code, level, holds in WARNINGS if holds(case, day)), None)


def _near(case: OpenCase, day: date) -> bool:
    return case.due_on is not None and day <= case.due_on <= day + SOON


def _names(con: Connection, language: str) -> dict[str, dict[str | None, str]]:
    """The names of each group's members, and of None."""
    town = {item.code: item.say(language) for item in references.items(con, "town")}
    body = {item.code: item.say(language) for item in references.items(con, "body")}
    nobody: dict[str | None, str] = {None: i18n.text("briefing.nobody", language)}
    return {
        "body": {None: i18n.text("briefing.undispatched", language), **town, **body},
        "town": nobody | town,
        "leader": nobody | briefings.leader_names(con),
    }


def _named(lines: Sequence[Line], names: Mapping[str | None, str]) -> list[NamedLine]:
    return [NamedLine(names.get(line.code, line.code or ""), line) for line in lines]


def _warned(open_cases: Sequence[OpenCase], names: Mapping[str | None, str], day: date) -> list[Warned]:
    """Red before yellow, then by department."""
    found = [(rule_for(case, day), case) for case in open_cases]
    warned = [Warned(*rule, names.get(case.lead_body, ""), case) for rule, case in found if rule]
    return sorted(warned, key=lambda w: (w.level, w.case.lead_body or "", w.case.due_on or date.max, w.case.number))


def _days(found: Briefing, language: str) -> dict[str, str]:
    return {"since": i18n.day(found.since, language), "until": i18n.day(found.until, language)}


def _cells(line: Line) -> list[Cell]:
    mean = None if line.mean_days is None else i18n.rounded(line.mean_days, 1)
    return [line.received, line.settled, line.on_time, line.overdue, line.reopened, mean]


def _of_bodies(
    what: str, parts: Sequence[str], lines: Sequence[tuple[str, object]], language: str, note: str
) -> tuple[str, list[str], list[list[Cell]], str]:
    columns = [i18n.text(f"briefing.{head}", language) for head in ("body", *parts)]
    rows: list[list[Cell]] = [[name, *(getattr(one, part) for part in parts)] for name, one in lines]
    return i18n.text(f"briefing.{what}", language), columns, rows, note


def _warning_sheet(found: Briefing, language: str, note: str) -> tuple[str, list[str], list[list[Cell]], str]:
    heads = ("warning", "body", "number", "case", "enterprise", "due", "days_late", "reason")
    rows: list[list[Cell]] = [
        [
            i18n.text(f"briefing.level.{w.level}", language),
            w.body,
            w.case.number,
            w.case.title,
            w.case.enterprise(language),
            w.case.due_on,
            w.days_late(found.until) or None,
            i18n.text(f"briefing.rule.{w.rule}", language),
        ]
        for w in found.warnings
    ]
    columns = [i18n.text(f"briefing.{head}", language) for head in heads]
    return i18n.text("briefing.warnings", language), columns, rows, note


def _document(found: Briefing, issuer: str, at: datetime) -> dict[str, object]:
    total, days = found.total, _days(found, ZH)
    share = i18n.number(100 * total.on_time / total.settled, ZH, 1) if total.settled else "—"
    counted = {name: getattr(total, name) for name in FIGURES[:-1]} | {"mean": _mean(total), "share": share}
    return {
        "issuer": issuer,
        "title": i18n.text("briefing.doc.title", ZH, gap="\n", **days),
        "summary": i18n.text("briefing.doc.summary", ZH, **days, **vars(found.flow), **counted),
        "terms": i18n.text("briefing.terms", ZH),
        "rules": i18n.text("briefing.rules", ZH),
        "date": i18n.day(clock.day_of(at), ZH),
        "bodies": _rows(found.groups["body"]),
        "towns": _rows(found.groups["town"]),
        "leaders": _rows(found.groups["leader"]),
        "late": [_late(w, found.until) for w in found.late],
        "warnings": [_warning(w) for w in found.warnings],
    }


def _mean(line: Line) -> str:
    return "—" if line.mean_days is None else i18n.number(line.mean_days, ZH, 1)


def _rows(named: Sequence[NamedLine]) -> list[dict[str, object]]:
    figures = FIGURES[:-1]
    return [
        {"name": one.name, "mean_days": _mean(one.line), **{name: getattr(one.line, name) for name in figures}}
        for one in named
    ]


def _late(warned: Warned, day: date) -> dict[str, object]:
    case, due = warned.case, warned.case.due_on
    return {
        "body": warned.body,
        "number": case.number,
        "title": case.title,
        "enterprise": case.enterprise_zh,
        "due": f"{due.month}.{due.day}" if due and due.year == day.year else f"{due:%Y.%m.%d}" if due else "",
        "days": i18n.text("briefing.days", ZH, n=warned.days_late(day)),
    }


def _warning(warned: Warned) -> dict[str, str]:
    return {
        "level": i18n.text(f"briefing.level.{warned.level}", ZH),
        "body": warned.body,
        "number": warned.case.number,
        "title": warned.case.title,
        "reason": i18n.text(f"briefing.rule.{warned.rule}", ZH),
    }
