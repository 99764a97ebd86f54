"""The lists of what changed: a line each, its rows folded behind it."""

from collections.abc import Sequence
from datetime import date, datetime

import i18n
from db import clock
from db.answers import shared
from db.events import Head
from db.indicators.changes import ChangedRow, MadeImport, changed
from db.indicators.indicators import IndicatorDefinition, indicators
from db.scope import Scope
from db.sql import Connection
from insight import wording
from insight.cases.changes import DayChanges, day_changes
from insight.measures import Measure
from pages.shared.here import kept, lang, store, t
from pages.shared.markup import Markup, show
from pages.shared.rows import empty
from pages.shared.tables import table_of

SHOWN = 12  # imports
_LINE = Markup("<span>{}</span><b>{}</b><small>{}</small>")
_FOLD = Markup('<details class="f2f-changed"><summary>{}</summary>{}</details>')
_PLAIN = Markup('<div class="f2f-changed">{}</div>')


@shared(20)
def changes_of(head: Head, scope: Scope, as_of: date) -> list[DayChanges]:
    return store().read(lambda con: day_changes(con, scope=scope, as_of=as_of))


def import_list(found: Sequence[MadeImport]) -> None:
    if not found:
        empty(t("changes.none"), "")
    show(Markup().join(map(_import, found)))


def _import(one: MadeImport) -> Markup:
    counts = {"changed": one.changed, "new": one.new, "same": one.same}
    said = i18n.listed([t(f"changes.{name}", n=n) for name, n in counts.items() if n or name == "changed"], lang())
    line = _LINE.format(i18n.moment(clock.local(one.imported_at), lang()), said, one.file)
    return _folded(line, ("indicator", "period", "before", "after"), kept(_rows, one.imported_at, lang()))


def _folded(line: Markup, names: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    """What changed nothing has nothing to open."""
    if not rows:
        return _PLAIN.format(line)
    return _FOLD.format(line, table_of([t(f"changes.column.{name}") for name in names], rows))


def _rows(con: Connection, at: datetime, language: str) -> list[list[str]]:
    defined = {one.code: one for one in indicators(con)}
    return [
        [_name(defined[row.indicator_code], row, language), _period(defined[row.indicator_code], row, language),
         "—" if row.new else _said(defined[row.indicator_code], row.value_before, row.growth_before, row, language),
         _said(defined[row.indicator_code], row.value, row.growth, row, language)]
        for row in changed(con, at)
    ]  # fmt: skip


def _name(one: IndicatorDefinition, row: ChangedRow, language: str) -> str:
    """The district's own need no word."""
    key = f"import.place.{row.geography}"
    place = i18n.text(key, language) if row.geography != "district" and key in i18n.catalogue() else ""
    return f"{one.say(language)} {place}".strip()


def _period(one: IndicatorDefinition, row: ChangedRow, language: str) -> str:
    words = wording.period(one.period_kind, row.period_start, row.period_end, language)
    return i18n.with_year(words, row.period_end.year, language)


def _said(one: IndicatorDefinition, value: float | None, growth: float | None, row: ChangedRow, language: str) -> str:
    level = "" if value is None else wording.amount(value, one.unit, row.decimals, language)
    return f"{level} {'' if growth is None else wording.growth(growth, language)}".strip() or "—"


def day_list(found: Sequence[DayChanges]) -> None:
    show(Markup().join(map(_day, found)))


def _day(one: DayChanges) -> Markup:
    line = _LINE.format(i18n.day(one.day, lang()), t("changes.moved", n=len(one.moved)), "")
    return _folded(line, ("figure", "before", "after"), [_moved(*pair) for pair in one.moved])


def _moved(before: Measure, now: Measure) -> list[str]:
    return [t(f"figure.{now.code}.name"), wording.measured(before, lang()), wording.measured(now, lang())]
