"""One answer a question: computed once while others wait, then shared by all who ask the same. Nobody changes it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")


class Answers:
    """At most `most` are kept; those that nobody asked for longest go first. What fails is asked again."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, question: Hashable, answer: Callable[[], T]) -> T:
        with self._lock:
            ours = question not in self._found
            asked = self._found.setdefault(question, Future())
            self._found.move_to_end(question)
            if len(self._found) > self._most:
                self._found.popitem(last=False)
        if ours:
            self._answer(question, asked, answer)
        return asked.result()

    def forget(self) -> None:
        with self._lock:
            self._found.clear()

    def _answer(self, question: Hashable, asked: "Future[Any]", answer: Callable[[], Any]) -> None:
        try:
            asked.set_result(answer())
        except BaseException as error:
            with self._lock:
                if self._found.get(question) is asked:
                    del self._found[question]
            asked.set_exception(error)


_SHARED: list[Answers] = []


def shared(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A function whose answer is shared by all who ask with the same arguments: they say whose answer it is, and of
    which revision."""

    def of(fn: Callable[P, T]) -> Callable[P, T]:
        answers = Answers(most)
        _SHARED.append(answers)

        @wraps(fn)
        def asked(*given: P.args, **named: P.kwargs) -> T:
            return answers.get((given, tuple(named.items())), partial(fn, *given, **named))

        return asked

    return of


def forget_shared() -> None:
    """Where another store is served: revisions begin anew there."""
    for answers in _SHARED:
        answers.forget()
