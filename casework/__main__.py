"""`python -m casework due 2018-12-28 --working-days 3 | recompute | lifecycle | learn | suggest --text …`."""

import argparse
import sys
from collections.abc import Callable
from datetime import date

from casework.cases.deadlines import recompute_deadlines
from casework.cases.diagram import diagram
from casework.similar.asking import before
from casework.similar.learning import learn, newest
from db import clock
from db.calendar.workdays import calendar_version, due_date
from db.refused import Refused
from db.scope import ALL
from db.store import Store, open_for_operator

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


def _with_store(verb: Callable[[Store, argparse.Namespace], None]) -> Callable[[argparse.Namespace], int]:
    """With the server stopped, since one process owns the store."""

    def done(args: argparse.Namespace) -> int:
        store = open_for_operator()
        if store is None:
            return 1
        try:
            store.migrate()
            verb(store, args)
        except ValueError as error:  # too little was there to learn of
            print(f"Nothing was learnt: {error}", file=sys.stderr)
            return 1
        finally:
            store.close()
        return 0

    return done


def _recompute(store: Store, _args: argparse.Namespace) -> None:
    """What the server does at its start."""
    print(f"{recompute_deadlines(store, at=clock.now())} deadlines changed; calendar: {calendar_version()}")


def _learn(store: Store, _args: argparse.Namespace) -> None:
    about = learn(store, clock.now()).about
    print(f"version {about.version}: {about.cases} cases, held out from {about.month} on")
    for what, held in about.held.items():
        print(f"{what}: macro-F1 {held.macro_f1:.3f}, right {held.right:.1%}, among the first three "
              f"{held.first_three:.1%}, of {held.texts} texts")  # fmt: skip


def _suggest(store: Store, args: argparse.Namespace) -> None:
    """What staff are told of a text; learnt first where nothing was learnt yet."""
    learnt = newest() or learn(store, clock.now())
    found = store.read(lambda con: before(con, ALL, args.text, "", learnt.about.version))
    assert found is not None
    for what in ("category", "lead"):
        print(f"{what}: " + ", ".join(f"{guess.label} {guess.sure:.0%}" for guess in getattr(found, what)))
    for name in ("solved", "duplicates"):
        for one in getattr(found, name):
            days = f"{one.days} days" if one.days is not None else one.case.state
            print(f"{name}: {one.case.number} {one.share:.2f} {one.case.lead_body or '-'} {days} {one.case.title}")


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
    recompute.set_defaults(verb=_with_store(_recompute))
    learnt = verbs.add_parser("learn", help="learn of the cases what they were about, who solved them, which are alike")
    learnt.set_defaults(verb=_with_store(_learn))
    suggest = verbs.add_parser("suggest", help="category, lead body and similar cases for a text")
    suggest.add_argument("--text", required=True)
    suggest.set_defaults(verb=_with_store(_suggest))
    verbs.add_parser("lifecycle", help="docs/lifecycle.md, from the table").set_defaults(verb=_lifecycle)
    return parser


if __name__ == "__main__":
    sys.exit(main())
