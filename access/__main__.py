"""`python -m access admin LOGIN`: a link for an administrator whom nobody inside can let in. See deploy/README.md."""

import argparse
import sys

import i18n
from access.actor import Actor
from access.admin import let_in
from db import clock
from db.refused import Refused
from db.store import open_for_operator
from db.system import settings

OPERATOR = Actor("operator", "admin", "operator")


def main(argv: list[str] | None = None) -> int:
    args = _parser().parse_args(argv)
    store = open_for_operator()
    if store is None:
        return 1
    try:
        token = let_in(store, actor=OPERATOR, login=args.login, at=clock.now())
        print(f"{store.read(settings.public_url)}/reset/{token}")
    except Refused as refusal:
        print(f"Nothing was done: {i18n.text(f'error.{refusal.code}', 'en', **refusal.facts)}", file=sys.stderr)
        return 1
    except Exception as error:  # never migrated, read-only, no room
        print(f"Nothing was done: {error}", file=sys.stderr)
        return 1
    finally:
        store.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m access", description=__doc__)
    verbs = parser.add_subparsers(required=True)
    admin = verbs.add_parser("admin", help="for the first administrator, or the only one, who forgot the password")
    admin.add_argument("login", help="of the account, which is added where there is none; its name is changed inside")
    return parser


if __name__ == "__main__":
    sys.exit(main())
