"""`python -m casework due 2018-12-28 --working-days 3`: the rules of casework from a shell."""

import argparse
import sys
from datetime import date

from casework.workdays import due_date

MOST = 1000


def main(argv: list[str] | None = None) -> int:
    args = _parser().parse_args(argv)
    return args.verb(args)


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
    return parser


if __name__ == "__main__":
    sys.exit(main())
