"""`python -m intake import enterprises|indicators|beneficiaries|cases|12345|…|xlsform|wjx FILE [--check]` and
`python -m intake template cases|forums|attendance|policies FILE`, with `--language zh|en`, as on the pages.

Standard output is one JSON object {"read", "refused", "warnings"}; a refusal is {row, field, code, reason}, its row the
spreadsheet's number (0: the whole file). Exit 0: everything read; 1: something refused, and then nothing was written,
unless `--take-good` was asked for.
Of each code a hundred are said one by one, and how many more there are of any. A form (xlsform) or answers (wjx) give
{"read", "unsupported", "refused"}; what is not refused is taken, and the exit is 1 all the same.
Of a bureau's own table of indicators, `--source` and `--released` say what the table does not, `--period` up to which
month a year counts that it states alone ("open_years"), and each finding names its cell and the rule of statistics that
it comes from. `--check` writes nothing and needs no store. Reasons come in the shell's language (LANG) unless one is
chosen.
"""

import argparse
import dataclasses
import json
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import i18n
from access.actor import Actor
from db import clock, migrations
from db.address import address_of
from db.refused import Refused
from db.store import Store, open_store
from intake import beneficiaries
from intake import foreign_files as form_files
from intake.files.imports import Finding, Outcome, of_file
from intake.files.upload import MOST_BYTES, Upload
from intake.history import importing as ledgers
from intake.indicators import importing as indicators
from intake.indicators.rules import rulebook
from intake.indicators.rules.fractions import EVERY, FRACTION, PERCENT
from intake.indicators.terms.given import Supplement
from intake.indicators.terms.places import CHOICES
from intake.questionnaires import versions as questionnaires
from intake.register import enterprises
from intake.wjx.reader import NOMINAL, TURNED, WjxReading
from intake.wjx.wave import checked_reason, import_wjx

log = logging.getLogger(__name__)

OPERATOR = Actor("operator", "staff", "operator")
ADMIN = Actor("operator", "admin", "operator")  # whose accounts and lists are
_Verb = Callable[..., Outcome[Any]]
_VERBS: dict[str, tuple[_Verb, _Verb, Callable[..., bytes]]] = {
    "enterprises": (enterprises.check_enterprises, enterprises.import_enterprises, enterprises.refused_enterprises),
    "indicators": (indicators.check_indicators, indicators.import_indicators, indicators.refused_indicators),
    "beneficiaries": (
        beneficiaries.check_beneficiaries,
        beneficiaries.import_beneficiaries,
        beneficiaries.refused_beneficiaries,
    ),
} | {
    name: (
        partial(ledgers.check_ledger, ledger=name),
        partial(ledgers.import_ledger, ledger=name),
        partial(ledgers.refused_of_ledger, ledger=name),
    )
    for name in ledgers.LEDGERS
}

_FORM, _RESULTS = "xlsform", "wjx"


def main(argv: list[str] | None = None) -> int:
    parser = _parser()
    args = parser.parse_args(argv)
    if args.verb == "template":
        return _template(args)
    if args.take_good and args.what == _FORM:
        parser.error("--take-good is for files with a row a record")
    if args.take_good and not _can_write(args.take_good):
        _say(of_file(Refused("file_not_written")), args.language)  # before anything is imported
        return 1
    if args.what in (_FORM, _RESULTS):
        return (_form if args.what == _FORM else _results)(args)
    outcome = _checked(args) if args.check else _imported(args)
    _say(outcome, args.language)
    return 1 if outcome.refused else 0


def _can_write(path: Path) -> bool:
    return path.parent.is_dir() and not path.is_dir() and os.access(path.parent, os.W_OK)


def _template(args: argparse.Namespace) -> int:
    with _readable_store() as (store, _):
        made = store.read(lambda con: ledgers.ledger_template(con, args.language, ledger=args.what))
    try:
        args.file.write_bytes(made)
    except OSError:
        _say(of_file(Refused("file_not_written")), args.language)
        return 1
    return 0


def _form(args: argparse.Namespace) -> int:
    """A form becomes a draft, which staff complete and open. The same file a second time is the same draft."""
    try:
        reading = form_files.read_form_file(form_files.upload_of(args.file))
        if (asked := reading.questionnaire) and not args.check:
            with _writable_store() as store:
                questionnaires.keep_imported(store, actor=OPERATOR, questionnaire=asked, at=clock.now())
    except Refused as refusal:
        reading = form_files.refused(refusal)
    _print(form_files.as_json(reading, args.language))
    return 0 if reading.questionnaire and not reading.refused else 1


def _results(args: argparse.Namespace) -> int:
    """Answers of another system become a closed wave. The same file a second time writes nothing."""
    try:
        answer = _taken(args)
    except Refused as refusal:
        answer = form_files.results_as_json(WjxReading(form_files.refused(refusal)), args.language)
    _print(answer)
    return 0 if not answer["refused"] else 1


def _taken(args: argparse.Namespace) -> dict[str, Any]:
    upload = form_files.upload_of(args.file)
    found = form_files.read_result_file(upload, dict(args.scale), args.keep, args.answered)
    checked_reason(found, args.reason)
    answer = form_files.results_as_json(found, args.language)
    if answer["responses"] and not args.check:
        with _writable_store() as store:
            asked = {"content": upload.content, "found": found, "reason": args.reason}
            taken = import_wjx(store, actor=OPERATOR, at=clock.now(), **asked)
        if args.take_good and taken.refused:
            said = (dict(args.scale), args.keep, args.answered, args.language, taken.refused)
            args.take_good.write_bytes(form_files.refused_results(upload, *said))
        answer |= form_files.taken_as_json(taken, args.language)
    return answer


@contextmanager
def _writable_store() -> Iterator[Store]:
    """Raises Refused('store_not_opened')."""
    store = _opened()
    if store is None:
        raise Refused("store_not_opened")
    try:
        store.migrate()
        yield store
    finally:
        store.close()


def _checked(args: argparse.Namespace) -> Outcome[Any]:
    """A missing release date only warns: the file may be checked before it is published."""
    check, _, _ = _VERBS[args.what]
    options = {"strict": False} if args.what == "indicators" else {}
    with _readable_store() as (store, compared):
        known = {"actor": _actor(args), "at": clock.now(), **options}
        outcome = _try(lambda: check(store, upload=_upload(args.file), **known, **_of_its_own(args, store)))
    if compared:
        return outcome
    note = Finding(0, "store", "store_not_compared")
    return dataclasses.replace(outcome, warnings=(note, *outcome.warnings))


def _imported(args: argparse.Namespace) -> Outcome[Any]:
    _, verb, returned = _VERBS[args.what]
    try:
        with _writable_store() as store:
            given = _of_its_own(args, store)
            options = given | ({"take_good": True} if args.take_good else {})
            outcome = _try(
                lambda: verb(store, actor=_actor(args), upload=_upload(args.file), at=clock.now(), **options)
            )
            if args.take_good and outcome.refused and outcome.written is not None:
                asked = {"upload": _upload(args.file), "at": clock.now(), "language": args.language, **given}
                args.take_good.write_bytes(returned(store, actor=_actor(args), **asked))
            return outcome
    except Refused as refusal:
        return Outcome(refused=(Finding(0, "store", refusal.code),))


def _actor(args: argparse.Namespace) -> Actor:
    ledger = ledgers.LEDGERS.get(args.what)
    return OPERATOR if ledger is None or OPERATOR.may(ledger.permission) else ADMIN


def _of_its_own(args: argparse.Namespace, store: Store) -> dict[str, Any]:
    """What one kind of file asks for and the others do not. Raises Refused('policy_unknown')."""
    if args.what == "beneficiaries":
        return {"policy_id": store.read(lambda con: beneficiaries.policy_numbered(con, args.policy))}
    return {"given": _given(args)} if args.what == "indicators" else {}


def _try(fn: Callable[[], Outcome[Any]]) -> Outcome[Any]:
    """Whatever happens is an answer: a refusal as such, a fault as a damaged file, logged."""
    try:
        return fn()
    except Refused as refusal:
        return of_file(refusal)
    except Exception:
        log.exception("the import failed")
        return of_file(Refused("file_damaged"))


@contextmanager
def _readable_store() -> Iterator[tuple[Store, bool]]:
    """The store to compare with; where there is none, or it is in use, an empty one with the reference lists.

    The second says whether all that is stored was compared: nothing is lost where nothing is stored yet.
    """
    stored = _exists()
    store = _opened() if stored else None
    if store is not None and not store.read(migrations.pending):
        yield store, True
        store.close()
        return
    if store is not None:
        store.close()
    with tempfile.TemporaryDirectory() as folder:
        empty = open_store(f"duckdb:{folder}/store.duckdb")
        empty.migrate()
        yield empty, not stored
        empty.close()


def _opened() -> Store | None:
    try:
        return open_store()
    except Exception as error:
        log.warning("the store cannot be opened: %s", error)
        return None


def _exists() -> bool:
    try:
        at = address_of()
        return bool(at.server) or at.path.is_file()
    except ValueError:  # a kind of store that is not built: there may be one, but nobody can open it
        return True


def _upload(path: Path) -> Upload:
    try:
        with path.open("rb") as file:
            return Upload(path.name, file.read(MOST_BYTES + 1))
    except OSError:
        raise Refused("file_missing") from None


def _say(outcome: Outcome[Any], language: str) -> None:
    placed = isinstance(outcome, indicators.Checked) and outcome.layout == "table"
    answer: dict[str, object] = {
        "read": [reading.as_json() for reading in outcome.read],
        "refused": [_finding(found, language, placed=placed) for found in outcome.refused],
        "warnings": [_finding(found, language, placed=placed) for found in outcome.warnings],
    }
    if isinstance(outcome, indicators.Checked):
        answer["layout"] = outcome.layout
        answer["unknown"] = [{"name": one.name, "cell": one.where, "numbers": one.numbers} for one in outcome.unknown]
        answer["open_years"] = list(outcome.open_years)
        answer["targets"] = [dataclasses.asdict(one) for one in outcome.targets]
    _print(answer)


def _print(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False, indent=2).encode() + b"\n")
    sys.stdout.flush()


def _finding(found: Finding, language: str, *, placed: bool = False) -> dict[str, object]:
    """`placed`: the file has many values a row, so the finding names its cell, and the rule that it comes from."""
    said = {"row": found.row, "field": found.field, "code": found.code, "reason": found.reason(language)}
    return said | {"cell": found.cell, "rule": rulebook.number_of(found.code)} if placed else said


def _given(args: argparse.Namespace) -> Supplement:
    growth = {EVERY: args.growth} if args.growth else {}
    said = {"place": args.place, "hidden": args.hidden, "sure": args.sure, "periods": tuple(args.period)}
    return Supplement(args.source, args.released, growth=growth, **said)


def _scale(said: str) -> tuple[str, str]:
    item, _, how = said.partition("=")
    if how not in (TURNED, NOMINAL):
        raise argparse.ArgumentTypeError(f"{said}: say ITEM={TURNED} or ITEM={NOMINAL}")
    return item, how


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m intake", description=__doc__)
    verbs = parser.add_subparsers(required=True, dest="verb")
    brought = verbs.add_parser("import", help="read a CSV or XLSX; all of it or nothing")
    brought.add_argument("what", choices=[*sorted(_VERBS), _FORM, _RESULTS])
    brought.add_argument("file", type=Path)
    brought.add_argument("--source", default="", help="who published a table of indicators that does not say so")
    brought.add_argument("--released", default="", help="when it was published, as 2023-11-20")
    brought.add_argument(
        "--period", action="append", default=[], metavar="MONTH",
        help="the month up to which a year counts that the file states alone, as 2022-11; once for each year",
    )  # fmt: skip
    brought.add_argument("--policy", type=int, metavar="NUMBER", help="whose beneficiaries a list names")
    brought.add_argument("--hidden", action="store_true", help="read hidden sheets, rows and columns too")
    brought.add_argument(
        "--growth", choices=(FRACTION, PERCENT), default="", help="what 0.082 is in a column of growth"
    )
    brought.add_argument("--place", choices=CHOICES, default="", help="whose figures they are, where another is named")
    brought.add_argument(
        "--sure", action="store_true", help="figures that vanish, or fall although growth is published, are meant"
    )
    brought.add_argument(
        "--keep", action="append", default=[], metavar="HEADING", help="a column that says who somebody is, and stays"
    )
    brought.add_argument("--reason", default="", help="why such columns stay; it is recorded")
    brought.add_argument(
        "--answered", type=date.fromisoformat, metavar="DAY",
        help="when the answers were given that do not say it themselves, as 2023-11-20",
    )  # fmt: skip
    brought.add_argument(
        "--scale", action="append", default=[], type=_scale, metavar=f"ITEM={TURNED}|{NOMINAL}",
        help="of answers, a scale whose other end is the best, or that is none; see 'scale' in what is read",
    )  # fmt: skip
    brought.add_argument(
        "--take-good", type=Path, metavar="FILE",
        help="import what is right; the rest is written to FILE with its reasons",
    )  # fmt: skip
    brought.add_argument("--check", action="store_true", help="say what an import would do, write nothing")
    empty = verbs.add_parser("template", help="write the headings of a ledger and one row")
    empty.add_argument("what", choices=sorted(ledgers.LEDGERS))
    empty.add_argument("file", type=Path)
    spoken = i18n.choose(os.environ.get("LC_ALL", os.environ.get("LANG")), "en")
    for one in (brought, empty):
        one.add_argument("--language", choices=i18n.LANGUAGES, default=spoken)
    return parser


if __name__ == "__main__":
    sys.exit(main())
