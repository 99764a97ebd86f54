"""Where the store is."""

import os
from pathlib import Path

DEFAULT_URL = "duckdb:data/store.duckdb"


def path_of(url: str | None = None) -> Path:
    """The file of `url`, `STORE_URL` or the default. Raises ValueError for a kind that is not built."""
    kind, _, path = (url or os.environ.get("STORE_URL") or DEFAULT_URL).partition(":")
    if kind != "duckdb" or not path:
        raise ValueError(f"STORE_URL: 'duckdb:PATH' is understood, not '{kind}:{path}'")
    return Path(path)
