"""What a person sees when something goes wrong: a sentence in their language, never a traceback."""

import logging
from uuid import uuid4

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response

from db.refused import Refused, StoreUnavailable
from pages.shared.here import t
from pages.shared.plain import why
from pages.web.followers import come_back
from pages.web.plain_pages import refused_page

log = logging.getLogger(__name__)


def show_fault(error: Exception) -> bool:
    """A refusal says itself; anything else is logged under a reference number that the person can tell us. A page that
    the store let down is drawn again when it answers."""
    if isinstance(error, StoreUnavailable):
        come_back()
    if isinstance(error, Refused):
        st.error(why(error))
        return True
    reference = uuid4().hex[:8]
    log.error("fault %s", reference, exc_info=error)
    st.error(t("error.unexpected", reference=reference))
    return True


def refused_answer(request: Request, refusal: Exception) -> Response:
    """A refusal that a route did not expect, as of a store that cannot write just now: the page of words."""
    assert isinstance(refusal, Refused)
    return refused_page(request, refusal, status=503, back=request.url.path)
