"""An enterprise's story as moments: each forum, issue, policy and visit as one line with its day and where it opens."""

from dataclasses import dataclass
from datetime import date

import i18n
from db import clock
from db.people.story import ForumAttended, IssueRaised, PolicyEnjoyed, ReturnVisit, Story
from pages.shared.here import lang, t
from pages.shared.names import Names


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


def moments(told: Story, called: Names) -> list[Moment]:
    """Everything, the latest first."""
    found = [_forum(forum) for forum in told.forums]
    found += [_issue(issue, called) for issue in told.issues]
    found += [_policy(policy, called) for policy in told.policies]
    found += [_visit(visit) for visit in told.visits]
    return sorted(found, key=lambda moment: (moment.day, moment.title), reverse=True)


def _forum(forum: ForumAttended) -> Moment:
    return Moment(
        forum.held_on,
        "forum",
        t("story.attended", number=forum.number, theme=forum.theme(lang())),
        t("story.people", n=forum.people),
        t("story.open_forum", number=forum.number),
        "forums/forums.py",
        {"forum": forum.id},
        "see_forums",
    )


def _issue(issue: IssueRaised, called: Names) -> Moment:
    return Moment(
        clock.day_of(issue.submitted_at),
        "issue",
        t("story.raised", kind=t(f"story.kind_word_{issue.kind}"), title=issue.title),
        i18n.DOT.join(_standing(issue, called)),
        t("story.open_case", number=issue.number),
        "desk/desk.py",
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
        "policies/policies.py",
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
        "desk/desk.py",
        {"case": visit.case_id},
        "see_cases",
    )
