"""What is looked at: every page as the first role that has it, the records, drawers and dialogs that open on them, and
the pages that the server draws itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from access.roles import PERMISSIONS
from pages.sitemap import SITE


@dataclass(frozen=True)
class View:
    """`role` is '' for nobody. `pressed` is the key of what is pressed once the page stands: it opens a record or a
    dialog."""

    role: str
    path: str
    pressed: str = ""

    def __str__(self) -> str:
        return " ".join((self.role or "nobody", self.path, self.pressed)).strip()

    @property
    def selector(self) -> str:
        beginning = (
            f'[class*="st-key-{self.pressed[:-1]}"]' if self.pressed.endswith("*") else f".st-key-{self.pressed}"
        )
        return f"{beginning} :is(button, a)"


# Each key is that of what is pressed; with a star at its end the first that begins like this.
OPENED = (
    View("staff", "today", "today-share"),
    View("staff", "today", "open-return_visit-*"),
    View("staff", "desk", "open-*"),
    View("staff", "desk", "view-edit"),
    View("department", "desk", "open-*"),
    View("town", "desk", "open-*"),
    View("staff", "plans", "plan-open"),
    View("staff", "plans", "press-*"),
    View("staff", "forums", "plan-forum"),
    View("staff", "forums", "forum-open-*"),
    View("staff", "meetings", "meeting-add"),
    View("staff", "meetings", "press-*"),
    View("staff", "policies", "policy-add"),
    View("staff", "policies", "policy-open-*"),
    View("staff", "guides", "guide-add"),
    View("staff", "guides", "policy-open-*"),
    View("staff", "forum_day", "say-solved"),
    View("staff", "next_theme", "theme-open-sector-*"),
    View("staff", "surveys", "wave-groups"),
    View("staff", "surveys", "wave-new"),
    View("staff", "surveys", "wave-invite"),
    View("staff", "surveys", "wave-wall"),
    View("staff", "surveys", "wave-remind"),
    View("staff", "surveys", "wave-quota"),
    View("staff", "surveys", "wave-close"),
    View("staff", "questionnaires", "designer-new"),
    View("staff", "questionnaires", "show-*"),
    View("staff", "enterprises", "add-enterprise"),
    View("staff", "enterprises", "change-*"),
    View("leader", "dashboard", "open-numbers-strip"),
    View("leader", "dashboard", "open-numbers-backlog"),
    View("leader", "outcomes", "card-figure-large-settled_share"),
    View("leader", "outcomes", "card-figure-small-*"),
    View("leader", "place", "card-figure-chip-issues"),
    View("admin", "accounts", "add-account"),
    View("admin", "accounts", "change-*"),
    View("admin", "references", "add-item"),
    View("admin", "references", "change-*"),
    View("enterprise", "survey", "survey-start"),
    View("officer", "care", "visit-*"),
    View("enterprise", "my_cases", "card-line-*"),
)
# Pages that the server draws itself, for nobody and for an enterprise.
DRAWN = (
    *(View("", path) for path in ("sign-in", "published", "guidance", "guidance/1", "i/guessed", "c/guessed")),
    *(View("enterprise", path) for path in ("f", "f/raise", "f/cases", "f/visits", "password", "sign-out")),
)


def pages(role: str) -> Iterator[View]:
    """Every page that this role may see."""
    for row in SITE:
        if row.permission == "anyone" or row.permission in PERMISSIONS[role]:
            yield View(role, row.path)


def firsts() -> Iterator[View]:
    """Each page as the first role that has it."""
    seen = set[str]()
    for role in PERMISSIONS:
        for view in pages(role):
            if view.path not in seen:
                seen.add(view.path)
                yield view


def once(role: str) -> Iterator[View]:
    """As this role: each page as the first that has it, what opens on it, and what the server draws."""
    yield from (view for view in (*firsts(), *OPENED, *DRAWN) if view.role == role)


def elsewhere(role: str) -> Iterator[View]:
    """The pages of this role that another one's have been looked at."""
    if role:
        first = set(firsts())
        yield from (view for view in pages(role) if view not in first)
