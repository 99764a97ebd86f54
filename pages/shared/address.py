"""Whole addresses, for QR codes and links that leave the browser."""

from urllib.parse import urlsplit

import streamlit as st


def full_address(path: str) -> str:
    """`path` ('/i/…') on the site that the reader is looking at."""
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}{path}" if here.netloc else path
