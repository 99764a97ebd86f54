"""The kinds of ledgers by name, and one read by itself: here is nothing of what is done with it afterwards, so that the
process that reads a stranger's file has little to load."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from intake.files.imports import Finding, Outcome
from intake.files.upload import Upload
from intake.history.reading import LedgerSheet, Lists, OldRow, read_rows, returned_rows
from intake.history.sheets import accounts, attendance, cases, forums, lists, orders, outcomes, policies

SHEETS: Mapping[str, LedgerSheet] = MappingProxyType(
    {
        "cases": cases.SHEET,
        "forums": forums.SHEET,
        "attendance": attendance.SHEET,
        "policies": policies.SHEET,
        "accounts": accounts.SHEET,
        "12345": orders.SHEET,
        "12345-outcomes": outcomes.SHEET,
        "bodies": lists.sheet_of("body"),
        "towns": lists.sheet_of("town"),
    }
)


def read_ledger(upload: Upload, ledger: str, known: Lists) -> Outcome[OldRow]:
    return read_rows(upload, SHEETS[ledger], known)


def returned_ledger(upload: Upload, ledger: str, known: Lists, language: str, more: Sequence[Finding]) -> bytes:
    return returned_rows(upload, SHEETS[ledger], known, language, more)
