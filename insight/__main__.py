"""Command lines of `insight`, as JSON.

`python -m insight figures [--as-of YYYY-MM-DD]`: every figure, from the store in STORE_URL.
`python -m insight demo`: publish the last waves of a store of demonstration data, once.
`python -m insight leaf [--as-of YYYY-MM-DD] [--language zh|en] --out FILE.pdf`: the weekly leaf, one sheet of A4.
`python -m insight estimate FILE --value x --weight w --strata s`: a mean, share or NPS of anybody's survey file.
"""

import argparse
import json
import sys
from dataclasses import fields
from datetime import date
from pathlib import Path

from db import clock
from db.figures import EVERYTHING
from db.scope import ALL
from db.store import open_store
from insight import microdata
from insight.demo import publish_demo
from insight.estimates import LONELY
from insight.facts import Facts, read_facts
from insight.figures import as_json, measures
from insight.leaf import leaf_pdf
from insight.leaf_of import leaf_of
from insight.microdata import Wanted
from insight.print_fonts import NoFont

_COLUMNS = {
    "weight": "weights; absent: all 1",
    "cluster": "primary sampling units",
    "domain": "an estimate for each of its values",
    "fpc": "how many units a stratum has",
}

_CODES = {
    "missing": "codes of the value that are no answer, such as -9; several by commas",
    "yes": "codes that count as yes in a share; all others count as no",
}


def main(argv: list[str] | None = None) -> int:
    args = _parser().parse_args(_joined(sys.argv[1:] if argv is None else argv))
    return args.run(args)


def _joined(argv: list[str]) -> list[str]:
    """`--missing -9,-8` as `--missing=-9,-8`: the parser would take several negative codes for an option."""
    made: list[str] = []
    for word in argv:
        if made and made[-1] in ("--missing", "--yes"):
            made[-1] += f"={word}"
        else:
            made.append(word)
    return made


def _figures(args: argparse.Namespace) -> int:
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


def _demo(_args: argparse.Namespace) -> int:
    store = open_store()
    try:
        made = publish_demo(store, at=clock.now())
        print(json.dumps({"published": [one.wave_id for one in made]}))
    finally:
        store.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m insight", description=__doc__)
    verbs = parser.add_subparsers(required=True)
    figures = verbs.add_parser("figures", help="every figure as JSON, headlines first")
    figures.add_argument(
        "--as-of", type=date.fromisoformat, default=clock.day_of(clock.now()), help="a day in Shanghai; today if absent"
    )
    figures.set_defaults(run=_figures)
    verbs.add_parser("demo", help="publish the last waves of demonstration data, once").set_defaults(run=_demo)
    _leaf_parser(verbs.add_parser("leaf", help="the glance on one sheet of A4, as PDF"))
    _estimate_parser(verbs.add_parser("estimate", help="an estimate with its 95 %% interval from a survey file"))
    return parser


def _leaf_parser(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--as-of", type=date.fromisoformat, default=clock.day_of(clock.now()), help="its last day")
    verb.add_argument("--language", choices=("zh", "en"), default="zh")
    verb.add_argument("--out", type=Path, required=True, metavar="FILE")
    verb.set_defaults(run=_leaf)


def _leaf(args: argparse.Namespace) -> int:
    store = open_store()
    try:
        asked = {"scope": ALL, "as_of": args.as_of, "language": args.language}
        args.out.write_bytes(leaf_pdf(store.read(lambda con: leaf_of(con, **asked))))
    except (NoFont, OSError) as error:
        print(f"The leaf cannot be made: {error}", file=sys.stderr)
        return 1
    finally:
        store.close()
    return 0


def _estimate_parser(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, help="CSV, Parquet or Stata: a row an interview")
    verb.add_argument("--value", required=True, help="the column that is estimated")
    verb.add_argument("--kind", choices=microdata.KINDS, default="mean", help="share: of 0 and 1; nps: of 0 to 10")
    verb.add_argument("--strata", action="append", default=[], metavar="COLUMN", help="may be given several times")
    for name, what in _COLUMNS.items():
        verb.add_argument(f"--{name}", default="", metavar="COLUMN", help=what)
    for name, what in _CODES.items():
        verb.add_argument(f"--{name}", action="append", default=[], metavar="CODE", help=what)
    verb.add_argument(
        "--lonely", choices=LONELY, default=LONELY[0], help="what a stratum of one unit adds to the error"
    )
    verb.set_defaults(run=_estimate)


def _estimate(args: argparse.Namespace) -> int:
    asked = {one.name: getattr(args, one.name) for one in fields(Wanted)}
    asked |= {name: [code for given in asked[name] for code in given.split(",")] for name in _CODES}
    try:
        print(microdata.as_json(microdata.estimate_file(args.file, Wanted(**asked))))
    except (OSError, ValueError) as error:  # a file that is not there, not readable, or not what was said
        print(f"Nothing can be estimated: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
