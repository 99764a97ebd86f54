"""Estimates as rows: name, dot on its interval, number, change. Markup of our own, for a page of any width."""

from collections.abc import Callable, Sequence

import i18n
from insight.survey.report import ReportRow
from insight.survey.report_words import Speech
from pages.shared.markup import Markup


def span_rows(rows: Sequence[ReportRow], say: Speech, *, name: Callable[[str], str]) -> Markup:
    """Scores of 0 to 100 on one scale, which begins and ends at round numbers around what is shown."""
    low, high = _scale(rows)
    lines = Markup().join(_line(row, say, name(row.code), low, high) for row in rows)
    ends = Markup('<div class="f2f-span-scale"><span>{:g}</span><span>{:g}</span></div>').format(low, high)
    return Markup('<div class="f2f-spans" role="table">{}{}</div>').format(lines, ends)


def _line(row: ReportRow, say: Speech, name: str, low: float, high: float) -> Markup:
    if row.value is None:
        words = Markup('<span class="f2f-span-none" role="cell">{}</span>').format(say.nothing(row))
        return Markup('<div class="f2f-span" role="row"><b role="rowheader">{}</b>{}</div>').format(name, words)
    small = i18n.DOT.join(part for part in (_rank(row, say), say.word("dimensions.n", n=say.number(row.n, 0))) if part)
    return Markup(
        '<div class="f2f-span" role="row"><b role="rowheader">{}<small>{}</small></b>{}'
        '<span class="f2f-span-value" role="cell">{}</span><span class="f2f-span-by" role="cell">{}</span></div>'
    ).format(name, small, _track(row, say, low, high), say.number(row.value, row.decimals), _by(row, say))


def _track(row: ReportRow, say: Speech, low: float, high: float) -> Markup:
    def place(value: float) -> float:
        """In percent of the scale: of the value as it is written, so that its place says no digit more."""
        return i18n.rounded(100 * (min(max(i18n.rounded(value, 1), low), high) - low) / (high - low), 2)

    span = say.interval(row)
    first, last = (place(x) if x is not None else place(row.value or 0) for x in (row.low, row.high))
    return Markup(
        '<span class="f2f-span-track" role="cell" title="{}"><i style="left:{}%;width:{:.2f}%"></i>'
        '<em style="left:{}%"></em></span>'
    ).format(span, first, last - first, place(row.value or 0))


def _rank(row: ReportRow, say: Speech) -> str:
    if row.best is None or row.worst is None:
        return ""
    if row.best == row.worst:
        return say.word("dimensions.rank", best=row.best)
    return say.word("dimensions.ranks", best=row.best, worst=row.worst)


def _by(row: ReportRow, say: Speech) -> str:
    if row.by is None:
        return ""
    return say.signed(row.by) + ("*" if row.surely_moved else "")


def _scale(rows: Sequence[ReportRow]) -> tuple[float, float]:
    known = [x for row in rows for x in (row.low, row.high, row.value) if x is not None]
    if not known:
        return 0.0, 100.0
    low, high = 10 * (min(known) // 10), -10 * (-max(known) // 10)
    return low, max(high, low + 10)


def priority_rows(rows: Sequence[tuple[ReportRow, bool]], say: Speech) -> Markup:
    """Importance beside the score, the most important first; those to improve first are marked in words."""
    columns = Markup().join(
        Markup('<span role="columnheader">{}</span>').format(say.word(f"priorities.{name}"))
        for name in ("importance", "performance")
    )
    head = Markup('<div class="f2f-priority f2f-priority-head" role="row"><b role="cell"></b>{}</div>').format(columns)
    lines = Markup().join(_priority(*row, say) for row in rows)
    return Markup('<div class="f2f-spans" role="table">{}{}</div>').format(head, lines)


def _priority(row: ReportRow, act: bool, say: Speech) -> Markup:
    mark = Markup('<small class="f2f-act">{}</small>').format(say.word("priorities.act")) if act else ""
    bars = Markup().join(
        Markup('<span role="cell"><i class="{}" style="width:{:.1f}%"></i><em>{}</em></span>').format(
            kind, max(min(part, 100), 0), words
        )
        for kind, part, words in (
            ("f2f-matter", 100 * (row.importance or 0), say.number(row.importance or 0, 2)),
            ("f2f-score", row.value or 0, say.number(row.value or 0)),
        )
    )
    name = say.figure(row.code)
    return Markup('<div class="f2f-priority" role="row"><b role="rowheader">{}{}</b>{}</div>').format(name, mark, bars)
