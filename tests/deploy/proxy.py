"""The proxies as deploy/ ships them, Debian's nginx and Caddy, on ports of this machine."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import free_port, wait_for
from tests.paths import ROOT

CADDY = shutil.which("caddy")
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or "nginx"
NAME = "f2f.example.gov.cn"
# What nginx-several.conf says is to change in nginx.conf.
SEVERAL = {
    "proxy_pass http://127.0.0.1:8501;": "proxy_pass http://$f2f_process;",
    'add_header Strict-Transport-Security "max-age=31536000" always;':
        'add_header Strict-Transport-Security "max-age=31536000" always;\n    add_header Set-Cookie $f2f_stays always;',
}  # fmt: skip


@contextmanager
def proxied(folder: Path, servers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """In front of these ports, until the block ends. Gives its own for HTTP and for TLS; its certificate lies in
    `folder`."""
    plain, secure = free_port(), free_port()
    _certificate(folder)
    changes = {"listen 80;": f"listen 127.0.0.1:{plain};", "listen 443 ": f"listen 127.0.0.1:{secure} ",
               "/etc/face-to-face/": f"{folder}/"}  # fmt: skip
    shipped = _shipped("nginx.conf", (SEVERAL if len(servers) > 1 else {}) | changes)
    ports = {str(8501 + n): str(server) for n, server in enumerate(servers)}
    if len(servers) > 1:
        shipped += _shipped("nginx-several.conf", {})
    for port, own in ports.items():
        assert f":{port}" in shipped
        shipped = shipped.replace(f":{port}", f":{own}")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""  # a test's folder is its owner's alone
    whole = f"{user} daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
    file = folder / "nginx.conf"
    file.write_text(f"{whole}http {{ access_log off; {places}\n{shipped}\n}}", encoding="utf-8")
    subprocess.run([NGINX, "-t", "-c", str(file), "-p", str(folder)], check=True, capture_output=True)
    with _running([NGINX, "-c", str(file), "-p", str(folder)], secure):
        yield plain, secure


@contextmanager
def proxied_by_caddy(folder: Path, server: int) -> Iterator[tuple[int, int]]:
    """The same by Caddy in front of one port, with the certificate named as the file says that one may."""
    plain, secure = free_port(), free_port()
    _certificate(folder)
    own = f"{NAME}, 127.0.0.1 {{\n\ttls {folder}/fullchain.pem {folder}/privkey.pem"
    shipped = _shipped("Caddyfile", {f"{NAME} {{": own, ":8501": f":{server}"})
    whole = f"{{\n\thttp_port {plain}\n\thttps_port {secure}\n\tdefault_bind 127.0.0.1\n\tadmin off\n}}\n"
    file = folder / "Caddyfile"
    file.write_text(whole + shipped, encoding="utf-8")
    asked = [str(CADDY), "run", "--adapter", "caddyfile", "--config", str(file)]
    with _running(asked, secure, XDG_DATA_HOME=str(folder), XDG_CONFIG_HOME=str(folder)):
        yield plain, secure


@contextmanager
def _running(command: Sequence[str], port: int, **environment: str) -> Iterator[None]:
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ, **environment})
    try:
        assert wait_for(lambda: _listens(port))
        yield
    finally:
        process.terminate()
        process.wait(20)


def _listens(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def _shipped(name: str, changes: Mapping[str, str]) -> str:
    text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
    for shipped, own in changes.items():
        assert shipped in text
        text = text.replace(shipped, own)
    return text


def _certificate(folder: Path) -> None:
    """One's own, for the shipped name."""
    files = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    asked = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    named = ["-addext", f"subjectAltName=DNS:{NAME},IP:127.0.0.1"]
    subprocess.run(["openssl", "req", *asked, *named, *map(str, files)], check=True, capture_output=True)
