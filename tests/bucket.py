"""A bucket of a server of our own: SeaweedFS, whose S3 side is asked as any other's. It lies in a temporary folder."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from db.files import Away, InBucket

PROGRAM = Path(sys.executable).with_name("weed")
KEY = "face-to-face"
NAME = "files"
_WHO = '{"identities": [{"name": "%s", "credentials": [{"accessKey": "%s", "secretKey": "%s"}], "actions": ["Admin"]}]}'
_PATIENCE = 60.0  # seconds until it takes a file


@dataclass(frozen=True)
class Bucket:
    """`process`: the server's, to be stopped and gone on with."""

    url: str
    process: "subprocess.Popen[bytes]"

    @contextmanager
    def silent(self) -> Iterator[None]:
        """It takes what is said and answers nothing."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


@contextmanager
def bucket() -> Iterator[Bucket]:
    """The surroundings say where it is and who we are."""
    folder = Path(tempfile.mkdtemp(prefix="f2f-bucket-"))
    (folder / "who.json").write_text(_WHO % (KEY, KEY, KEY))
    with ExitStack() as held:
        held.callback(shutil.rmtree, folder)
        own = dict(zip(("master", "volume", "filer", "s3"), _ports(4), strict=True))
        grpc = dict(zip(own, _ports(4), strict=True))
        command = [
            str(PROGRAM), "server", "-ip=127.0.0.1", f"-dir={folder}", "-filer", "-s3", f"-s3.config={folder}/who.json",
            "-s3.port.iceberg=0", "-s3.port.lance=0", "-master.volumeSizeLimitMB=64", "-master.volumePreallocate=false",
            *(f"-{name}.port={port}" for name, port in own.items()),
            *(f"-{name}.port.grpc={port}" for name, port in grpc.items()),
        ]  # fmt: skip
        said = {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{own['s3']}", "AWS_ACCESS_KEY_ID": KEY, "AWS_REGION": "us-east-1",
            "AWS_SECRET_ACCESS_KEY": KEY,
        }  # fmt: skip
        before = {name: os.environ.get(name) for name in said}
        held.callback(_say, before)
        _say(said)
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        held.callback(process.wait)
        held.callback(process.kill)
        made = Bucket(f"s3://{NAME}", process)
        _wait_for(made)
        yield made


def _say(said: Mapping[str, str | None]) -> None:
    for name, value in said.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value


def _ports(n: int) -> list[int]:
    with ExitStack() as held:
        doors = [held.enter_context(socket.socket()) for _ in range(n)]
        for door in doors:
            door.bind(("127.0.0.1", 0))
        return [door.getsockname()[1] for door in doors]


def _wait_for(made: Bucket) -> None:
    """It makes the bucket with the first file."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            InBucket(made.url).put("begin", b"")
            return
        except (Away, FileNotFoundError):
            if time.monotonic() > until or made.process.poll() is not None:
                raise
            time.sleep(0.2)
