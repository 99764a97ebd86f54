"""A form as one writes it with Starlette and SQLite: a post is a row, on the disk before it is answered."""

import sqlite3
import sys
import threading
import uuid

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

_LOCK = threading.Lock()
_CON = sqlite3.connect(sys.argv[1], check_same_thread=False, isolation_level=None)
_CON.execute("PRAGMA journal_mode = WAL")
_CON.execute("PRAGMA synchronous = FULL")
_CON.execute("CREATE TABLE IF NOT EXISTS response (id TEXT PRIMARY KEY, answers TEXT NOT NULL)")


def keep(answers: str) -> str:
    number = str(uuid.uuid4())
    with _LOCK:
        _CON.execute("INSERT INTO response VALUES (?, ?)", (number, answers))
    return number


async def send(request: Request) -> Response:
    form = await request.form()
    number = await run_in_threadpool(keep, str(form.get("answers", "")))
    return HTMLResponse("<h1>Thank you</h1><p class='number'>" + number + "</p>")


app = Starlette(routes=[Route("/readyz", lambda _: JSONResponse({})), Route("/f", send, methods=["POST"])])

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
