"""One thread that writes: what waits while it commits goes into its next commit together."""

import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from db.refused import StoreUnavailable
from db.sql import Connection

T = TypeVar("T")
A = TypeVar("A")

BATCH = 200  # writes that one commit may carry

Write = Callable[[Connection], Any]
Together = Callable[[Connection, Sequence[A]], Sequence[T | Exception]]


@dataclass(frozen=True)
class _Job:
    """`fn` is given what all who wait with it have asked, and answers each."""

    fn: Together[Any, Any]
    asked: Any
    result: "Future[Any]"


class Writer:
    """`commit` runs writes in one transaction and gives what each found; `most` says how many it may carry now;
    `as_seen` is the error that whoever wrote is given; `done` is called after every commit, and must not wait;
    `of_all` whether an error is not one write's but the store's, so that none of them is tried again."""

    def __init__(
        self,
        commit: Callable[[Sequence[Write]], list[Any]],
        *,
        done: Callable[[], None],
        as_seen: Callable[[Exception], Exception],
        most: Callable[[], int] = lambda: BATCH,
        of_all: Callable[[Exception], bool] = lambda _: False,
    ) -> None:
        self._commit, self._done, self._as_seen, self._most, self._of_all = commit, done, as_seen, most, of_all
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def write(self, fn: Callable[[Connection], T]) -> T:
        """Returns after the commit. Raises what `fn` raises, with nothing of it written; it may run twice."""
        return self.write_together(lambda con, _: [fn(con)], None)

    def write_together(self, fn: Together[A, T], asked: A) -> T:
        """The same, of all that wait with the same `fn` at once. It gives what each found, in order, or the error that
        is raised where that one asked, of whom it has written nothing then."""
        job = _Job(fn, asked, Future())
        if not self._thread.is_alive():
            raise StoreUnavailable
        self._jobs.put(job)
        return job.result.result()

    def close(self) -> None:
        """After what waits."""
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._jobs.get()) is not None:
            batch, stop = self._drain(first)
            self._answer(batch)
            if stop:
                break

    def _drain(self, first: _Job) -> tuple[list[_Job], bool]:
        batch, most = [first], self._most()
        while len(batch) < most:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return batch, False
            if job is None:
                return batch, True
            batch.append(job)
        return batch, False

    def _answer(self, batch: list[_Job]) -> None:
        """One commit for all; where one fails, each group by itself, and of that each: it costs nobody else."""
        groups: dict[Together[Any, Any], list[_Job]] = {}
        for job in batch:
            groups.setdefault(job.fn, []).append(job)
        asked = {fn: [job.asked for job in group] for fn, group in groups.items()}
        try:
            found = self._commit([partial(_answered, fn, all_of_it) for fn, all_of_it in asked.items()])
        except Exception as error:
            if len(batch) > 1 and not self._of_all(error):
                for part in groups.values() if len(groups) > 1 else ([job] for job in batch):
                    self._answer(part)
            else:
                for job in batch:
                    job.result.set_exception(self._as_seen(error))
            return
        for group, values in zip(groups.values(), found, strict=True):
            for job, value in zip(group, values, strict=True):
                if isinstance(value, Exception):
                    job.result.set_exception(value)
                else:
                    job.result.set_result(value)
        self._done()


def _answered(fn: Together[Any, Any], asked: list[Any], con: Connection) -> Sequence[Any]:
    return fn(con, asked)
