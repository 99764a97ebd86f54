"""`python -m db migrate | district | demo | backup | restore | recover | verify | rebuild | erase | retention`."""

import argparse
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack, closing, nullcontext
from pathlib import Path

import duckdb
import psycopg

from db import clock, demo, events, keys, migrations
from db.address import address_of, path_of
from db.connecting import opened, remove
from db.files import Files
from db.migrations import NewerStore, UnfinishedCopy
from db.postgres import own_database
from db.postgres.connection import Unfit
from db.refused import FilesUnavailable, StoreReadOnly, StoreUnavailable
from db.sql import Connection
from db.store import Store, open_store
from db.system import anchors, backups, beside, copying, erasure, integrity, outside, rebuild, retention
from db.system.beside import NotServed
from db.system.restore import Restored, check, recover, restore

_PASSWORD = re.compile(r"(?<=[^/]):[^/@]*@")  # in an address, where it should not stand


def main(argv: list[str] | None = None) -> int:
    args = _parser().parse_args(argv)
    # What needs the store closed, or none.
    if args.verb in (_restore, _recover, _copy, _checked, _template, _own_database):
        return args.verb(args)
    return _of_each(argv or sys.argv[1:], args.stores) if getattr(args, "stores", None) else _of_one(args)


def _of_each(argv: list[str], stores: Sequence[str]) -> int:
    """The same for one store after another, each by a process of its own, so that none of them ends the others' turn.
    Exit 1 where any failed."""
    command = [sys.executable, "-m", "db", *(word for word in argv if word not in stores)]
    anchored = {"ANCHOR_FILE"} & os.environ.keys()  # where one store's history stood
    if anchored:
        _say("ANCHOR_FILE is of one store and not looked at")
    environment, failed = {name: said for name, said in os.environ.items() if name not in anchored}, list[str]()
    for n, url in enumerate(stores, 1):
        name = _PASSWORD.sub("@", url)
        done = subprocess.run(command, env={**environment, "STORE_URL": url}).returncode == 0
        failed += [] if done else [name]
        _say(f"{n} of {len(stores)} {'done' if done else 'NOT DONE'}: {name}")
    if failed:
        _say(f"{len(failed)} of {len(stores)} not done: {', '.join(failed)}")
    return int(bool(failed))


def _of_one(args: argparse.Namespace) -> int:
    try:
        store = open_store()
    except (duckdb.Error, psycopg.Error, OSError, ValueError) as error:
        if args.verb in _ASKED and (done := _asked(args)) is not None:
            return done
        print(f"The store cannot be opened: {error}", file=sys.stderr)
        return 1
    if store.damage:
        print(f"READ-ONLY: {store.damage}. `python -m db recover` brings it back.", file=sys.stderr)
    try:
        return args.verb(store, args)
    except StoreReadOnly:
        return 1
    except FilesUnavailable:
        print("Nothing was done: where the files lie nothing answers, as said above", file=sys.stderr)
        return 1
    except StoreUnavailable:
        print("Nothing was done: no room beside the store, or somebody reads it", file=sys.stderr)
        return 1
    except (
        duckdb.Error,
        psycopg.Error,
        OSError,
        anchors.BadAnchor,
        NewerStore,
        UnfinishedCopy,
        Unfit,
        copying.Unlike,
    ) as error:  # never migrated, no room, a folder that is none: an operator reads why
        print("\n".join([f"Nothing was done: {error}", *getattr(error, "__notes__", [])]), file=sys.stderr)
        return 1
    finally:
        store.close()


def _migrate(store: Store, _args: argparse.Namespace) -> int:
    if store.damage:
        raise StoreReadOnly
    applied = store.migrate()
    print("\n".join(f"applied {name}" for name in applied) or "nothing to apply")
    return 0


def _district(store: Store, args: argparse.Namespace) -> int:
    """On a store that is up to date."""
    from intake import districts  # a command stands above all rooms: the only one of db that looks up

    _migrate(store, args)
    return _found(*districts.begun(store, args.folder, clock.now()))


def _checked(args: argparse.Namespace) -> int:
    """Against the store where one is there and can be opened, else the folder alone."""
    from intake import districts

    with ExitStack() as opened:
        try:
            at = address_of()
            store = opened.enter_context(closing(open_store())) if at.server or at.path.exists() else None
            ready = store is not None and not store.read(migrations.pending)
        except (duckdb.Error, psycopg.Error, OSError, ValueError) as error:
            _say(f"Without the store: {error}")
            store, ready = None, False
        try:
            return _found(*districts.checked(store if ready else None, args.folder, clock.now()))
        except OSError as error:
            return _found(right=False, said=f"Nothing was checked: {error}")


def _template(args: argparse.Namespace) -> int:
    from intake import districts

    try:
        districts.template(args.folder)
    except OSError as error:
        return _found(right=False, said=f"Nothing was written: {error}")
    return 0


def _own_database(args: argparse.Namespace) -> int:
    """On a server, by somebody who may make databases there."""
    file, password = args.password_file, secrets.token_urlsafe(24) if args.password_file else ""
    try:
        with open(file, "x", encoding="utf-8", opener=_to_owner) if file else nullcontext() as kept:
            try:
                made = own_database.make(args.server, args.name, password)
            except BaseException:
                if file:
                    file.unlink()
                raise
            if kept:
                kept.write(f"*:*:{args.name}:{args.name}:{password}\n")
    except (psycopg.Error, OSError, ValueError) as error:
        return _found(right=False, said=f"Nothing was made: {error}")
    for other in made.open_besides:
        _say(f'open to everybody, and so to it: {other}. `REVOKE CONNECT ON DATABASE "{other}" FROM PUBLIC` closes it')
    return _found(right=True, said=f"STORE_URL={made.url}&folder=/A/FOLDER/OF/ITS/OWN")


def _to_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _found(right: bool, said: str) -> int:
    print(said, file=sys.stdout if right else sys.stderr)
    return 0 if right else 1


def _backup(store: Store, args: argparse.Namespace) -> int:
    print(store.backup(args.folder or backups.folder()))
    return 0


def _asked(args: argparse.Namespace) -> int | None:
    """What the process that owns the store makes for us; None where nobody does."""
    try:
        return _ASKED[args.verb](args)
    except NotServed as error:
        print(error, file=sys.stderr)
        return None
    except (duckdb.Error, OSError, anchors.BadAnchor) as error:
        print(f"Nothing was done: {error}", file=sys.stderr)
        return 1


def _backup_beside(args: argparse.Namespace) -> int:
    print(beside.asked(path_of(), do="backup", folder=str((args.folder or backups.folder()).resolve()))["path"])
    return 0


def _verify_beside(args: argparse.Namespace) -> int:
    """A copy of what the running service has by now, so that it goes on serving meanwhile."""
    copy = Path(beside.asked(path_of(), do="copy")["path"])
    try:
        con = duckdb.connect(str(copy), read_only=True)
        try:
            return int(bool(_held(con, args)))
        finally:
            con.close()
    finally:
        remove(copy)


def _restore(args: argparse.Namespace) -> int:
    try:
        if args.check:
            head = check(args.copy, at=clock.now())
            print(f"{args.copy}: {head.n} events, head {head.hash}: restored and compared")
            return 0
        restored = restore(args.copy, _file())
    except (duckdb.Error, OSError, ValueError) as error:
        print(f"Nothing was restored: {error}", file=sys.stderr)
        return 1
    return _told(restored)


def _recover(args: argparse.Namespace) -> int:
    try:
        copies = args.copies or [backups.folder() / one.name for one in backups.listed(backups.folder())]
        recovered = recover(_file(), copies, _say)
    except (duckdb.Error, OSError, ValueError) as error:
        print(f"Nothing was brought back: {error}", file=sys.stderr)
        return 1
    return _told(recovered)


def _file() -> Path:
    """Of a store that is put back. Raises ValueError for one on a server, where nobody would read it."""
    at = address_of()
    if at.server:
        raise ValueError(
            "the store is on a server: `python -m db copy duckdb:COPY postgresql://…` into an empty database"
        )
    return at.path


def _copy(args: argparse.Namespace) -> int:
    """With both services stopped."""
    try:
        source, target = address_of(args.source), address_of(args.target)
        _hold_whole(args.source)
        target.path.parent.mkdir(parents=True, exist_ok=True)
        with opened(source) as stored, opened(target) as fresh:
            theirs, ours = (Files(one.files, one.path) for one in (source, target))
            head = copying.copy(stored, fresh, _say, outside.carrying(theirs, ours))
            if lacking := list(outside.verify(fresh, ours, _say, whole=False)):
                raise copying.Unlike(f"{len(lacking)} files are not there, as that of {lacking[0].record}")
        keys.carry(source.path, target.path)
    except FilesUnavailable:
        print("Not copied: a file could not be had or kept, as said above", file=sys.stderr)
        return 1
    except (duckdb.Error, psycopg.Error, OSError, ValueError) as error:
        print(f"Not copied: {error}", file=sys.stderr)
        return 1
    print(f"copied and compared: {head.n} events, head {head.hash}")
    return 0


def _hold_whole(url: str) -> None:
    """Open it once: what its journal holds is in it then. Raises ValueError for one that is not there or damaged."""
    at = address_of(url)
    if not at.server and not at.path.exists():
        raise ValueError(f"{at.path} is not there")
    with closing(open_store(url)) as store:
        if store.damage:
            raise ValueError(f"{store.damage}. `python -m db recover` brings it back")


def _told(restored: Restored) -> int:
    kept = f"what stood there is kept as {restored.kept}" if restored.kept else "nothing stood there"
    print(f"restored {restored.head.n} events, head {restored.head.hash}; {kept}")
    return 0


def _demo(store: Store, args: argparse.Namespace) -> int:
    store.migrate()
    if not store.read(demo.is_empty):
        if args.if_empty:
            return 0
        print("The store already holds enterprises or cases: demo data goes only into an empty one.", file=sys.stderr)
        return 1
    demo.load(store, today=clock.day_of(clock.now()), say=lambda line: print(line, flush=True))
    return 0


def _verify(store: Store, args: argparse.Namespace) -> int:
    return int(bool(store.read(lambda con: _held(con, args)) or store.damage))


def _held(con: Connection, args: argparse.Namespace) -> int:
    """Says what does not hold, and how much that is."""
    backups.read_all(con)
    backed = anchors.of_names([backup.name for backup in backups.listed(backups.folder())])
    told, head = _anchors(args.anchor), events.head(con)
    foreign = anchors.broken(con, backed)
    breaks = [*anchors.broken(con, told), *integrity.verify(con, _say, pasts=not args.quick)]
    at = address_of()
    breaks += outside.verify(con, Files(at.files, at.path), _say, whole=not args.quick)
    for found in breaks:
        print(f"event {found.n}: {found.reason} does not hold {found.record}".rstrip())
    for found in foreign:
        print(f"event {found.n}: another history in {found.record}: of another store, and to lie elsewhere; or of "
              "this one, whose history was changed or cut off since")  # fmt: skip
    said = [f"{len(breaks)} breaks"] * bool(breaks) + [f"{len(foreign)} backups of another history"] * bool(foreign)
    print(
        f"{head.n} events, head {head.hash}: {', '.join(said) or f'verified against {len(backed) + len(told)} anchors'}"
    )
    return len(breaks) + len(foreign)


def _anchors(asked: list[str]) -> list[anchors.Anchor]:
    """Those that were named, and the file of a line a day."""
    key, file = os.environ.get("ANCHOR_KEY", ""), os.environ.get("ANCHOR_FILE", "")
    wanted = [*asked, *([file] if file and Path(file).exists() else [])]
    return [anchor for one in wanted for anchor in anchors.asked(one, key)]


def _erase(store: Store, args: argparse.Namespace) -> int:
    try:
        done = erasure.carried_out(store, path_of(), args.kind, args.key, reason=args.reason, at=clock.now(),
                                   forget=args.forget_backups)  # fmt: skip
    except ValueError as error:
        print(f"Nothing was erased: {error}", file=sys.stderr)
        return 1
    return _told_erased(str(done.changed), [str(path) for path in done.left])


def _erase_beside(args: argparse.Namespace) -> int:
    done = beside.asked(path_of(), do="erase", kind=args.kind, key=args.key, reason=args.reason,
                        forget="yes" if args.forget_backups else "")  # fmt: skip
    return _told_erased(done["changed"], done["left"].splitlines())


def _told_erased(changed: str, left: list[str]) -> int:
    print(f"erased: {changed} rows and events changed; the store was written anew and backed up")
    for path in left:
        print(f"of before, and still holds it: {path}")
    return 0


def _retention(store: Store, args: argparse.Namespace) -> int:
    print(retention.report(store, clock.now(), dry=args.dry_run))
    return 0


def _retention_beside(args: argparse.Namespace) -> int:
    print(beside.asked(path_of(), do="retention", dry="yes" if args.dry_run else "")["said"])
    return 0


def _rebuild(store: Store, args: argparse.Namespace) -> int:
    """Exit 1 where anything differed from what the events say."""
    verb = rebuild.compare if args.check else rebuild.rebuild
    found = (store.read if args.check else store.rewrite)(lambda con: verb(con, _say))
    for one in found.differences:
        print(f"case {one.number} {one.what}: {one.stood} where the events say {one.derived}")
    print(f"{found.cases} cases, {found.events} events, {found.stretches} stretches; {found.differing} cases differ")
    return 1 if found.differing else 0


# What is done beside a running service.
_ASKED = {_backup: _backup_beside, _verify: _verify_beside, _erase: _erase_beside, _retention: _retention_beside}


def _say(line: str) -> None:
    """How far it is, beside what it found."""
    print(line, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m db", description=__doc__)
    verbs = parser.add_subparsers(required=True)
    migrate = verbs.add_parser("migrate", help="apply what is missing")
    migrate.set_defaults(verb=_migrate)
    backup = verbs.add_parser("backup", help="a consistent copy while others write")
    backup.add_argument("folder", nargs="?", type=Path)
    backup.set_defaults(verb=_backup)
    put_back = verbs.add_parser("restore", help="put a backup in the store's place; what stood there is kept")
    put_back.add_argument("copy", type=Path)
    put_back.add_argument("--check", action="store_true", help="only restore it beside itself, compare and remove")
    put_back.set_defaults(verb=_restore)
    again = verbs.add_parser("recover", help="bring a damaged store back from its journal and a backup; it is kept")
    again.add_argument("copies", nargs="*", type=Path, help="backups, the best first; those beside the store if none")
    again.set_defaults(verb=_recover)
    other = verbs.add_parser("copy", help="a store into an empty one of another kind; what was cut off goes on")
    other.add_argument("source", metavar="FROM", help="duckdb:PATH or postgresql://…")
    other.add_argument("target", metavar="TO")
    other.set_defaults(verb=_copy)
    district = verbs.add_parser("district", help="a district begins, or is brought up to date, from a folder")
    of = district.add_subparsers(required=True)
    for name, verb, help_ in (
        ("new", _district, "make the store this folder's district, or bring it up to date; all of it or nothing"),
        ("check", _checked, "say what is wrong with the folder, and beside what the store holds"),
        ("template", _template, "write a folder with every file, its headings and one row each"),
    ):
        one = of.add_parser(name, help=help_)
        one.add_argument("folder", type=Path)
        one.set_defaults(verb=verb)
    own = of.add_parser("database", help="a database on a server, and a role that may enter no other district's")
    own.add_argument("name", help="of both: small letters, digits, - and _")
    own.add_argument("server", help="postgresql://…, as somebody who may make databases and roles")
    own.add_argument("--password-file", type=Path, help="a new file for PGPASSFILE, with a password made for the role")
    own.set_defaults(verb=_own_database)
    made_up = verbs.add_parser("demo", help="fill an empty store with invented enterprises, forums, cases, surveys")
    made_up.add_argument("--if-empty", action="store_true", help="do nothing where enterprises or cases exist")
    made_up.set_defaults(verb=_demo)
    checked = verbs.add_parser("verify", help="read everything, hold every record against the history")
    checked.add_argument("--anchor", action="append", default=[], metavar="FILE|NUMBER:HASH",
                         help="where the history stood, as it was said elsewhere")  # fmt: skip
    checked.add_argument("--quick", action="store_true", help="without deriving every case's past again")
    checked.set_defaults(verb=_verify)
    for one in (migrate, checked):
        one.add_argument("stores", nargs="*", metavar="STORE", help="several, instead of the one in STORE_URL")
    gone = verbs.add_parser("erase", help="take somebody's data out of the store, its journal and its history")
    gone.add_argument("kind", choices=sorted(erasure.KINDS))
    gone.add_argument("key", help="an enterprise's credit code, an account's login, the id of somebody at forums")
    gone.add_argument("--reason", required=True, help="who asked for it and when; the history keeps it")
    gone.add_argument("--forget-backups", action="store_true", help="the backups of before go too")
    gone.set_defaults(verb=_erase)
    old = verbs.add_parser("retention", help="let go what is older than it may be, as the service does once a day")
    old.add_argument("--dry-run", action="store_true", help="only say what would go")
    old.set_defaults(verb=_retention)
    again = verbs.add_parser("rebuild", help="derive the cases' stretches again from the events")
    again.add_argument("--check", action="store_true", help="say what differs and write nothing")
    again.set_defaults(verb=_rebuild)
    return parser


if __name__ == "__main__":
    sys.exit(main())
