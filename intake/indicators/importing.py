"""Economy indicators from a spreadsheet, checked as statistics are meant: one published value a row, or a bureau's own
table, which is first brought into such rows (see reading.layouts, reading.tables).

All rows or none are written; a revision is a new vintage, known by its release date.
"""

import hashlib
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from access.actor import Actor
from db.events import Event
from db.indicators import indicators
from db.indicators.indicators import MappedName, Observation
from db.refused import Refused
from db.store import Store
from intake.files.apart import read_apart
from intake.files.imports import Finding, how_many, shown
from intake.files.upload import Upload
from intake.indicators.checking import Checked, compared, read_file, refused_beside, returned_figures
from intake.indicators.rules.figure import Figure
from intake.indicators.terms.given import Supplement
from intake.indicators.terms.known import knowledge


def check_indicators(
    store: Store, *, actor: Actor, upload: Upload, at: datetime, strict: bool = True, given: Supplement | None = None
) -> Checked:
    """What an import of this file would do. `strict` False: a missing release date or source of a table only warns."""
    actor.must("import_data")
    known, said = store.read(lambda con: (knowledge(con, at, strict), indicators.mapped_names(con)))
    try:
        found = read_apart(read_file, upload, known, said, given or Supplement())
    except Refused as refusal:
        return Checked(refused=(Finding(0, "file", refusal.code, refusal.facts),))
    return store.read(lambda con: compared(con, found, sure=given is not None and given.sure))


def import_indicators(
    store: Store,
    *,
    actor: Actor,
    upload: Upload,
    at: datetime,
    import_id: str | None = None,
    given: Supplement | None = None,
    take_good: bool = False,
) -> Checked:
    """Read the file again from its bytes and write all of it, or nothing where anything is refused; with `take_good`
    the figures of which nothing is refused.

    A second call with the same `import_id` writes nothing and answers as the first did. Raises MovedOn where another
    import came between the check and the write.
    """
    actor.must("import_data")
    import_id = import_id or str(uuid4())
    seen, done = store.read(lambda con: (indicators.last_import(con), indicators.imported(con, import_id)))
    if done is not None:
        return Checked(written=done)
    outcome = check_indicators(store, actor=actor, upload=upload, at=at, given=given)
    if (outcome.refused and not (take_good and outcome.good)) or not (outcome.read or outcome.targets):
        return outcome
    event = Event(at, "indicator", "import", import_id, 1, actor.id, actor.role, detail=_detail(upload, outcome, given))
    fresh = [_observation(figure, at) for figure in outcome.read]
    mapped = given.names.items() if given else ()
    names = [MappedName(outcome.source, outcome.form, name, code, at) for name, code in mapped]
    written = store.write(
        lambda con: indicators.add(con, fresh, event=event, seen=seen, targets=outcome.targets, names=names)
    )
    return replace(outcome, written=written)


def refused_indicators(
    store: Store, *, actor: Actor, upload: Upload, at: datetime, language: str, given: Supplement | None = None
) -> bytes:
    """What an import of this file would not take, as a file like it with a column of reasons."""
    actor.must("import_data")
    given = given or Supplement()
    known, said = store.read(lambda con: (knowledge(con, at, True), indicators.mapped_names(con)))
    found = read_apart(read_file, upload, known, said, given)
    beside = store.read(lambda con: refused_beside(con, found, sure=given.sure))
    return read_apart(returned_figures, upload, known, said, given, beside, language)


def _observation(figure: Figure, at: datetime) -> Observation:
    assert figure.released is not None  # refused otherwise
    return Observation(
        indicator_code=figure.indicator.code,
        geography=figure.geography,
        period_start=figure.period.start,
        period_end=figure.period.end,
        value=None if figure.value is None else float(figure.value),
        yoy_published=None if figure.yoy is None else float(figure.yoy),
        decimals=figure.decimals,
        status=figure.status,
        vintage=figure.released,
        source=figure.source,
        imported_at=at,
        mark=figure.mark,
    )


def _detail(upload: Upload, outcome: Checked, given: Supplement | None) -> dict[str, object]:
    return {
        "rows": len(outcome.read),
        "indicators": sorted({figure.indicator.code for figure in outcome.read}),
        "file": shown(upload.name),
        "sha256": hashlib.sha256(upload.content).hexdigest(),
        "warnings": len(outcome.warnings),
        "targets": len(outcome.targets),
        **({"refusals": how_many(outcome.refused)} if outcome.refused else {}),
        **({"confirmed": len(outcome.doubts)} if outcome.doubts and given and given.sure else {}),
        **({"periods": list(given.periods)} if given and outcome.open_years else {}),
    }
