"""The server: `streamlit run app.py`. Everything that is not a Streamlit page hangs here."""

import asyncio
import gc
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import plotly.graph_objects  # noqa: F401 - takes a second: at the start, not when the first leader looks
import streamlit as st
import uvicorn.config
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from casework.cases.deadlines import recompute_deadlines
from casework.notices import weekly_leaf
from casework.notices.delivery import delivering
from casework.notices.late_backup import tell_late_backup
from casework.similar.learning import learn_when_due
from db.address import path_of
from db.refused import Refused
from db.system import backups
from db.system.keeping import keeping
from db.system.outside import letting_go
from db.system.retention import sweeping
from insight.citing.citing import cite_public
from insight.glance.leaf_notice import leaf_paper
from insight.glance.thresholds import watching
from insight.province.sent import sending
from intake.waves.separating import separate_due
from pages.figures import live_view
from pages.figures.ahead import prepared, read_modules
from pages.routes import ROUTES
from pages.shared.here import now, store
from pages.shared.style import APART
from pages.survey.first_words import first_words
from pages.web import icons, logs, scripts
from pages.web.drawn_again import keep_drawn
from pages.web.faults import refused_answer, show_fault
from pages.web.first_page import FirstPage
from pages.web.handfuls import hand_over_by_the_handful
from pages.web.identity import AfterIdentity
from pages.web.media_guard import OnlyOwnMedia
from pages.web.middleware import KnownAddresses, SecurityHeaders, our_hosts
from pages.web.sessions import keep_lost_sessions
from pages.web.static_files import StaticFiles
from pages.web.upload_guard import OnlyAskedUploads
from pages.web.websocket_guard import OnlyOurMessages
from pages.web.who_asks import WhoAsks

# uvicorn believes the address headers of everybody on this machine; `WhoAsks` believes the proxy alone.
uvicorn.config.ProxyHeadersMiddleware = lambda app, **_: app  # type: ignore[assignment]

logs.structured()

# So many objects more before Python looks through the youngest, so many of these looks before older ones: what a
# thousand open pages hold is looked through seldom, for a hall that sends at once waits for it.
LOOKS_FOR_GARBAGE = (50_000, 20, 10)

# Streamlit puts this folder on the path for the length of each run. Taking it off again while another run imports
# makes that import skip an entry and fail, so it stays.
PAGES = str(Path(__file__).resolve().parent / "pages")
if PAGES not in sys.path:
    sys.path.append(PAGES)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Open and migrate the store before the first request; close it after the last."""
    keep_lost_sessions()
    hand_over_by_the_handful()
    store().migrate()
    if not store().damage:  # it is shown as it stands
        recompute_deadlines(store(), at=now())
    read_modules()
    # A full collection after every run costs several times the run itself; what start-up made lives for ever.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*LOOKS_FOR_GARBAGE)
    drawing = asyncio.create_task(keep_drawn(store(), prepared))
    chores = [
        cite_public,
        sending(os.environ.get("FIGURES_TO", "")),
        watching(),
        learn_when_due,
        separate_due,
        sweeping(),
        letting_go(backups.folder()),
        tell_late_backup,
    ]
    with (
        delivering(store(), now=now, papers={weekly_leaf.KIND: leaf_paper}, chores=chores),
        keeping(store(), path_of(), now=now),
    ):
        yield
    drawing.cancel()
    live_view.show(None)
    store().close()


app = st.App(
    "pages/main.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=[
        Middleware(TrustedHostMiddleware, allowed_hosts=our_hosts(st.get_option("server.allowedHosts"))),
        Middleware(WhoAsks, proxies=os.environ.get("FORWARDED_ALLOW_IPS", "")),
        Middleware(SecurityHeaders),
        Middleware(OnlyOurMessages),
        Middleware(OnlyAskedUploads),
        Middleware(OnlyOwnMedia),
        Middleware(StaticFiles, own={icons.ADDRESS: icons.FONT, scripts.ADDRESS: scripts.SCRIPT, **APART}),
        Middleware(KnownAddresses, routes=tuple(route.path for route in ROUTES)),
        Middleware(AfterIdentity),
        Middleware(FirstPage, words={"survey": first_words}),
    ],
    exception_handlers={Refused: refused_answer},
    on_script_error=show_fault,
)
