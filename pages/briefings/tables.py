"""A briefing on screen: a line for each department, town or leader, with its bar; warnings by name."""

from collections.abc import Sequence

import i18n
from casework.briefings import FIGURES, Briefing, NamedLine, Warned
from db.figures.briefings import Line
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.rows import cell, empty, row, strong
from pages.shared.style import style
from pages.shared.tables import table_of


def briefing_style() -> None:
    style("shared/rows", "shared/leader", "letters/letters")


def briefing_table(group: str, named: Sequence[NamedLine], total: Line) -> None:
    """The settled and the overdue of each as one bar, measured by the largest."""
    heads = Markup().join(Markup("<span>{}</span>").format(t(f"briefing.{name}")) for name in (group, *FIGURES))
    largest = max((one.line.settled + one.line.overdue for one in named), default=0) or 1
    lines = Markup().join(_line(one.name, one.line, largest) for one in named)
    foot = _line(t("briefing.total"), total, 0)
    table = Markup('<div class="f2f-table"><div class="f2f-line f2f-line-head">{}</div>{}{}</div>')
    show(table.format(heads, lines, foot))


def briefing_bodies(what: str, parts: Sequence[str], lines: Sequence[tuple[str, object]]) -> None:
    """How often something was done to or by each body."""
    if not lines:
        empty(t(f"briefing.no_{what}"), t(f"briefing.no_{what}_hint"))
        return
    heads = [t(f"briefing.{name}") for name in ("body", *parts)]
    show(table_of(heads, [[name, *(i18n.number(getattr(one, part), lang()) for part in parts)] for name, one in lines]))


def briefing_warnings(found: Briefing) -> None:
    if not found.warnings:
        empty(t("briefing.no_warning"), t("briefing.no_warning_hint"))
    for warned in found.warnings:
        row("warned", _warned(warned, found))


def _line(name: str, line: Line, largest: int) -> Markup:
    mean = "—" if line.mean_days is None else i18n.number(line.mean_days, lang(), 1)
    values = [*(i18n.number(getattr(line, figure), lang()) for figure in FIGURES[:-1]), mean]
    late = ["f2f-late" if figure == "overdue" and line.overdue else "" for figure in FIGURES]
    figure = Markup('<div><small>{} </small><b class="{}">{}</b></div>').format
    cells = Markup().join(map(figure, (t(f"briefing.{name}") for name in FIGURES), late, values))
    style = "f2f-line" if largest else "f2f-line f2f-line-total"
    return Markup('<div class="{}"><div>{}{}</div>{}</div>').format(style, name, _bar(line, largest), cells)


def _bar(line: Line, largest: int) -> Markup:
    if not largest:
        return Markup()
    parts = ((line.settled, ""), (line.overdue, "f2f-late"))
    part = Markup('<i class="{}" style="width:{:.1f}%"></i>')
    inside = Markup().join(part.format(style, 100 * n / largest) for n, style in parts)
    return Markup('<span class="f2f-bar">{}</span>').format(inside)


def _warned(warned: Warned, found: Briefing) -> list[Markup]:
    case, dot = warned.case, {"red": "f2f-dot f2f-bad", "yellow": "f2f-dot f2f-late"}[warned.level]
    late = warned.days_late(found.until)
    reason = t(f"briefing.rule.{warned.rule}")
    firm = case.enterprise(lang())
    due = i18n.day(case.due_on, lang()) if case.due_on else ""
    return [
        cell(t(f"briefing.level.{warned.level}"), style=dot),
        cell(warned.body),
        strong(f"{case.number} {case.title}", quiet=firm),
        cell(t("briefing.late_days", n=late) if late else reason, quiet=due),
    ]
