"""`python -m i18n texts en | check fr`: what a translator is given, what a language lacks (docs/languages.md)."""

import argparse
import sys

from i18n import LANGUAGES
from i18n.translating import gaps, texts


def main(argv: list[str] | None = None) -> int:
    args = _parser().parse_args(argv)
    if args.language not in LANGUAGES:
        print(f"no language {args.language!r}: {', '.join(LANGUAGES)}", file=sys.stderr)
        return 1
    return args.verb(args.language)


def _texts(language: str) -> int:
    """every text of a language, a line each, to translate"""
    print(texts(language), end="")
    return 0


def _check(language: str) -> int:
    """what the texts of a language lack"""
    found = gaps(language)
    print("\n".join(found) or "nothing is missing")
    return 1 if found else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m i18n", description=__doc__)
    verbs = parser.add_subparsers(required=True)
    for name, verb in (("texts", _texts), ("check", _check)):
        of_language = verbs.add_parser(name, help=verb.__doc__)
        of_language.add_argument("language")
        of_language.set_defaults(verb=verb)
    return parser


if __name__ == "__main__":
    sys.exit(main())
