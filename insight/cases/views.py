"""What stands beside the headlines: by month, place, theme and state; what took how long; what waits for whom."""

from dataclasses import dataclass

import pandas as pd

from insight.cases.facts import Facts
from insight.frames import Frame, how_many

MONTHS = 18
FORUMS = 12
PROMPT = 7  # days within which an answer counts as prompt
RECENT = 90  # days that the share of prompt answers looks back
LONG_OPEN = 30  # days after which a case with a leader in charge waits for that leader
_BAD = ("dissatisfied", "very_dissatisfied")


@dataclass(frozen=True)
class Waiting:
    """Cases for a decision, the latest first. Each frame has the case's columns and `late`, its days late or open."""

    overdue: Frame
    unsatisfied: Frame
    leader: Frame


@dataclass(frozen=True)
class Prompt:
    """The share of the cases settled in the last 90 days that took 7 days or fewer, and 90 days before."""

    share: float | None
    before: float | None
    n: int


def by_month(facts: Facts) -> Frame:
    """`month`, `received`, `settled`: the last 18 months to the as-of date, a month with nothing as 0."""
    index = pd.period_range(end=pd.Period(facts.as_of, "M"), periods=MONTHS, freq="M")
    settled = facts.cases["settled"][facts.cases["is_settled"]]
    return pd.DataFrame(
        {
            "month": index.to_timestamp(),
            "received": _per_month(facts.cases["submitted"], index),
            "settled": _per_month(settled, index),
        }
    )


def by(facts: Facts, column: str) -> Frame:
    """`code`, `received`, `settled`, `open`: one row a value of the column, the most frequent first."""
    grouped = facts.cases.groupby(column, dropna=True)
    found = pd.DataFrame({"received": grouped.size(), "settled": grouped["is_settled"].sum()})
    found = found.assign(open=found["received"] - found["settled"])
    ordered = found.rename_axis("code").reset_index().sort_values(["received", "code"], ascending=[False, True])
    return ordered.reset_index(drop=True)


def by_state(facts: Facts) -> dict[str, int]:
    """How many cases stand in each state, as far as there are any."""
    return facts.cases["state"].value_counts().to_dict()


def days_by_month(facts: Facts) -> Frame:
    """`month` of settlement, `n`, `median`, and the quartiles `low` and `high` of handling days."""
    done = facts.cases[facts.cases["days"].notna()]
    spread = _spread(done["days"].groupby(done["settled"].dt.to_period("M")))
    window = pd.period_range(end=pd.Period(facts.as_of, "M"), periods=MONTHS, freq="M")
    kept = spread[spread.index.isin(window)]
    return kept.rename_axis("month").reset_index().assign(month=kept.index.to_timestamp())


def days_by_category(facts: Facts) -> Frame:
    """`code`, `n`, `median`, `low`, `high` of handling days by category, the slowest first."""
    done = facts.cases[facts.cases["days"].notna()]
    spread = _spread(done["days"].groupby(done["category"])).rename_axis("code").reset_index()
    return spread.sort_values(["median", "high"], ascending=False).reset_index(drop=True)


def prompt(facts: Facts) -> Prompt:
    quick, done, quick_before, done_before = prompt_counts(facts)
    return Prompt(_percent(quick, done), _percent(quick_before, done_before), done)


def prompt_counts(facts: Facts) -> tuple[int, int, int, int]:
    """Of the cases settled in the last 90 days: those within 7 days, and all; then the same of the 90 days before."""
    age = (pd.Timestamp(facts.as_of) - facts.cases["settled"]).dt.days
    done, quick = facts.cases["days"].notna(), facts.cases["days"] <= PROMPT
    now, before = done & (age < RECENT), done & (age >= RECENT) & (age < 2 * RECENT)
    return how_many(now & quick), how_many(now), how_many(before & quick), how_many(before)


def forum_outcomes(facts: Facts, last: int = FORUMS) -> Frame:
    """The last 12 forums, oldest first: `issues`, `solved`, `committed`, `explained` on the spot, `settled` by now."""
    from_forums = facts.cases[facts.cases["forum_id"].notna()]
    grouped = from_forums.groupby("forum_id")
    kinds = pd.DataFrame(
        {kind: grouped["on_spot"].agg(lambda given, k=kind: how_many(given == k)) for kind in ON_SPOT},
        index=grouped.size().index,
    )
    counted = kinds.assign(issues=grouped.size(), settled=grouped["is_settled"].sum())
    forums = facts.forums.tail(last).merge(counted, how="left", left_on="id", right_index=True)
    columns = [*ON_SPOT, "issues", "settled"]
    return forums.assign(**{c: forums[c].fillna(0).astype(int) for c in columns}).reset_index(drop=True)


def waiting(facts: Facts) -> Waiting:
    cases, today = facts.cases, pd.Timestamp(facts.as_of)
    overdue = cases["is_open"] & (cases["due_on"] < today)
    back = cases["is_open"] & ((cases["reopened"] > 0) | cases["rating"].isin(_BAD))
    promise_broken = (cases["state"] == "committed") & (cases["promised_on"] < today)
    open_days = (today - cases["submitted"]).dt.days
    stuck = cases["leader_id"].notna() & (open_days > LONG_OPEN)
    leader = cases["is_open"] & (promise_broken | (cases["reopened"] >= 2) | stuck)
    late = (today - cases["due_on"]).dt.days
    return Waiting(
        _listed(cases.assign(late=late), overdue),
        _listed(cases.assign(late=open_days), back),
        _listed(cases.assign(late=open_days), leader),
    )


ON_SPOT = ("solved", "committed", "explained")


def _per_month(days: Frame, index: pd.PeriodIndex) -> list[int]:
    return days.dt.to_period("M").value_counts().reindex(index, fill_value=0).tolist()


def _spread(grouped: Frame) -> Frame:
    return pd.DataFrame(
        {
            "n": grouped.size(),
            "median": grouped.median(),
            "low": grouped.quantile(0.25),
            "high": grouped.quantile(0.75),
        }
    )


def _listed(cases: Frame, chosen: Frame) -> Frame:
    return cases[chosen].sort_values(["late", "number"], ascending=[False, True]).reset_index(drop=True)


def _percent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None
