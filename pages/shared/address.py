"""Whole addresses, for QR codes and links that leave the browser."""

from urllib.parse import urlsplit

import streamlit as st

from db.system import settings
from pages.shared.here import kept


def full_address(path: str) -> str:
    """`path` ('/i/…') at the address that the administrator gave this site, else at the one that is looked at."""
    here = urlsplit(st.context.url or "")
    return (kept(settings.public_url) or (f"{here.scheme}://{here.netloc}" if here.netloc else "")) + path
