"""What the service writes to its log: a line of JSON for each thing that happened, with nobody's data in it.

An error's message can hold what somebody typed (a database names the value that it refused), so of an error the log
says its kind and where it arose; of one of the machine (a disk, a file, a socket) also what it said. Requests are the
proxy's to log: an address holds the token of a link.
"""

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime

import streamlit.logger

_OF_THE_MACHINE = {"IOException"}  # and OSError: what the database says of its disk


class WithoutData(logging.Formatter):
    """A record as one line."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, object] = {"at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
                "level": record.levelname, "from": record.name, "what": _what(record)}  # fmt: skip
        if record.exc_info and record.exc_info[1]:
            said["errors"] = [_error(one) for one in _chain(record.exc_info[1])]
        return json.dumps(said, ensure_ascii=False)


def structured() -> None:
    """From here on all of this process's loggers, Streamlit's and the server's too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WithoutData())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for ours in ("access", "casework", "db", "insight", "intake", "pages"):
        logging.getLogger(ours).setLevel(logging.INFO)
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # it names whom it could not reach; our queue says why not
    logging.getLogger("uvicorn.access").addFilter(lambda _: False)
    streamlit.logger.setup_formatter = _lay_over  # Streamlit gives each of its loggers a handler of its own
    for known in [*streamlit.logger._loggers.values(), *map(logging.getLogger, ("uvicorn", "uvicorn.error"))]:
        _lay_over(known)


def _lay_over(logger: logging.Logger) -> None:
    logger.handlers.clear()
    logger.propagate = True


def _what(record: logging.LogRecord) -> str:
    args = record.args
    if isinstance(args, tuple):
        args = tuple(_kind(one) if isinstance(one, BaseException) else one for one in args)
    if isinstance(record.msg, BaseException):
        return _kind(record.msg)
    return str(record.msg) % args if args else str(record.msg)


def _kind(error: BaseException) -> str:
    name = type(error).__name__
    return f"{name}: {error}" if isinstance(error, OSError) or name in _OF_THE_MACHINE else name


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and what it followed from."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _error(error: BaseException) -> dict[str, object]:
    frames = traceback.extract_tb(error.__traceback__)
    return {"kind": _kind(error), "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]}
