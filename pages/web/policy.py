"""What a browser may run and fetch of a page (content security policy): scripts of ours by their digest, no other's,
none by a text that becomes one; nothing from another host (docs/decisions/0030)."""

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256

_INLINE = re.compile(r"<(script|style)\b(?![^>]*\ssrc=)[^>]*>(.*?)</\1>", re.DOTALL)
_PARTS = {
    "default-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def strict(page: str) -> str:
    """For a page of our own: also its sheets by their digest. A bar's length stands at its element, so that attributes
    of style are allowed, which nothing that a person typed can write; before Chrome 75, which knows `style-src` alone,
    with the sheets: a digest there would forbid them."""
    sheets = _sources(page, "style")
    if ' style="' not in page:
        return _policy(_sources(page, "script"), sheets)
    more = {"style-src-elem": sheets, "style-src-attr": "'unsafe-inline'"}
    return _policy(_sources(page, "script"), "'self' 'unsafe-inline'", more)


def of_streamlit(page: str) -> str:
    """Streamlit, its charts and what `st.html` draws write their sheets while they run."""
    return _policy(_sources(page, "script"), "'self' 'unsafe-inline'")


def _sources(page: str, kind: str) -> str:
    found = dict.fromkeys(text for name, text in _INLINE.findall(page) if name == kind)
    return " ".join(["'self'", *(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in found)])


def _policy(scripts: str, styles: str, more: Mapping[str, str] | None = None) -> str:
    parts = _PARTS | {"script-src": scripts, "style-src": styles} | dict(more or {})
    return "; ".join(f"{name} {sources}" for name, sources in parts.items())


WITHOUT_SCRIPT = _policy("'self'", "'self'")
