"""A file is read in a process of its own, see db.limited, and once: a page that is drawn again asks for the same."""

import hashlib
import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from db import limited
from db.refused import Refused
from intake.files.upload import MOST_BYTES, WORKBOOK_STARTS, Upload

T = TypeVar("T")

SMALL = 20_000  # bytes of plain text: they cost less than a process
MOST_SECONDS, MOST_MEMORY = 8, 400_000_000  # of which a file within the limits takes 3, and 100 MB
_KEPT: OrderedDict[bytes, bytes] = OrderedDict()  # answers by the digest of all that was asked, the newest last
_MOST_KEPT, _LARGEST_KEPT = 4, 8_000_000
_LOCK = threading.Lock()
_TOO_SLOW = Refused("file_too_slow", most=MOST_SECONDS)  # it says that the server may be busy
_GAVE_UP = {
    "fault": Refused("file_damaged"),
    "time": _TOO_SLOW,
    "busy": _TOO_SLOW,
    "memory": Refused("file_too_much_memory", most=MOST_MEMORY // 1_000_000),
    "size": Refused("file_too_big_inside"),
}


def read_apart(function: Callable[..., T], upload: Upload, *args: object) -> T:
    """What `function(upload, …)` returns. It asks nobody for anything else, so that its answer may be kept.

    Raises Refused as it does, and where the file takes more than it may or cannot be read.
    """
    if len(upload.content) > MOST_BYTES:
        raise Refused("file_too_big", most=MOST_BYTES // 1_000_000)
    if limited.inside() or _is_small(upload):
        return function(upload, *args)
    request = pickle.dumps((function, (upload, *args)))
    digest = hashlib.sha256(request).digest()
    with _LOCK:
        answer = _KEPT.get(digest)
    try:
        return limited.answered(answer or _kept(digest, request))
    except limited.GaveUp as gave_up:
        found = _GAVE_UP[gave_up.reason]
        raise Refused(found.code, **found.facts) from None


def _is_small(upload: Upload) -> bool:
    return len(upload.content) <= SMALL and not upload.content.startswith(WORKBOOK_STARTS)


def _kept(digest: bytes, request: bytes) -> bytes:
    answer = limited.limited_bytes(request, seconds=MOST_SECONDS, memory=MOST_MEMORY)
    with _LOCK:
        if len(answer) <= _LARGEST_KEPT:
            _KEPT[digest] = answer
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
    return answer
