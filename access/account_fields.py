"""What an account is called, and what each role belongs to."""

from access.typed import one_line, proper_name
from db.refused import Refused

LONGEST_LOGIN = 40
LONGEST_NAME = 60
# role → (what it belongs to, whether it must). Roles not named belong to nothing.
PLACES: dict[str, tuple[str, bool]] = {
    "enterprise": ("enterprise_id", True),
    "department": ("body_code", True),
    "town": ("town_code", True),
    "staff": ("body_code", False),
    "leader": ("body_code", False),
}


def login_of(typed: str) -> str:
    login = one_line(typed)
    if not 3 <= len(login) <= LONGEST_LOGIN or not all(c.isascii() and (c.isalnum() or c in "._-@") for c in login):
        raise Refused("login_invalid")
    return login


def name_of(typed: str) -> str:
    name = proper_name(typed)
    if not name or len(name) > LONGEST_NAME:
        raise Refused("name_missing", longest=LONGEST_NAME)
    return name
