"""What was written down wrongly of a case is put right with a reason; its past stays as it was seen."""

from access.typed import one_line
from casework.cases.lifecycle import CORRECTED
from db import references
from db.cases.cases import Case
from db.cases.past import CORRECTED_FROM
from db.refused import Refused, Wrong
from db.sql import Connection, Row

KINDS = ("problem", "suggestion")
CHANNELS = ("point", "line", "surface")  # what somebody on behalf may choose; an enterprise's own way is 'self'
EVERY_CHANNEL = (*CHANNELS, "self", "forum", "hotline")
LONGEST_TITLE = 120
_LISTS = {"category": "category", "sector_code": "sector", "town_code": "town"}  # field → its reference list


def check_listed(con: Connection, list_name: str, code: str | None) -> Refused | None:
    """Sectors are divisions, such as C17; the sections above them only group."""
    listed = {i.code for i in references.items(con, list_name, active_only=True) if list_name != "sector" or i.parent}
    return None if code in listed else Refused(f"issue_{list_name}")


def corrected(con: Connection, case: Case, given: Row) -> Row:
    """Of what was given that alone which differs. Raises Refused where nothing does or where it cannot be so."""
    said = {name: one_line(given[name]) for name in CORRECTED if given.get(name)}
    differs, wrong = {name: value for name, value in said.items() if value != getattr(case, name)}, Wrong()
    wrong.unless(differs, "nothing_corrected")
    wrong.unless(differs.get("kind", KINDS[0]) in KINDS, "issue_kind")
    for name, list_name in _LISTS.items():
        listed = name not in differs or check_listed(con, list_name, differs[name]) is None
        wrong.unless(listed, f"issue_{list_name}")
    wrong.unless(len(differs.get("title", "")) <= LONGEST_TITLE, "issue_title_too_long", longest=LONGEST_TITLE)
    wrong.refuse()
    return differs


def what_it_was(case: Case, differs: Row) -> Row:
    """The part of the event that keeps the past as it was seen."""
    return {CORRECTED_FROM: {name: getattr(case, name) for name in differs}} if differs else {}
