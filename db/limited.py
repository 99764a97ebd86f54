"""Work on what a stranger sent, in a process of its own under limits: it cannot slow the server nor take its memory.

`limited(function, *args)` calls a function of ours by its name in a child. The child answers in plain data: records of
ours, texts, numbers, days; anything else that came out of it is not read. A fault, a native library that ends its
process, an endless loop: the caller is told that it gave up, and everybody else is served meanwhile. The child has
none of the server's environment, where secrets stand.
"""

import dataclasses
import io
import logging
import os
import pickle
import resource
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from db.refused import Refused

T = TypeVar("T")
log = logging.getLogger(__name__)

MOST_ANSWER = 40_000_000  # bytes that come back
_ROOT = Path(__file__).resolve().parents[1]
_PATIENCE = 30  # seconds that a child may wait for the processor, which those who are served have first
_QUEUE = 60  # seconds that somebody may wait for one of the children
_BEHIND = 5  # of `nice`: a third of the processor where the server would have all of it
_OURS = ("access", "casework", "db", "insight", "intake")
_VALUES = {("datetime", "date"), ("datetime", "datetime"), ("decimal", "Decimal")}
_STARTED = "import sys; sys.path.append(sys.argv[1]); from db.limited import main; main()"
_ENDED = {-9: "time", -24: "time", -6: "memory"}  # killed, SIGXCPU; a library aborts where it gets no memory
_INSIDE = threading.Event()  # set in a child
_AT_ONCE = threading.BoundedSemaphore(2)  # children: who comes third waits, and the server keeps its memory


class GaveUp(Exception):
    """The work took more than it may, its process died, or the machine has no time for it now. `reason`: time, memory,
    size, fault or busy."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def limited(function: Callable[..., T], *args: object, seconds: int = 10, memory: int = 768_000_000) -> T:
    """What `function(*args)` returns; a module's own function, its arguments plain data too. `seconds` of processor
    time, and half a minute more by the clock of a busy machine; `memory` in bytes of address space, of which the
    interpreter takes a fifth.

    Raises Refused as the function does, and GaveUp.
    """
    return answered(limited_bytes(pickle.dumps((function, args)), seconds=seconds, memory=memory))


def inside() -> bool:
    """Whether this process is such a child already: what it calls needs no other."""
    return _INSIDE.is_set()


def limited_bytes(request: bytes, *, seconds: int, memory: int) -> bytes:
    """The child's answer as it came, for `answered`: who keeps it, keeps it small."""
    command = [sys.executable, "-I", "-c", _STARTED, str(_ROOT), str(seconds), str(memory)]
    if not _AT_ONCE.acquire(timeout=_QUEUE):
        raise GaveUp("busy")
    try:
        ran = subprocess.run(
            command, input=request, capture_output=True, timeout=seconds + _PATIENCE, check=False, env={}
        )
    except subprocess.TimeoutExpired:  # it did not have its seconds: they end it
        raise GaveUp("busy") from None
    finally:
        _AT_ONCE.release()
    if ran.returncode == 0:
        return ran.stdout
    last = ran.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    log.warning("limited work ended with %s: %s", ran.returncode, last.partition(":")[0])  # the rest may quote the file
    raise GaveUp(_ENDED.get(ran.returncode, "fault"))


def answered(answer: bytes) -> Any:  # noqa: ANN401
    """Raises as `limited` does."""
    try:
        kind, *said = _Plain(io.BytesIO(answer)).load()
    except (pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError):
        log.warning("limited work answered with what is no plain data")
        raise GaveUp("fault") from None
    if kind == "refused":
        raise Refused(said[0], **said[1])
    if kind == "gave_up":
        raise GaveUp(said[0])
    return said[0]


def main() -> None:
    """The child: called with the root, the seconds and the bytes; the request on standard input."""
    seconds, memory = int(sys.argv[2]), int(sys.argv[3])
    os.nice(_BEHIND)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _INSIDE.set()
    sys.stdout.buffer.write(_answer(sys.stdin.buffer.read()))


def _answer(request: bytes) -> bytes:
    try:
        function, args = pickle.loads(request)  # the server's own words
        answer = pickle.dumps(("is", function(*args)))
    except Refused as refusal:
        return pickle.dumps(("refused", refusal.code, refusal.facts))
    except MemoryError:
        return pickle.dumps(("gave_up", "memory"))
    return answer if len(answer) <= MOST_ANSWER else pickle.dumps(("gave_up", "size"))


class _Plain(pickle.Unpickler):
    """Reads records of ours and a few values; a name of anything else is refused before it is looked up."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401
        if (module, name) in _VALUES:
            return super().find_class(module, name)
        if module.partition(".")[0] in _OURS and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and dataclasses.is_dataclass(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")
