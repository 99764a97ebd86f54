"""Where the bytes of files lie: in the store with their row, or outside it, in a folder or in a bucket that speaks S3.

Outside, each is laid down before the row is written that names it, under a name of its own that nothing else ever has:
no row lacks its file, and none is taken away while somebody else lays the same down again. What is handed out is held
against the digest in its row. What no row names any more, `db.system.outside` lets go.
"""

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import uuid4

from db.cases.attachments import CheckedFile, KeptFile
from db.journal import on_disk
from db.refused import FilesUnavailable

T = TypeVar("T")
log = logging.getLogger(__name__)

BUCKET = "s3://"
PATIENCE = timedelta(seconds=10)  # for one file of a bucket: a page waits no longer
CONNECTS = timedelta(seconds=3)


@dataclass(frozen=True)
class Laid:
    """A file as its place knows it: `size` in bytes, `at` in UTC."""

    name: str
    size: int
    at: datetime


class Away(Exception):
    """The place does not answer, or refuses: `FileNotFoundError` is another thing."""


class FilePlace(Protocol):
    """Names are ours, in two parts: whose it is, and what. Each raises Away; `get` FileNotFoundError too. What `put`
    has put outlives a loss of power; to `delete` what is not there is nothing."""

    def put(self, name: str, content: bytes) -> None: ...
    def get(self, name: str) -> bytes: ...
    def delete(self, names: Sequence[str]) -> None: ...
    def laid(self, within: str = "") -> Iterator[Laid]: ...


class InFolder:
    """A folder that all processes of the store share."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, name: str, content: bytes) -> None:
        path = self._root / name
        unfinished = path.with_suffix(".unfinished")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(content)
            on_disk(unfinished)
            unfinished.replace(path)
            for folder in (path.parent, self._root):
                on_disk(folder)
        except OSError as error:
            raise Away(f"{path}: {error}") from error

    def get(self, name: str) -> bytes:
        try:
            return (self._root / name).read_bytes()
        except FileNotFoundError:
            raise
        except OSError as error:
            raise Away(f"{self._root / name}: {error}") from error

    def delete(self, names: Sequence[str]) -> None:
        try:
            for name in names:
                (self._root / name).unlink(missing_ok=True)
        except OSError as error:
            raise Away(f"{self._root}: {error}") from error

    def laid(self, within: str = "") -> Iterator[Laid]:
        if not self._root.is_dir():
            raise Away(f"{self._root} is not there")
        for path in sorted((self._root / within).rglob("*")):
            with suppress(FileNotFoundError):  # taken away meanwhile
                facts = path.stat()
                if path.is_file():
                    at = datetime.fromtimestamp(facts.st_mtime, UTC).replace(tzinfo=None)
                    yield Laid(path.relative_to(self._root).as_posix(), facts.st_size, at)


class InBucket:
    """`s3://BUCKET[/PREFIX]`; whose server, region and keys it is stands in AWS_ENDPOINT_URL, AWS_REGION,
    AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or wherever else the client looks for them."""

    def __init__(self, url: str) -> None:
        import obstore  # here, so that whoever has no bucket loads none of it
        from obstore import exceptions
        from obstore.store import S3Store

        self._url, self._client, self._unable = url, obstore, (exceptions.BaseError, OSError, ValueError)
        self._store = S3Store.from_url(
            url,
            client_options={"allow_http": True, "timeout": PATIENCE, "connect_timeout": CONNECTS},
            retry_config={"max_retries": 2, "retry_timeout": CONNECTS},
        )

    def put(self, name: str, content: bytes) -> None:
        self._asked(lambda: self._client.put(self._store, name, content))

    def get(self, name: str) -> bytes:
        return self._asked(lambda: bytes(self._client.get(self._store, name).bytes()))

    def delete(self, names: Sequence[str]) -> None:
        with suppress(FileNotFoundError):
            self._asked(lambda: self._client.delete(self._store, list(names)))

    def laid(self, within: str = "") -> Iterator[Laid]:
        pages = iter(self._client.list(self._store, within or None))
        while page := self._asked(lambda: next(pages, None)):
            for one in page:
                yield Laid(one["path"], one["size"], one["last_modified"].astimezone(UTC).replace(tzinfo=None))

    def _asked(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except self._unable as error:
            said = f"{self._url}: {str(error).splitlines()[0]}"
            raise (FileNotFoundError if isinstance(error, FileNotFoundError) else Away)(said) from error


class Files:
    """Those of a store. `said`: where they lie, as STORE_URL's `files` says it; nothing: with their rows."""

    def __init__(self, said: str, home: Path) -> None:
        self.said, self._home = said, home
        self.place: FilePlace | None = place_of(said) if said else None

    def lay(self, files: Iterable[CheckedFile]) -> list[CheckedFile]:
        """Before their rows are written, and outside every transaction: nobody else waits for it. Raises
        FilesUnavailable; what was laid down by then no row names."""
        return [replace(file, kept_as=self.put(file.content)) for file in files]

    def put(self, content: bytes) -> str | None:
        """What it is called there; None where it is to lie with its row. Raises FilesUnavailable."""
        if self.place is None:
            return None
        name = f"{self.owner()}/{uuid4().hex}"
        try:
            self.place.put(name, content)
        except (Away, FileNotFoundError) as error:
            log.error("a file could not be kept: %s", error)
            raise FilesUnavailable from error
        return name

    def content(self, file: KeptFile) -> bytes:
        """Raises FilesUnavailable."""
        return self.get(file.kept_as, file.sha256) if file.kept_as else file.content or b""

    def get(self, name: str, sha256: str) -> bytes:
        """Raises FilesUnavailable, where it is not there or not what was laid down too: the log says which."""
        try:
            content = self._there().get(name)
        except (Away, FileNotFoundError) as error:
            log.error("a file could not be had: %s", error)
            raise FilesUnavailable from error
        if hashlib.sha256(content).hexdigest() != sha256:
            log.error("%s is not what was laid down there", name)
            raise FilesUnavailable
        return content

    def delete(self, names: Sequence[str]) -> None:
        """Raises FilesUnavailable."""
        try:
            self._there().delete(names)
        except Away as error:
            log.error("files could not be taken away: %s", error)
            raise FilesUnavailable from error

    def laid(self, within: str = "") -> dict[str, Laid]:
        """All that lie there, or all of one owner, by name. Raises FilesUnavailable."""
        try:
            return {one.name: one for one in self._there().laid(within)}
        except (Away, FileNotFoundError) as error:
            log.error("the files could not be listed: %s", error)
            raise FilesUnavailable from error

    def owner(self) -> str:
        """Under what this store lays files down. It lies beside the store and goes into no copy: a copy that is opened
        by itself never lets go what the store has laid down since."""
        path = Path(f"{self._home}.files")
        if not path.exists():
            fresh = path.with_name(f"{path.name}.{uuid4().hex}")
            fresh.write_text(uuid4().hex[:12], encoding="utf-8")
            on_disk(fresh)
            with suppress(FileExistsError):  # another process was first
                os.link(fresh, path)
            fresh.unlink()
            on_disk(path.parent)
        return path.read_text(encoding="utf-8")

    def _there(self) -> FilePlace:
        if self.place is None:
            raise Away("a row names a file outside the store, and STORE_URL says nothing of `files`")
        return self.place


def place_of(said: str) -> FilePlace:
    """Raises ValueError for what is no place."""
    if said.startswith(BUCKET):
        try:
            return InBucket(said)
        except Exception as error:  # whatever the client dislikes of it
            raise ValueError(f"files={said}: {error}") from error
    if "://" in said:
        raise ValueError(f"files={said}: a folder and 's3://BUCKET' are understood")
    return InFolder(Path(said))
