"""Where the operator names the site's hosts, nothing is answered under another name."""

import streamlit as st
from starlette.applications import Starlette
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.web.middleware import our_hosts


def answered(named: list[str], host: str) -> int:
    app = Starlette(routes=[Route("/", lambda _: PlainTextResponse("well"))])
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=our_hosts(named))
    return TestClient(app).get("/", headers={"host": host}).status_code


def test_another_name_is_refused_where_the_site_is_named():
    named = ["f2f.example.gov.cn", "*.inner.example"]
    for host in ("f2f.example.gov.cn", "f2f.example.gov.cn:443", "a.inner.example", "127.0.0.1:8501", "localhost"):
        assert answered(named, host) == 200, host
    for host in ("evil.example", "f2f.example.gov.cn.evil.example", "10.0.0.9"):
        assert answered(named, host) == 400, host


def test_any_name_is_answered_where_none_is_named():
    assert answered([], "whatever.example") == 200
    assert st.get_option("server.allowedHosts") == [], "the option that app.py reads"
