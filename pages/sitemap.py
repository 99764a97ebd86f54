"""SITE: one row a page. A page is served only through `main.py`, and only to those whom its permission names."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SitePage:
    """`path` is the address and the key of its title (`page.<path>`); `file` stands below `pages/`.

    `permission` is one of access.roles, or 'anyone'. `menu` False: reached from other pages, not from the menu.
    """

    path: str
    file: str
    icon: str
    permission: str
    menu: bool = True


SITE: tuple[SitePage, ...] = (SitePage("welcome", "public/welcome.py", ":material/handshake:", "anyone", menu=False),)

# The page that each role opens with.
HOME: dict[str, str] = {
    "enterprise": "home",
    "officer": "care",
    "department": "desk",
    "town": "desk",
    "staff": "desk",
    "leader": "dashboard",
    "admin": "accounts",
}
