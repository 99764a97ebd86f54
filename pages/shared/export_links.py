"""Links that take what is shown away as a file; the route asks again who is here and what they may see."""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

import streamlit as st

from pages.shared.here import t


def export_links(what: str, asked: Mapping[str, str]) -> None:
    """`what` names the route (`/export/cases.xlsx`), `asked` the filters of the address."""
    query = urlencode(asked)
    links = "".join(
        f'<a href="/export/{what}.{kind}?{escape(query)}" download>{escape(t(f"export.{kind}"))}</a>'
        for kind in ("xlsx", "csv")
    )
    st.html(f'<span class="f2f-export">{links}</span>', width="content")
