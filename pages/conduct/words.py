"""Visits in words."""

from db.conduct import PLACES, Felt, OwnVisit
from pages.shared.here import t
from pages.shared.names import names, person


def places() -> dict[str, str]:
    """Where a visit may be, by code."""
    return {code: t(f"visit.place.{code}") for code in PLACES}


def was_asked(asked: bool) -> str:
    return t("visit.asked.yes") if asked else t("visit.asked.no")


def who_came(officer: str, body_code: str | None) -> str:
    return person(officer) or names().who(body_code)


def whose_record(one: OwnVisit) -> str:
    """An officer's, who says whether it was asked for; or the enterprise's own word."""
    if one.visit.asked is None:
        return t("visit.tell.own")
    return t("visit.theirs.by_officer", asked=was_asked(one.visit.asked))


def said_count(n: Felt) -> str:
    return t("visit.said_count", n=n.spoken, useful=n.useful, neutral=n.neutral, disturbing=n.disturbing,
             absent=n.absent, unlike=n.unlike)  # fmt: skip
