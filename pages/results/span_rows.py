"""Estimates as rows: name, dot on its interval, number, change. Markup of our own, for a page of any width."""

from collections.abc import Callable, Sequence
from html import escape

import i18n
from insight.survey.report import Row
from insight.survey.report_words import Speech


def span_rows(rows: Sequence[Row], say: Speech, *, name: Callable[[str], str]) -> str:
    """Scores of 0 to 100 on one scale, which begins and ends at round numbers around what is shown."""
    low, high = _scale(rows)
    lines = "".join(_line(row, say, name(row.code), low, high) for row in rows)
    ends = f'<div class="f2f-span-scale"><span>{low:g}</span><span>{high:g}</span></div>'
    return f'<div class="f2f-spans" role="table">{lines}{ends}</div>'


def _line(row: Row, say: Speech, name: str, low: float, high: float) -> str:
    if row.value is None:
        words = f'<span class="f2f-span-none" role="cell">{escape(say.word("suppressed"))}</span>'
        return f'<div class="f2f-span" role="row"><b role="rowheader">{escape(name)}</b>{words}</div>'
    small = i18n.DOT.join(part for part in (_rank(row, say), say.word("dimensions.n", n=say.number(row.n, 0))) if part)
    return (
        f'<div class="f2f-span" role="row"><b role="rowheader">{escape(name)}<small>{escape(small)}</small></b>'
        f'{_track(row, say, low, high)}<span class="f2f-span-value" role="cell">{say.number(row.value)}</span>'
        f'<span class="f2f-span-by" role="cell">{escape(_by(row, say))}</span></div>'
    )


def _track(row: Row, say: Speech, low: float, high: float) -> str:
    def place(value: float) -> float:
        """In percent of the scale: of the value as it is written, so that its place says no digit more."""
        return i18n.rounded(100 * (min(max(i18n.rounded(value, 1), low), high) - low) / (high - low), 2)

    span = say.word("interval", low=_bound(row.low, say), high=_bound(row.high, say))
    first, last = (place(x) if x is not None else place(row.value or 0) for x in (row.low, row.high))
    return (
        f'<span class="f2f-span-track" role="cell" title="{escape(span)}">'
        f'<i style="left:{first}%;width:{last - first:.2f}%"></i><em style="left:{place(row.value or 0)}%"></em></span>'
    )


def _bound(value: float | None, say: Speech) -> str:
    return say.number(value) if value is not None else "—"


def _rank(row: Row, say: Speech) -> str:
    if row.best is None or row.worst is None:
        return ""
    if row.best == row.worst:
        return say.word("dimensions.rank", best=row.best)
    return say.word("dimensions.ranks", best=row.best, worst=row.worst)


def _by(row: Row, say: Speech) -> str:
    if row.by is None:
        return ""
    return say.signed(row.by) + ("*" if row.surely_moved else "")


def _scale(rows: Sequence[Row]) -> tuple[float, float]:
    known = [x for row in rows for x in (row.low, row.high, row.value) if x is not None]
    if not known:
        return 0.0, 100.0
    low, high = 10 * (min(known) // 10), -10 * (-max(known) // 10)
    return low, max(high, low + 10)


def priority_rows(rows: Sequence[tuple[Row, bool]], say: Speech) -> str:
    """Importance beside the score, the most important first; those to improve first are marked in words."""
    columns = "".join(
        f'<span role="columnheader">{escape(say.word(f"priorities.{name}"))}</span>'
        for name in ("importance", "performance")
    )
    head = f'<div class="f2f-priority f2f-priority-head" role="row"><b role="cell"></b>{columns}</div>'
    return f'<div class="f2f-spans" role="table">{head}{"".join(_priority(*row, say) for row in rows)}</div>'


def _priority(row: Row, act: bool, say: Speech) -> str:
    mark = f'<small class="f2f-act">{escape(say.word("priorities.act"))}</small>' if act else ""
    bars = "".join(
        f'<span role="cell"><i class="{kind}" style="width:{max(min(part, 100), 0):.1f}%"></i><em>{words}</em></span>'
        for kind, part, words in (
            ("f2f-matter", 100 * (row.importance or 0), say.number(row.importance or 0, 2)),
            ("f2f-score", row.value or 0, say.number(row.value or 0)),
        )
    )
    name = escape(say.figure(row.code))
    return f'<div class="f2f-priority" role="row"><b role="rowheader">{name}{mark}</b>{bars}</div>'
