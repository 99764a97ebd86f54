"""What a person types into a short field, before it is kept."""

import unicodedata


def one_line(text: str | None) -> str:
    """NFC, one line, single spaces, no control, bidirectional or zero-width characters."""
    whole = unicodedata.normalize("NFC", text or "")
    seen = (" " if c.isspace() else c for c in whole)
    return " ".join("".join(c for c in seen if unicodedata.category(c)[0] != "C").split())
