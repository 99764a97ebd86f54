"""Visits in words."""

from db.conduct import Conduct
from pages.shared.here import t


def was_asked(asked: bool) -> str:
    return t("visit.asked.yes") if asked else t("visit.asked.no")


def said_count(n: Conduct) -> str:
    return t("visit.said_count", n=n.spoken, useful=n.useful, neutral=n.neutral, disturbing=n.disturbing,
             absent=n.absent, unlike=n.unlike)  # fmt: skip
