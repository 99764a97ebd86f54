"""A file of indicators read by itself, as limited work: the part of a check that may take long. It asks nobody else."""

from collections.abc import Sequence
from dataclasses import replace

from intake.files.imports import Finding
from intake.files.spreadsheets import read_sheets, table_of
from intake.files.upload import Upload
from intake.indicators.check import (  # fmt: skip
    Checked,
    FileReading,
    above,
    checked_layout,
    checked_long,
    is_long,
    known_headings,
    long_table,
)
from intake.indicators.entries import Given
from intake.indicators.hidden import visible
from intake.indicators.known import Known
from intake.indicators.mapping import Mapped


def read_file(upload: Upload, known: Known, said: Sequence[Mapped], given: Given) -> FileReading:
    """All that the file itself says. Raises Refused('file_…' | 'table_too_large')."""
    every = read_sheets(upload, known=known_headings(), hidden=True)
    sheets, hidden = visible(every, long=is_long(every[0]), read=given.hidden)
    if not sheets:
        return FileReading(Checked(refused=(Finding(0, "file", "file_empty"),)), hidden=tuple(hidden))
    long = long_table(sheets)
    if long is not None:
        found = checked_long(long, known, [upload.name, *above(sheets[0], long)], given)
    else:
        found = checked_layout(sheets, upload.name, known, said, given)
    if found is None:  # neither a period nor an indicator anywhere: the long format says best what is missing
        found = checked_long(table_of(sheets[0], known=known_headings()), known)
    return replace(found, hidden=tuple(hidden))
