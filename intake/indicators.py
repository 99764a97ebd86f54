"""Economy indicators from a spreadsheet in long format, one published value a row, checked as statistics are meant.

All rows or none are written; a revision is a new vintage, known by its release date.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from access.actor import Actor
from db import indicators
from db.events import Event
from db.indicators import Observation
from db.refused import Refused
from db.sql import Connection
from db.store import Store
from intake import indicator_rules
from intake.imports import Finding, Outcome, columns_of, in_order, of_file, shown
from intake.indicator_rows import GROWTH_IN_POINTS, HEADINGS, Reading, knowledge, read_row
from intake.spreadsheets import Table, Upload, folded, read_table


def check_indicators(
    store: Store, *, actor: Actor, upload: Upload, at: datetime, strict: bool = True
) -> Outcome[Reading]:
    """What an import of this file would do. `strict` False: a missing release date is only a warning."""
    actor.must("import_data")
    try:
        table = _table(upload)
    except Refused as refusal:
        return of_file(refusal)
    return store.read(lambda con: _checked(con, table, at, strict))


def import_indicators(
    store: Store, *, actor: Actor, upload: Upload, at: datetime, import_id: str | None = None
) -> Outcome[Reading]:
    """Read the file again from its bytes and write all of it, or nothing where anything is refused.

    A second call with the same `import_id` writes nothing and answers as the first did. Raises MovedOn where another
    import came between the check and the write.
    """
    actor.must("import_data")
    import_id = import_id or str(uuid4())
    seen, done = store.read(lambda con: (indicators.last_import(con), indicators.imported(con, import_id)))
    if done is not None:
        return Outcome(written=done)
    outcome = check_indicators(store, actor=actor, upload=upload, at=at)
    if outcome.refused:
        return outcome
    event = Event(at, "indicator", "import", import_id, 1, actor.id, actor.role, detail=_detail(upload, outcome))
    fresh = [_observation(reading, at) for reading in outcome.read]
    written = store.write(lambda con: indicators.add(con, fresh, event=event, seen=seen))
    return Outcome(outcome.read, (), outcome.warnings, written)


def known_headings() -> frozenset[str]:
    return frozenset(HEADINGS) | GROWTH_IN_POINTS


def _table(upload: Upload) -> Table:
    return read_table(upload, known=known_headings())


def _checked(con: Connection, table: Table, at: datetime, strict: bool) -> Outcome[Reading]:
    found, refused, warnings = columns_of(table, HEADINGS, ("indicator", "period", "unit", "source"))
    refused += _growth_columns(table, found)
    if refused:
        return Outcome(refused=in_order(refused), warnings=in_order(warnings))
    if not table.rows:
        return Outcome(refused=(Finding(table.header_row, "file", "no_rows"),), warnings=in_order(warnings))
    known = knowledge(con, at, strict)
    readings: list[Reading] = []
    for row in table.rows:
        reading, wrong, look = read_row(row, found, known)
        refused += wrong
        warnings += look
        readings += [reading] if reading else []
    history = indicators.stored(con, sorted({reading.indicator.code for reading in readings}))
    refused += indicator_rules.refusals(readings, history)
    bad = {found.row for found in refused}
    kept = tuple(reading for reading in readings if reading.row not in bad)
    warnings += indicator_rules.warnings(kept, history)
    return Outcome(kept, in_order(refused), in_order(warnings))


def _growth_columns(table: Table, found: Mapping[str, str]) -> list[Finding]:
    points = [column for column in table.columns if folded(column) in GROWTH_IN_POINTS]
    if points:
        return [Finding(table.header_row, "yoy", "growth_in_points", {"value": shown(points[0])})]
    if found and "value" not in found and "yoy" not in found:
        return [Finding(table.header_row, "value", "column_missing", {"columns": "数值 / value, 同比(%) / yoy"})]
    return []


def _observation(reading: Reading, at: datetime) -> Observation:
    assert reading.released is not None  # refused otherwise
    return Observation(
        indicator_code=reading.indicator.code,
        geography=reading.geography,
        period_start=reading.period.start,
        period_end=reading.period.end,
        value=None if reading.value is None else float(reading.value),
        yoy_published=None if reading.yoy is None else float(reading.yoy),
        decimals=reading.decimals,
        status=reading.status,
        vintage=reading.released,
        source=reading.source,
        imported_at=at,
        mark=reading.mark,
    )


def _detail(upload: Upload, outcome: Outcome[Reading]) -> dict[str, object]:
    return {
        "rows": len(outcome.read),
        "indicators": sorted({reading.indicator.code for reading in outcome.read}),
        "file": shown(upload.name),
        "sha256": hashlib.sha256(upload.content).hexdigest(),
        "warnings": len(outcome.warnings),
    }
