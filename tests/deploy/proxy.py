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
# What nginx-districts.conf and the Caddyfile say is to change, and the districts that stand there.
DISTRICTS = {"yunling.example.gov.cn": "127.0.0.1:8511", "qinghe.example.gov.cn": "127.0.0.1:8521"}
BY_NAME = {
    f"server_name {NAME};": f"server_name {' '.join(DISTRICTS)};",
    "https://$server_name$request_uri": "https://$host$request_uri",
    "proxy_pass http://127.0.0.1:8501;": "proxy_pass http://$f2f_district;",
}


@contextmanager
def proxied(folder: Path, servers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """In front of these ports, until the block ends. Gives its own for HTTP and for TLS; its certificate lies in
    `folder`."""
    shipped = _shipped("nginx.conf", SEVERAL if len(servers) > 1 else {})
    if len(servers) > 1:
        shipped += _shipped("nginx-several.conf", {})
    with _nginx(folder, shipped, {f":{8501 + n}": f":{server}" for n, server in enumerate(servers)}) as ports:
        yield ports


@contextmanager
def proxied_by_name(folder: Path, servers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The same in front of a server for each of DISTRICTS."""
    shipped = _shipped("nginx.conf", BY_NAME) + _shipped("nginx-districts.conf", {})
    with _nginx(folder, shipped, _of_districts(servers)) as ports:
        yield ports


@contextmanager
def _nginx(folder: Path, shipped: str, changes: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    plain, secure = free_port(), free_port()
    _certificate(folder)
    at_home = {"listen 80": f"listen 127.0.0.1:{plain}", "listen 443 ": f"listen 127.0.0.1:{secure} ",
               "/etc/face-to-face/": f"{folder}/"}  # fmt: skip
    shipped = _changed(shipped, {**at_home, **changes})
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
    """The same by Caddy in front of one port."""
    shipped = _shipped("Caddyfile", {f"\n{NAME} {{": f"\n{NAME}, 127.0.0.1 {{", ":8501": f":{server}"})
    with _caddy(folder, shipped) as ports:
        yield ports


@contextmanager
def proxied_by_name_by_caddy(folder: Path, servers: Sequence[int]) -> Iterator[tuple[int, int]]:
    shipped = _shipped("Caddyfile", {})
    block = shipped[shipped.index(f"\n{NAME} {{") : shipped.index("\nhttp:// {")]
    blocks = [block.replace(NAME, name).replace("127.0.0.1:8501", place) for name, place in DISTRICTS.items()]
    with _caddy(folder, _changed("".join(blocks), _of_districts(servers))) as ports:
        yield ports


def _of_districts(servers: Sequence[int]) -> Mapping[str, str]:
    return {place: f"127.0.0.1:{server}" for place, server in zip(DISTRICTS.values(), servers, strict=True)}


@contextmanager
def _caddy(folder: Path, shipped: str) -> Iterator[tuple[int, int]]:
    """With the certificate named as the file says that one may."""
    plain, secure = free_port(), free_port()
    _certificate(folder)
    shipped = _changed(
        shipped, {"\n\tencode gzip": f"\n\ttls {folder}/fullchain.pem {folder}/privkey.pem\n\tencode gzip"}
    )
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
    return _changed((ROOT / "deploy" / name).read_text(encoding="utf-8"), changes)


def _changed(text: str, changes: Mapping[str, str]) -> str:
    for shipped, own in changes.items():
        assert shipped in text
        text = text.replace(shipped, own)
    return text


def _certificate(folder: Path) -> None:
    """One's own, for the shipped names."""
    files = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    asked = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    named = ["-addext", f"subjectAltName={','.join(f'DNS:{name}' for name in (NAME, *DISTRICTS))},IP:127.0.0.1"]
    subprocess.run(["openssl", "req", *asked, *named, *map(str, files)], check=True, capture_output=True)
