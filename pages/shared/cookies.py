"""What each cookie is called. Over https its name begins with `__Host-`: a browser takes such a one from this very host
alone, so that no neighbour of our name can lay one under us; the plain name then counts for nothing."""

SESSION_COOKIE = "f2f_session"
LANGUAGE_COOKIE = "language"
RECEIPTS_COOKIE = "f2f_receipts"  # what the codes of this browser's receipts follow from
NEXT_COOKIE = "f2f_next"  # where signing in elsewhere leads to
BROWSER_COOKIE = "f2f_browser"  # so that one browser answers a wall's link once
YEAR = 365 * 24 * 3600  # seconds


def named(name: str, *, secure: bool) -> str:
    return f"__Host-{name}" if secure else name
