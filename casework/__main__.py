"""`python -m casework due 2018-12-28 --working-days 3 | recompute | lifecycle`: the rules of casework from a shell."""

import argparse
import sys
from datetime import date

from casework.cases.deadlines import recompute_deadlines
from casework.cases.diagram import diagram
from db import clock
from db.calendar.workdays import calendar_version, due_date
from db.refused import Refused
from db.store import open_store

MOST = 1000


def main(argv: list[str] | None = None) -> int:
    args = _parser().parse_args(argv)
    try:
        return args.verb(args)
    except Refused as refusal:  # only the file of calendar corrections can be at fault here
        print(f"{refusal.code}: {refusal.facts.get('why', '')}", file=sys.stderr)
        return 1


def _due(args: argparse.Namespace) -> int:
    """The day alone on the first line; `provisional` on a second where the year's calendar is unpublished."""
    try:
        due = due_date(args.start, args.working_days)
    except OverflowError:
        print("the deadline lies after the last day of the calendar", file=sys.stderr)
        return 1
    print(due.day.isoformat())
    if due.provisional:
        print("provisional")
    return 0


def _recompute(_args: argparse.Namespace) -> int:
    """What the server does at its start; here with the server stopped, since one process owns the store."""
    try:
        store = open_store()
    except Exception as error:  # whatever the store does not like: the operator reads it
        print(f"The store cannot be opened: {error}", file=sys.stderr)
        return 1
    try:
        store.migrate()
        print(f"{recompute_deadlines(store, at=clock.now())} deadlines changed; calendar: {calendar_version()}")
    finally:
        store.close()
    return 0


def _lifecycle(_args: argparse.Namespace) -> int:
    print(diagram(), end="")
    return 0


def _some_days(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MOST:
        raise argparse.ArgumentTypeError(f"from 1 to {MOST}")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m casework", description=__doc__)
    verbs = parser.add_subparsers(required=True)
    due = verbs.add_parser("due", help="the deadline after so many working days; the first day is not counted")
    due.add_argument("start", type=date.fromisoformat, help="YYYY-MM-DD")
    due.add_argument("--working-days", type=_some_days, required=True)
    due.set_defaults(verb=_due)
    recompute = verbs.add_parser("recompute", help="make open deadlines anew where the calendar has changed")
    recompute.set_defaults(verb=_recompute)
    verbs.add_parser("lifecycle", help="docs/lifecycle.md, from the table").set_defaults(verb=_lifecycle)
    return parser


if __name__ == "__main__":
    sys.exit(main())
