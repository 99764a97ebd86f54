"""SITE: one row a page. A page is served only through `main.py`, and only to those whom its permission names."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SitePage:
    """`path` is the address and the key of its title (`page.<path>`); `file` stands below `pages/`.

    `permission` is one of access.roles, or 'anyone'. `menu` False: reached from other pages, not from the menu.
    `group` gathers entries of the menu under one word (`menu.<group>`), so that none overflows.
    """

    path: str
    file: str
    icon: str
    permission: str
    menu: bool = True
    group: str = ""


SITE: tuple[SitePage, ...] = (
    SitePage("today", "staff/today.py", ":material/today:", "triage_case"),
    SitePage("welcome", "public/welcome.py", ":material/handshake:", "anyone", menu=False),
    SitePage("home", "enterprise/home.py", ":material/home:", "follow_cases"),
    SitePage("survey", "enterprise/survey.py", ":material/rate_review:", "answer_survey"),
    SitePage("raise", "enterprise/raise_issue.py", ":material/edit_square:", "raise_issue"),
    SitePage("my_cases", "enterprise/my_cases.py", ":material/checklist:", "follow_cases"),
    SitePage("case", "enterprise/case.py", ":material/article:", "follow_cases", menu=False),
    SitePage("verify", "public/verify.py", ":material/verified:", "anyone", menu=False),
    SitePage("desk", "staff/desk.py", ":material/inbox:", "see_cases"),
    SitePage("dashboard", "leader/dashboard.py", ":material/monitoring:", "see_dashboard"),
    SitePage("screen", "leader/screen.py", ":material/tv:", "see_screen", menu=False),
    SitePage("screens", "staff/screens.py", ":material/tv:", "edit_screen", group="insight"),
    SitePage("together", "leader/together.py", ":material/timeline:", "see_dashboard", group="insight"),
    SitePage("place", "leader/place.py", ":material/location_city:", "see_dashboard", group="insight"),
    SitePage("economy", "leader/economy.py", ":material/trending_up:", "see_dashboard", group="insight"),
    SitePage("outcomes", "leader/outcomes.py", ":material/insights:", "see_dashboard", group="insight"),
    SitePage("care", "staff/care.py", ":material/favorite:", "see_care"),
    SitePage("report", "staff/report.py", ":material/add_comment:", "raise_on_behalf"),
    SitePage("forums", "staff/forums.py", ":material/groups:", "see_forums", group="forums"),
    SitePage("forum_day", "staff/forum_day.py", ":material/co_present:", "see_forums", group="forums"),
    SitePage("next_theme", "staff/next_theme.py", ":material/lightbulb:", "see_forums", group="forums"),
    SitePage("plans", "staff/plans.py", ":material/route:", "see_plans", group="papers"),
    SitePage("meetings", "staff/meetings.py", ":material/diversity_3:", "see_plans", group="papers"),
    SitePage("letters", "staff/letters.py", ":material/drafts:", "answer_case", group="papers"),
    SitePage("promises", "staff/promises.py", ":material/event_available:", "see_promises", group="papers"),
    SitePage("briefings", "staff/briefings.py", ":material/summarize:", "see_dashboard", group="papers"),
    SitePage("policies", "staff/policies.py", ":material/gavel:", "see_policies", group="records"),
    SitePage("questionnaires", "staff/questionnaires.py", ":material/quiz:", "edit_questionnaire", group="surveys"),
    SitePage("surveys", "staff/surveys.py", ":material/ballot:", "run_survey", group="surveys"),
    SitePage("paper", "staff/paper.py", ":material/keyboard:", "run_survey", group="surveys"),
    SitePage("results", "leader/results.py", ":material/query_stats:", "see_results", group="surveys"),
    SitePage("enterprises", "staff/enterprises.py", ":material/apartment:", "edit_enterprise", group="records"),
    SitePage("story", "staff/story.py", ":material/history_edu:", "see_story", menu=False),
    SitePage("officers", "staff/officers.py", ":material/badge:", "triage_case", group="records"),
    SitePage("indicators", "staff/indicators.py", ":material/table_chart:", "import_data", group="records"),
    SitePage("figures", "leader/figures.py", ":material/functions:", "see_figures", group="records"),
    SitePage("accounts", "admin/accounts.py", ":material/manage_accounts:", "edit_account"),
    SitePage("references", "admin/references.py", ":material/list_alt:", "edit_reference"),
    SitePage("sign_ins", "admin/sign_ins.py", ":material/login:", "see_sign_ins"),
    SitePage("notices", "admin/notices.py", ":material/outgoing_mail:", "keep_system"),
    SitePage("system", "admin/system.py", ":material/shield:", "keep_system"),
    SitePage("notices_mine", "public/notices_mine.py", ":material/notifications:", "choose_notices", menu=False),
    SitePage("password", "public/password.py", ":material/key:", "change_password", menu=False),
)

# The page that each role opens with, and each visitor without an account.
HOME: dict[str, str] = {
    "enterprise": "home",
    "officer": "care",
    "department": "desk",
    "town": "desk",
    "staff": "today",
    "leader": "dashboard",
    "admin": "accounts",
}
HOME_OF_VISITOR: dict[str, str] = {"invitation": "survey", "follow": "case", "open": "survey", "screen": "screen"}
