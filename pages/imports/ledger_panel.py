"""A kind of ledger brought in: its rows by what a person knows them by."""

from datetime import date
from functools import partial

import i18n
from casework.cases.correction import LONGEST_TITLE
from intake.history.importing import check_ledger, import_ledger, ledger_template, refused_of_ledger
from intake.history.reading import OldRow
from intake.words import cut
from pages.imports.panel import import_panel
from pages.imports.preview import Import
from pages.shared.here import lang, t
from pages.shared.markup import Markup
from pages.shared.rows import cell, strong

_DOTS = {"new": "f2f-dot f2f-on", "same": "f2f-dot", "differs": "f2f-dot"}
# what a row is called by, and what stands below
_SAID = ("title", "text", "theme", "person", "account_name", "list_name_zh", "outcome", "case_number")
_BELOW = ("old_number", "case_number", "order_number", "caller", "forum", "organisation", "submitted", "held_on",
          "issued_on", "login", "list_code")  # fmt: skip


def _line(row: OldRow) -> list[Markup]:
    """By what a person knows it; codes and ids stay inside."""
    called = cut(next(row.values[name] for name in _SAID if row.values.get(name)), LONGEST_TITLE)
    below = (row.values.get(name) for name in _BELOW)
    return [
        cell(t("import.row_number", n=row.row), style="f2f-quiet"),
        strong(called, quiet=i18n.DOT.join(_said(value) for value in below if value)),
        cell(t(f"import.change.{row.kind}"), style=_DOTS[row.kind]),
    ]


def _said(value: object) -> str:
    return i18n.day(value, lang()) if isinstance(value, date) else str(value)


def ledger_panel(name: str) -> None:
    check, bring = partial(check_ledger, ledger=name), partial(import_ledger, ledger=name)
    template, returned = partial(ledger_template, ledger=name), partial(refused_of_ledger, ledger=name)
    import_panel(Import(name, check, bring, template, "old", _line, returned=returned))
