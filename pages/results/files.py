"""A report as a file: what the results page and the public page let one take away."""

from casework.documents.exports import to_csv, to_workbook
from db.system import settings
from insight.survey import report_files as files
from insight.survey.report import Report
from insight.survey.report_words import Speech
from pages.shared.here import now, store

FILES = {"word": "docx", "xlsx": "xlsx", "csv": "csv", "parquet": "parquet"}  # a kind's word → how its name ends


def content(found: Report, ending: str, say: Speech) -> bytes:
    if ending == "parquet":
        return files.to_parquet(found)
    if ending == "csv":
        return to_csv(files.columns(say), files.lines(found, say))
    if ending == "docx":
        issuer = store().read(settings.district).say(say.language)
        return files.to_word(found, say, issuer=issuer, at=now())
    return _workbook(found, say)


def _workbook(found: Report, say: Speech) -> bytes:
    title, notes = found.title(say.language), [[line] for line in files.notes(found, say)]
    return to_workbook(
        [
            (say.word("file.sheet_figures"), files.columns(say), files.lines(found, say), title),
            (say.word("file.sheet_rates"), files.rate_columns(say), files.rates(found, say), title),
            (say.word("file.sheet_method"), [title], notes, ""),
        ]
    )
