"""Command lines of `insight`, as JSON.

`python -m insight figures [--as-of YYYY-MM-DD]`: every figure, from the store in STORE_URL.
`python -m insight demo`: publish the last waves of a store of demonstration data and a few figures, once.
`python -m insight leaf [--as-of YYYY-MM-DD] [--language zh|en] --out FILE.pdf`: the weekly leaf, one sheet of A4.
`python -m insight estimate FILE --value x --weight w --strata s`: a mean, share, total, ratio, percentile or NPS of
anybody's survey file; exit code 1 where nothing can be estimated, 2 where it was not asked rightly.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields
from datetime import date
from math import inf
from pathlib import Path

import i18n
from casework.documents.print_fonts import NoFont
from db import clock
from db.figures.figures import EVERYTHING
from db.refused import Refused
from db.scope import ALL
from db.store import Store, open_store
from insight.cases.facts import read_facts
from insight.cases.figures import as_json, measures
from insight.demo import publish_demo, show_demo
from insight.glance.leaf import leaf_pdf
from insight.glance.leaf_of import leaf_of
from insight.survey import microdata
from insight.survey.estimates import LONELY
from insight.survey.microdata import Wanted
from insight.survey.replicates import REPLICATIONS

_COLUMNS = {
    "weight": "weights; absent: all 1, or by --fpc",
    "per": "what a ratio is divided by",
    "combine": "a second column beside --value, joined with it by --rule",
}

_SEVERAL = {
    "strata": ("COLUMN", "strata; given several times: crossed"),
    "cluster": ("COLUMN", "primary sampling units; given again: the units drawn within them"),
    "fpc": ("COLUMN", "how many units a stratum has, or which part was drawn (0.2); given again: of each cluster"),
    "domain": ("COLUMN", "an estimate for each of its values; given several times: crossed"),
    "replicates": ("COLUMNS", "replicate weights, by name or as 'bw*'; --weight is the whole sample's"),
    "where": ("CONDITION", "rows that the estimate is of: 'a0=1', 'size=2|3', 'a0!=2', 'l1>=100'"),
}

_CODES = {
    "missing": "codes of the value that are no answer, as -9 or '<0'; several by commas; those that the file's own "
    "labels call so are none without it",
    "keep": "codes that are answers although their label or their number looks like none",
    "yes": "codes that count as yes in a share or a total ('1', 'Yes', '>0'); all others count as no",
    "at": "parts for --kind percentile; 0.5, the median, if absent",
}

_RULES = (
    "first: the second column where the first has no answer; any, all: yes where either or both say so, the larger or "
    "smaller number; sum, difference, mean: of rows that have both"
)
_KINDS = (
    "mean; share of --yes in percent (Wilson's interval); shares: of every category; total; ratio: value by --per; "
    "percentile: by --at, with Woodruff's interval; nps: of 0 to 10"
)


def main(argv: list[str] | None = None) -> int:
    args = _parser().parse_args(_joined(sys.argv[1:] if argv is None else argv))
    return args.run(args)


def _joined(argv: list[str]) -> list[str]:
    """`--missing -9,-8` as `--missing=-9,-8`: the parser would take several negative codes for an option."""
    made: list[str] = []
    for word in argv:
        if made and made[-1] in ("--missing", "--keep", "--yes", "--at"):
            made[-1] += f"={word}"
        else:
            made.append(word)
    return made


def _of_store(verb: Callable[[Store, argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Another process holds the file, it is none, or it was never migrated: an operator reads why."""

    def run(args: argparse.Namespace) -> int:
        try:
            with closing(open_store()) as store:
                return verb(store, args)
        except Exception as error:
            print(f"The store cannot be read: {error}", file=sys.stderr)
            return 1

    return run


def _figures(store: Store, args: argparse.Namespace) -> int:
    facts = store.read(lambda con: read_facts(con, scope=ALL, filters=EVERYTHING, as_of=args.as_of))
    found = measures(facts)  # the headlines and the closed loop first, then what stands beside them
    print(json.dumps([as_json(measure) for measure in found.values()], ensure_ascii=False, indent=2))
    return 0


def _demo(store: Store, _args: argparse.Namespace) -> int:
    made, at = publish_demo(store, at=clock.now()), clock.now()
    print(json.dumps({"published": [one.wave_id for one in made], "cited": show_demo(store, at=at)}))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m insight", description=__doc__)
    verbs = parser.add_subparsers(required=True)
    figures = verbs.add_parser("figures", help="every figure as JSON, headlines first")
    figures.add_argument(
        "--as-of", type=date.fromisoformat, default=clock.day_of(clock.now()), help="a day in Shanghai; today if absent"
    )
    figures.set_defaults(run=_of_store(_figures))
    verbs.add_parser("demo", help="publish the last waves and a few figures of demonstration data, once").set_defaults(
        run=_of_store(_demo)
    )
    _leaf_parser(verbs.add_parser("leaf", help="the glance on one sheet of A4, as PDF"))
    _estimate_parser(verbs.add_parser("estimate", help="an estimate with its 95 %% interval from a survey file"))
    return parser


def _leaf_parser(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--as-of", type=date.fromisoformat, default=clock.day_of(clock.now()), help="its last day")
    verb.add_argument("--language", choices=i18n.everywhere(), default=i18n.MAIN)
    verb.add_argument("--out", type=Path, required=True, metavar="FILE")
    verb.set_defaults(run=_of_store(_leaf))


def _leaf(store: Store, args: argparse.Namespace) -> int:
    asked = {"scope": ALL, "as_of": args.as_of, "language": args.language}
    try:
        args.out.write_bytes(leaf_pdf(store.read(lambda con: leaf_of(con, **asked))))
    except (NoFont, OSError) as error:
        print(f"The leaf cannot be made: {error}", file=sys.stderr)
        return 1
    return 0


def _factor(said: str) -> float:
    factor = float(said)
    if not 0 <= factor < 1:
        raise argparse.ArgumentTypeError("Fay's factor is from 0 to below 1")
    return factor


def _numbers(said: str) -> tuple[float, ...]:
    made = tuple(float(one) for one in said.replace(",", " ").split())
    if not made or not all(0 <= one < inf for one in made):
        raise argparse.ArgumentTypeError("numbers of 0 or more, by commas or spaces")
    return made


def _estimate_parser(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "file",
        type=Path,
        help=".dta, .csv, .tsv, .txt, .xlsx, .xls, .parquet, .sas7bdat, .xpt, .sav, .zsav, .por: a row an interview",
    )
    verb.add_argument("--value", required=True, metavar="COLUMN", help="what is estimated")
    verb.add_argument("--kind", choices=microdata.KINDS, default=microdata.KINDS[0], help=_KINDS)
    for name, what in _COLUMNS.items():
        verb.add_argument(f"--{name}", default="", metavar="COLUMN", help=what)
    for name, (kind, what) in _SEVERAL.items():
        verb.add_argument(f"--{name}", action="append", default=[], metavar=kind, help=what)
    for name, what in _CODES.items():
        verb.add_argument(f"--{name}", action="append", default=[], metavar="CODE", help=what)
    verb.add_argument("--rule", choices=microdata.RULES, default="first", help=_RULES)
    verb.add_argument(
        "--replication", choices=REPLICATIONS, default=REPLICATIONS[0], help="how the replicate weights were made"
    )
    verb.add_argument("--rho", type=_factor, default=0.5, help="Fay's factor, 0 to 1")
    verb.add_argument("--factors", action="store_true", help="the replicate columns are factors of --weight")
    verb.add_argument(
        "--rscales", type=_numbers, default=(), metavar="NUMBERS",
        help="how much each replicate counts, as (n - 1)/n of its stratum for jkn; by commas or spaces, or one for all",
    )  # fmt: skip
    verb.add_argument(
        "--around", choices=("estimate", "mean"), default="estimate", help="what replicates are compared with"
    )
    verb.add_argument(
        "--lonely", choices=LONELY, default=LONELY[0], help="what a stratum of one unit adds to the error"
    )
    verb.add_argument("--casewise", action="store_true", help="rows without an answer leave the design, as in Stata")
    spoken = i18n.whole(i18n.choose(os.environ.get("LC_ALL", os.environ.get("LANG")), "en"))
    verb.add_argument("--language", choices=i18n.everywhere(), default=spoken, help="of what is said where it fails")
    verb.set_defaults(run=_estimate)


def _estimate(args: argparse.Namespace) -> int:
    asked = {one.name: getattr(args, one.name) for one in fields(Wanted)}
    asked |= {name: [code for given in asked[name] for code in given.split(",")] for name in _CODES}
    asked["at"] = asked["at"] or ["0.5"]
    try:
        found = microdata.estimate_file(args.file, Wanted(**asked))
    except Refused as refused:
        return _nothing(i18n.text(f"error.{refused.code}", args.language, **refused.facts), args.language)
    except OSError:
        return _nothing(i18n.text("error.estimate_no_file", args.language, name=args.file), args.language)
    for which in ("left_out", "suspect"):
        if codes := found[0][which]:
            print(i18n.text(f"estimate.{which}", args.language, codes=codes), file=sys.stderr)
    print(microdata.as_json(found))
    return 0


def _nothing(why: str, language: str) -> int:
    print(i18n.text("estimate.nothing", language, why=why), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
