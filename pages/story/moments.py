"""An enterprise's story as moments: each forum, issue, policy and visit as one line with its day and where it opens."""

from dataclasses import dataclass
from datetime import date

import i18n
from db import clock
from db.people.story import ForumAttended, IssueRaised, PolicyEnjoyed, ReturnVisit, Story
from pages.shared.here import lang, t
from pages.shared.names import Names

# Kind → what opens it: the page, the name in its address, the permission that it takes.
OPENS = {
    "forum": ("forums/forums.py", "forum", "see_forums"),
    "issue": ("desk/desk.py", "case", "see_cases"),
    "policy": ("policies/policies.py", "policy", "see_policies"),
    "visit": ("desk/desk.py", "case", "see_cases"),
}


@dataclass(frozen=True)
class Moment:
    """One line, of a kind of OPENS. `id` and `number` are of the record that it opens; `answer` is a person's own
    words."""

    day: date
    kind: str
    title: str
    quiet: str
    id: str
    number: object
    answer: str = ""


def moments(told: Story, called: Names) -> list[Moment]:
    """Everything, the latest first."""
    found = [_forum(forum) for forum in told.forums]
    found += [_issue(issue, called) for issue in told.issues]
    found += [_policy(policy, called) for policy in told.policies]
    found += [_visit(visit) for visit in told.visits]
    return sorted(found, key=lambda moment: (moment.day, moment.title), reverse=True)


def _forum(forum: ForumAttended) -> Moment:
    title = t("story.attended", number=forum.number, theme=forum.theme(lang()))
    return Moment(forum.held_on, "forum", title, t("story.people", n=forum.people), forum.id, forum.number)


def _issue(issue: IssueRaised, called: Names) -> Moment:
    day, kind = clock.day_of(issue.submitted_at), t(f"story.kind_word_{issue.kind}")
    title = t("story.raised", kind=kind, title=issue.title)
    quiet = i18n.DOT.join(_standing(issue, called))
    return Moment(day, "issue", title, quiet, issue.id, issue.number, issue.answer_text or "")


def _standing(issue: IssueRaised, called: Names) -> list[str]:
    """How it stands, who answered what, when it was settled and when closed, how it was rated each time."""
    words = [called.category.get(issue.category, issue.category), t(f"case.state.{issue.state}")]
    if issue.answer_kind:
        kind = t(f"case.answer.{issue.answer_kind}")
        words.append(t("story.answered", body=called.who(issue.lead_body), kind=kind))
    if issue.settled_at:
        words.append(t("story.settled_on", day=i18n.day(clock.day_of(issue.settled_at), lang())))
    if issue.closed_at:
        words.append(t("story.closed_on", day=i18n.day(clock.day_of(issue.closed_at), lang())))
    elif issue.promised_on and not issue.settled_at:
        words.append(t("story.promised", day=i18n.day(issue.promised_on, lang())))
    if issue.ratings:
        given = " → ".join(t(f"case.rating.{rating}") for rating in issue.ratings)
        words.append(t("story.ratings", ratings=given))
    return words


def _policy(policy: PolicyEnjoyed, called: Names) -> Moment:
    title, body = t("story.enjoyed", title=policy.title(lang())), called.who(policy.body_code)
    return Moment(policy.benefited_on, "policy", title, body, policy.id, policy.number)


def _visit(visit: ReturnVisit) -> Moment:
    title, quiet = t("story.visited", title=visit.title), t(f"today.outcome.return_visit.{visit.outcome}")
    return Moment(clock.day_of(visit.done_at), "visit", title, quiet, visit.case_id, visit.number)
