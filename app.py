"""The server: `streamlit run app.py`. Everything that is not a Streamlit page hangs here."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from pages.faults import show_fault
from pages.middleware import CompressedStatic, KnownAddresses, SecurityHeaders
from pages.parts.here import store
from pages.routes import ROUTES
from pages.websocket_guard import OnlyOurMessages


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Open and migrate the store before the first request; close it after the last."""
    store().migrate()
    # A full collection after every run costs several times the run itself; what start-up made lives for ever.
    gc.collect()
    gc.freeze()
    yield
    store().close()


app = st.App(
    "pages/main.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(OnlyOurMessages),
        Middleware(CompressedStatic),
        Middleware(KnownAddresses, routes=tuple(route.path for route in ROUTES)),
    ],
    on_script_error=show_fault,
)
