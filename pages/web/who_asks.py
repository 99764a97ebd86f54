"""Whose address a request comes from: the proxy's word counts, where one is named; nobody else's ever does."""

from ipaddress import IPv6Address, ip_address

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware


class WhoAsks:
    """ASGI middleware. Sets the client and the scheme of what comes from a proxy by the headers that it sends."""

    def __init__(self, app: ASGIApp, proxies: str) -> None:
        """`proxies`: addresses or networks with commas; empty where nobody's headers are believed."""
        self.app = ProxyHeadersMiddleware(app, trusted_hosts=proxies)  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client")
        if client:
            scope = {**scope, "client": (plain(client[0]), client[1])}
        await self.app(scope, receive, send)  # type: ignore[arg-type]


def plain(address: str) -> str:
    """An IPv4 address that a socket for both protocols wraps (::ffff:127.0.0.1) as itself; any other as it is."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return str(mapped or found)
