"""Signing in by another house's word (OIDC), with Streamlit's own way of it (`st.login`), where `[auth]` stands in the
secrets (docs/sign-in.md). Streamlit would keep that word in a cookie for a month; here it is exchanged at once for a
session of ours, which is listed, limited and ended like every other, and forgotten."""

import json
import os

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import encode_provider_token, get_secrets_auth_section
from streamlit.web.server.starlette import starlette_auth_routes as theirs
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from db.refused import Refused

ADDRESSES = ("auth", "oauth2callback")  # the beginnings of Streamlit's own
BACK = "/oauth2callback"
DONE = "/sign-in/identity/done"


def configured() -> bool:
    return bool(get_secrets_auth_section())


def address() -> str:
    """Where a browser is sent, as `st.login()` does."""
    return f"/auth/login?provider={encode_provider_token('default')}"


def login_of(request: Request) -> str:
    """The account that the other house names, in the claim that `OIDC_LOGIN_CLAIM` says. Raises
    Refused('identity_unknown')."""
    signed = theirs._get_cookie_value_from_request(request, USER_COOKIE_NAME)
    said = json.loads(signed) if signed else {}
    claim = os.environ.get("OIDC_LOGIN_CLAIM", "preferred_username")
    login = said.get(claim)
    sure = claim != "email" or said.get("email_verified") is True
    if not isinstance(login, str) or not login or not sure:
        raise Refused("identity_unknown")
    return login


def forget(request: Request, answer: Response) -> None:
    theirs._clear_auth_cookie(answer, request)


class AfterIdentity:
    """ASGI middleware: who comes back with the other house's word goes on to where it is exchanged."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                if any(
                    name == b"set-cookie" and value.startswith(USER_COOKIE_NAME.encode()) for name, value in headers
                ):
                    others = [header for header in headers if header[0] != b"location"]
                    message = {**message, "headers": [*others, (b"location", DONE.encode())]}
            await send(message)

        back = scope["type"] == "http" and scope["path"] == BACK
        await self.app(scope, receive, answer if back else send)
