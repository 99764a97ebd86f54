"""What the leader's page says about cases and forums, read in one snapshot of the store: counts, never the cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from db.figures import case_figures
from db.figures.case_figures import GROUPED, Asked, ForumCases, Group, Month, Spread, Waits
from db.figures.figures import Filters
from db.scope import Scope
from db.sql import Connection
from i18n.names import Named
from insight.cases.facts import Facts, read_days
from insight.cases.figures import measures
from insight.measures import Measure

BACK = 30  # days to the date that a change is measured from
SHOWN = 5  # cases of a queue that the page names; the desk has them all
MONTHS = 36
FORUMS = 13  # the last one, and those that it is compared with


@dataclass(frozen=True)
class Forum(Named):
    """One of the last forums with what came of it; the themes in both languages."""

    number: int
    theme_zh: str
    theme_en: str
    held_on: date
    present: int
    came: ForumCases

    def theme(self, language: str) -> str:
        return self.say(language, "theme")


@dataclass(frozen=True)
class Board:
    """`before` holds the same measures 30 days earlier. `groups` by column; `months` the last 36, none left out.

    `forums` are the last 13, oldest first, compared at the age in days of the last one. `waiting` names the first of
    each queue; how many there are stands in the counts. Shared between viewers: nobody changes it.
    """

    facts: Facts
    measures: Mapping[str, Measure]
    before: Mapping[str, Measure]
    groups: Mapping[str, Sequence[Group]]
    months: Sequence[Month]
    spreads: Sequence[Spread]
    prompt_before: tuple[int, int]
    forums: Sequence[Forum]
    waiting: Mapping[str, Sequence[Waits]]


def read_board(con: Connection, *, scope: Scope, filters: Filters, as_of: date) -> Board:
    asked = Asked(scope, filters, as_of)
    facts, earlier = read_days(con, replace(asked, before=as_of - timedelta(days=BACK)))
    first = [month_before(as_of, back) for back in reversed(range(MONTHS))]
    months, spreads = case_figures.courses(con, asked)
    groups, queues = case_figures.groups(con, asked), case_figures.queues(con, asked, most=SHOWN)
    return Board(
        facts=facts,
        measures=measures(facts),
        before=measures(earlier),
        groups={column: [one for one in groups if one.of_column == column] for column in GROUPED},
        months=_without_gaps(months, first),
        spreads=spreads,
        prompt_before=facts.counts["prompt_before"],
        forums=_forums(con, asked, facts),
        waiting={queue: [one for one in queues if one.queue == queue] for queue in case_figures.QUEUES},
    )


def _without_gaps(found: Sequence[Month], months: Sequence[date]) -> list[Month]:
    """A month in which nothing happened is one of noughts."""
    known = {one.month: one for one in found}
    return [known.get(month, Month(month, 0, 0, 0, 0)) for month in months]


def month_before(day: date, months: int) -> date:
    """The first day of the month so many before that of `day`."""
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _forums(con: Connection, asked: Asked, facts: Facts) -> list[Forum]:
    last = facts.forums[-FORUMS:]
    age = min(((asked.as_of - one.held_on).days for one in last), default=0)
    came = case_figures.of_forums(con, asked, {one.id: one.held_on for one in last}, age=age)
    return [
        Forum(one.number, one.theme_zh, one.theme_en, one.held_on, one.present,
              came.get(one.id, ForumCases(one.id, 0, 0, 0, 0, 0, 0, 0)))
        for one in last
    ]  # fmt: skip
