"""What a person sees when something goes wrong: a sentence in their language, never a traceback."""

import logging
from uuid import uuid4

import streamlit as st

from db.refused import Refused
from pages.parts.here import t

log = logging.getLogger(__name__)


def show_fault(error: Exception) -> bool:
    """A refusal says itself; anything else is logged under a reference number that the person can tell us."""
    if isinstance(error, Refused):
        st.error(t(f"error.{error.code}", **error.facts))
        return True
    reference = uuid4().hex[:8]
    log.error("fault %s", reference, exc_info=error)
    st.error(t("error.unexpected", reference=reference))
    return True
