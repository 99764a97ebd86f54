"""An enterprise's story on screen: its facts, and its forums, issues, policies and visits as one timeline by year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby

import streamlit as st

import i18n
from db import clock
from db.story import ForumAttended, IssueRaised, PolicyEnjoyed, ReturnVisit, Story
from pages.parts.here import actor, lang, t
from pages.parts.names import Names
from pages.parts.plain import plain
from pages.parts.rows import facts, row_style
from pages.parts.style import style

KINDS = ("forum", "issue", "policy", "visit")
_SETTLED = ("awaiting", "closed")


@dataclass(frozen=True)
class Moment:
    """One line. `page` with `query` opens it, for those who hold `permission`; `answer` is a person's own words."""

    day: date
    kind: str
    title: str
    quiet: str
    label: str
    page: str
    query: dict[str, str]
    permission: str
    answer: str = ""


def story_style() -> None:
    """Once on the page."""
    row_style()
    style("story")


def facts_of(told: Story, called: Names) -> None:
    """Who it is, then how much there was of each."""
    firm = told.enterprise
    foreign = f" · {t('story.foreign')}" if firm.foreign_funded else ""
    pairs = [
        (t("story.uscc"), firm.uscc),
        (t("story.sector"), called.sector.get(firm.sector_code, firm.sector_code)),
        (t("story.town"), called.town.get(firm.town_code, firm.town_code)),
        (t("story.size"), t(f"size.{firm.size}") + foreign),
        (t("story.officer"), told.officer or t("story.no_officer")),
    ]
    st.html(f'<h1 class="f2f-story-name">{escape(firm.name(lang()))}</h1>')
    with st.container(key="card-facts", border=True):
        facts(pairs)
    with st.container(key="card-numbers", border=True):
        facts(_numbers(told))


def moments(told: Story, called: Names) -> list[Moment]:
    """Everything, the latest first."""
    found = [_forum(forum) for forum in told.forums]
    found += [_issue(issue, called) for issue in told.issues]
    found += [_policy(policy, called) for policy in told.policies]
    found += [_visit(visit) for visit in told.visits]
    return sorted(found, key=lambda moment: (moment.day, moment.title), reverse=True)


def kinds(found: Sequence[Moment]) -> str | None:
    """Which kind the reader wants to see; None is all. Offered only where there are several."""
    there = [kind for kind in KINDS if any(moment.kind == kind for moment in found)]
    if len(there) < 2:
        return None
    return st.pills(
        t("story.kind"),
        there,
        format_func=lambda kind: f"{t(f'story.kind_{kind}')} {sum(m.kind == kind for m in found)}",
        key="story-kind",
        label_visibility="collapsed",
    )


def years(shown: Sequence[Moment]) -> None:
    """A card a year."""
    for year, of_year in groupby(shown, key=lambda moment: moment.day.year):
        with st.container(key=f"card-year-{year}", border=True, gap=None):
            st.subheader(t("story.in_year", year=year), anchor=False)
            for number, moment in enumerate(of_year):
                _line(moment, f"{year}-{number}")


def _line(moment: Moment, key: str) -> None:
    quiet = f'<div class="f2f-quiet">{escape(moment.quiet)}</div>' if moment.quiet else ""
    day = i18n.day(moment.day, lang())
    with st.container(key=f"moment-{key}", horizontal=True, gap="small"):
        st.html(
            f'<div class="f2f-moment f2f-moment-{moment.kind}"><time>{escape(day)}</time>'
            f"<div><b>{escape(moment.title)}</b>{quiet}</div></div>",
            width="stretch",
        )
        if actor().may(moment.permission):
            st.page_link(moment.page, label=moment.label, query_params=moment.query)
    if moment.answer:
        with st.container(key=f"answer-{key}"):
            plain(moment.answer)


def _numbers(told: Story) -> list[tuple[str, str]]:
    """Merged ones count with the case that they were merged into, so not here."""
    counted = [issue for issue in told.issues if issue.state != "merged"]
    settled = sum(issue.state in _SETTLED for issue in counted)
    return [
        (t("story.forums"), t("story.times", n=len(told.forums))),
        (t("story.issues"), t("story.pieces", n=len(counted))),
        (t("story.settled"), t("story.of_pieces", n=settled, all=len(counted))),
        (t("story.rated"), t(f"case.rating.{told.rating}") if told.rating else t("story.not_rated")),
        (t("story.policies"), t("story.items", n=len(told.policies))),
    ]


def _forum(forum: ForumAttended) -> Moment:
    return Moment(
        forum.held_on,
        "forum",
        t("story.attended", number=forum.number, theme=forum.theme(lang())),
        t("story.people", n=forum.people),
        t("story.open_forum", number=forum.number),
        "staff/forums.py",
        {"forum": forum.id},
        "see_forums",
    )


def _issue(issue: IssueRaised, called: Names) -> Moment:
    return Moment(
        clock.day_of(issue.submitted_at),
        "issue",
        t("story.raised", kind=t(f"story.kind_word_{issue.kind}"), title=issue.title),
        " · ".join(_standing(issue, called)),
        t("story.open_case", number=issue.number),
        "staff/desk.py",
        {"case": issue.id},
        "see_cases",
        issue.answer_text or "",
    )


def _standing(issue: IssueRaised, called: Names) -> list[str]:
    """How it stands, who answered what, when it was settled, how it was rated each time."""
    words = [called.category.get(issue.category, issue.category), t(f"case.state.{issue.state}")]
    if issue.answer_kind:
        kind = t(f"case.answer.{issue.answer_kind}")
        words.append(t("story.answered", body=called.who(issue.lead_body), kind=kind))
    if issue.settled_at:
        words.append(t("story.settled_on", day=i18n.day(clock.day_of(issue.settled_at), lang())))
    elif issue.promised_on:
        words.append(t("story.promised", day=i18n.day(issue.promised_on, lang())))
    if issue.ratings:
        given = " → ".join(t(f"case.rating.{rating}") for rating in issue.ratings)
        words.append(t("story.ratings", ratings=given))
    return words


def _policy(policy: PolicyEnjoyed, called: Names) -> Moment:
    return Moment(
        policy.benefited_on,
        "policy",
        t("story.enjoyed", title=policy.title(lang())),
        called.who(policy.body_code),
        t("story.open_policy", number=policy.number),
        "staff/policies.py",
        {"policy": policy.id},
        "see_policies",
    )


def _visit(visit: ReturnVisit) -> Moment:
    return Moment(
        clock.day_of(visit.done_at),
        "visit",
        t("story.visited", title=visit.title),
        t(f"today.outcome.return_visit.{visit.outcome}"),
        t("story.open_case", number=visit.number),
        "staff/desk.py",
        {"case": visit.case_id},
        "see_cases",
    )
