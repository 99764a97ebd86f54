"""`python -m insight figures [--as-of YYYY-MM-DD]`: every figure as JSON, from the store in STORE_URL."""

import argparse
import json
import sys
from datetime import date

from db import clock
from db.figures import EVERYTHING
from db.scope import ALL
from db.store import open_store
from insight.facts import Facts, read_facts
from insight.figures import as_json, measures


def main(argv: list[str] | None = None) -> int:
    args = _parser().parse_args(argv)
    try:
        facts = _facts(args.as_of)
    except Exception as error:  # another process holds the file, or it was never migrated: an operator reads why
        print(f"The store cannot be read: {error}", file=sys.stderr)
        return 1
    found = measures(facts)  # the headlines and the closed loop first, then what stands beside them
    print(json.dumps([as_json(measure) for measure in found.values()], ensure_ascii=False, indent=2))
    return 0


def _facts(as_of: date) -> Facts:
    store = open_store()
    try:
        return store.read(lambda con: read_facts(con, scope=ALL, filters=EVERYTHING, as_of=as_of))
    finally:
        store.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m insight", description=__doc__)
    verbs = parser.add_subparsers(required=True)
    figures = verbs.add_parser("figures", help="every figure as JSON, headlines first")
    figures.add_argument(
        "--as-of", type=date.fromisoformat, default=clock.day_of(clock.now()), help="a day in Shanghai; today if absent"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
