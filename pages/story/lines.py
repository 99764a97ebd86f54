"""An enterprise's story on screen: its facts, and its forums, issues, policies and visits as one timeline by year."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

import i18n
from db.people.story import Story
from db.states import CLOSED, SETTLED, UNCOUNTED
from pages.shared.choices import pick
from pages.shared.here import actor, lang, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names, person
from pages.shared.plain import plain
from pages.shared.rows import facts
from pages.shared.style import style
from pages.story.moments import OPENS, Moment


def story_style() -> None:
    """Once on the page."""
    style("shared/rows", "story/story")


def facts_of(told: Story, called: Names) -> None:
    """Who it is, then how much there was of each."""
    firm = told.enterprise
    foreign = i18n.DOT + t("story.foreign") if firm.foreign_funded else ""
    pairs = [
        (t("story.uscc"), firm.uscc),
        (t("story.sector"), called.sector.get(firm.sector_code, firm.sector_code)),
        (t("story.town"), called.town.get(firm.town_code, firm.town_code)),
        (t("story.size"), t(f"size.{firm.size}") + foreign),
        (t("story.officer"), person(told.officer or "") or t("story.no_officer")),
    ]
    show(Markup('<h1 class="f2f-story-name">{}</h1>').format(firm.say(lang())))
    with st.container(key="card-facts", border=True):
        facts(pairs)
    with st.container(key="card-numbers", border=True):
        facts(_numbers(told))


def kinds(found: Sequence[Moment]) -> str | None:
    """Which kind the reader wants to see; None is all. Offered only where there are several."""
    counts = {kind: sum(moment.kind == kind for moment in found) for kind in OPENS}
    words = {kind: f"{t(f'story.kind_{kind}')} {n}" for kind, n in counts.items() if n}
    if len(words) < 2:
        return None
    return pick(st.pills, t("story.kind"), words, key="story-kind", label_visibility="collapsed")


def years(shown: Sequence[Moment]) -> None:
    """A card a year."""
    for year, of_year in groupby(shown, key=lambda moment: moment.day.year):
        with st.container(key=f"card-year-{year}", border=True, gap=None):
            st.header(t("story.in_year", year=year), anchor=False)
            for number, moment in enumerate(of_year):
                _line(moment, f"{year}-{number}")


def _line(moment: Moment, key: str) -> None:
    quiet = Markup('<div class="f2f-quiet">{}</div>').format(moment.quiet) if moment.quiet else ""
    day = i18n.day(moment.day, lang())
    with st.container(key=f"moment-{key}", horizontal=True, gap="small"):
        show(
            Markup('<div class="f2f-moment f2f-moment-{}"><time>{}</time><div><b>{}</b>{}</div></div>').format(
                moment.kind, day, moment.title, quiet
            ),
            width="stretch",
        )
        page, name, permission = OPENS[moment.kind]
        if actor().may(permission):
            label = t(f"story.open_{name}", number=moment.number)
            st.page_link(page, label=label, query_params={name: moment.id})
    if moment.answer:
        with st.container(key=f"answer-{key}"):
            plain(moment.answer)


def _numbers(told: Story) -> list[tuple[str, str]]:
    """Merged ones count with the case that they were merged into, so not here."""
    counted = [issue for issue in told.issues if issue.state not in UNCOUNTED]
    settled, closed = (sum(issue.state in states for issue in counted) for states in (SETTLED, CLOSED))
    return [
        (t("story.forums"), t("story.times", n=len(told.forums))),
        (t("story.issues"), t("story.pieces", n=len(counted))),
        (t("story.settled"), t("story.of_pieces", n=settled, all=len(counted))),
        (t("story.closed"), t("story.of_pieces", n=closed, all=len(counted))),
        (t("story.rated"), t(f"case.rating.{told.rating}") if told.rating else t("story.not_rated")),
        (t("story.policies"), t("story.items", n=len(told.policies))),
    ]
