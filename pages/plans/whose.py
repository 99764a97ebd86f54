"""Whose records a leader looks at."""

from pages.shared import filters
from pages.shared.here import actor, t


def whose(mine: int, everything: int) -> str:
    """'mine' or 'all': a leader begins with what they lead; others see all that they may see."""
    if actor().role != "leader":
        return "all"
    words = {name: t(f"plan.whose.{name}") for name in ("mine", "all")}
    return filters.switch("whose", t("plan.whose_label"), words, {"mine": mine, "all": everything})
