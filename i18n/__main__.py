"""`python -m i18n texts en [--part] | check fr`: what to translate, what a language lacks (docs/languages.md)."""

import argparse
import sys

from i18n import LANGUAGES
from i18n.translating import gaps, texts


def main(argv: list[str] | None = None) -> int:
    args = _parser().parse_args(argv)
    if args.language not in LANGUAGES:
        print(f"no language {args.language!r}: {', '.join(LANGUAGES)}", file=sys.stderr)
        return 1
    return args.verb(args)


def _texts(args: argparse.Namespace) -> int:
    """every text of a language, a line each, to translate"""
    print(texts(args.language, part=args.part), end="")
    return 0


def _check(args: argparse.Namespace) -> int:
    """what the texts of a language lack"""
    found = gaps(args.language)
    print("\n".join(found) or "nothing is missing")
    return 1 if found else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m i18n", description=__doc__)
    verbs = parser.add_subparsers(required=True)
    for name, verb in (("texts", _texts), ("check", _check)):
        of_language = verbs.add_parser(name, help=verb.__doc__)
        of_language.add_argument("language")
        of_language.set_defaults(verb=verb)
        if verb is _texts:
            of_language.add_argument("--part", action="store_true", help="those of the enterprise's pages alone")
    return parser


if __name__ == "__main__":
    sys.exit(main())
