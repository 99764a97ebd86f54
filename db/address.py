"""Where the store is."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlencode, urlsplit

DEFAULT_URL = "duckdb:data/store.duckdb"
SERVED = ("postgresql", "postgres")
FOLDER, NAME = "data", "store"  # for what lies beside a store that is on a server


@dataclass(frozen=True)
class Address:
    """`path`: the store's file, or what lies beside a store on a server is called so. `server`: how it is reached.
    `files`: where the bytes of files lie outside the store (`db.files`). `standby`: how a copy of the server is reached
    that follows it."""

    path: Path
    server: str = ""
    files: str = ""
    standby: str = ""


def address_of(url: str | None = None) -> Address:
    """Of `url`, `STORE_URL` or the default. Raises ValueError for a kind that is not built.

    `postgresql://…?folder=PATH` says in which folder keys and backups lie, `files=FOLDER` or `files=s3://BUCKET/PREFIX`
    behind either kind where the bytes of files lie; everything else is the server's. STANDBY_URL names its standby.
    """
    asked = url or os.environ.get("STORE_URL") or DEFAULT_URL
    kind, _, rest = asked.partition(":")
    if kind == "duckdb" and rest:
        path, _, said = rest.partition("?files=")
        return Address(Path(path), files=unquote(said))
    if kind in SERVED and rest.startswith("//"):
        parts = urlsplit(asked)
        pairs = (one.partition("=") for one in parts.query.split("&") if one)
        said = {unquote(name): unquote(value) for name, _, value in pairs}  # as libpq reads it: a plus is a plus
        path = Path(said.pop("folder", FOLDER)) / NAME
        files = said.pop("files", "")
        server = f"postgresql://{parts.netloc}{parts.path}?{urlencode(said, quote_via=quote)}"
        return Address(path, server, files, os.environ.get("STANDBY_URL", ""))
    raise ValueError(f"STORE_URL: 'duckdb:PATH' and 'postgresql://…' are understood, not '{kind}:…'")


def path_of(url: str | None = None) -> Path:
    """The store's file, or what lies beside one on a server is called by."""
    return address_of(url).path
