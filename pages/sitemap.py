"""SITE: one row a page. A page is served only through `main.py`, and only to those whom its permission names."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SitePage:
    """`path` is the address and the key of its title (`page.<path>`); `file` stands below `pages/`.

    `permission` is one of access.roles, or 'anyone'. `menu` False: reached from other pages, not from the menu.
    `group` gathers entries of the menu under one word (`menu.<group>`), so that none overflows. `plain` is the address
    of the same in the plain form. `wants` names what the operator has to have set for the menu to have it.
    """

    path: str
    file: str
    icon: str
    permission: str
    menu: bool = True
    group: str = ""
    plain: str = ""
    wants: str = ""


SITE: tuple[SitePage, ...] = (
    SitePage("today", "today/today.py", ":material/today:", "see_work"),
    SitePage("welcome", "entrance/welcome.py", ":material/handshake:", "anyone", menu=False),
    SitePage("home", "issue/home.py", ":material/home:", "follow_cases", plain="/f/cases"),
    SitePage("survey", "survey/survey.py", ":material/rate_review:", "answer_survey", plain="/f"),
    SitePage("raise", "issue/raise_issue.py", ":material/edit_square:", "raise_issue", plain="/f/raise"),
    SitePage("my_cases", "issue/my_cases.py", ":material/checklist:", "follow_cases", plain="/f/cases"),
    SitePage("case", "issue/case.py", ":material/article:", "follow_cases", menu=False, plain="/f/case"),
    SitePage("verify", "issue/verify.py", ":material/verified:", "anyone", menu=False),
    SitePage("desk", "desk/desk.py", ":material/inbox:", "see_cases"),
    SitePage("dashboard", "glance/glance.py", ":material/monitoring:", "see_dashboard"),
    SitePage("screen", "glance/screen.py", ":material/tv:", "see_screen", menu=False),
    SitePage("screens", "glance/screens.py", ":material/tv:", "edit_screen", group="insight"),
    SitePage("together", "economy/together.py", ":material/timeline:", "see_dashboard", group="insight"),
    SitePage("place", "places/places.py", ":material/location_city:", "see_dashboard", group="insight"),
    SitePage("economy", "economy/economy.py", ":material/trending_up:", "see_dashboard", group="insight"),
    SitePage("outcomes", "outcomes/outcomes.py", ":material/insights:", "see_dashboard", group="insight"),
    SitePage(
        "province", "province/province.py", ":material/compare:", "see_province", group="insight", wants="FIGURES_FROM"
    ),
    SitePage("changes", "figures/changes.py", ":material/history:", "see_dashboard", group="insight"),
    SitePage("care", "care/care.py", ":material/favorite:", "see_care"),
    SitePage("visits", "conduct/visits.py", ":material/handshake:", "judge_officer", menu=False, plain="/f/visits"),
    SitePage("report", "issue/report.py", ":material/add_comment:", "raise_on_behalf"),
    SitePage("forums", "forums/forums.py", ":material/groups:", "see_forums", group="forums"),
    SitePage("forum_day", "forum_day/forum_day.py", ":material/co_present:", "see_forums", group="forums"),
    SitePage("next_theme", "themes/themes.py", ":material/lightbulb:", "see_forums", group="forums"),
    SitePage("plans", "plans/plans.py", ":material/route:", "see_plans", group="papers"),
    SitePage("meetings", "meetings/meetings.py", ":material/diversity_3:", "see_plans", group="papers"),
    SitePage("letters", "letters/letters.py", ":material/drafts:", "answer_case", group="papers"),
    SitePage("promises", "promises/promises.py", ":material/event_available:", "see_promises", group="papers"),
    SitePage("instructions", "promises/instructions.py", ":material/edit_note:", "see_instructions", group="papers"),
    SitePage("briefings", "briefings/briefings.py", ":material/summarize:", "see_dashboard", group="papers"),
    SitePage("policies", "policies/policies.py", ":material/gavel:", "see_policies", group="records"),
    SitePage("guides", "guidance/guides.py", ":material/menu_book:", "see_policies", group="records"),
    SitePage(
        "questionnaires", "questionnaires/questionnaires.py", ":material/quiz:", "edit_questionnaire", group="surveys"
    ),
    SitePage("surveys", "waves/waves.py", ":material/ballot:", "run_survey", group="surveys"),
    SitePage("paper", "paper/paper.py", ":material/keyboard:", "run_survey", group="surveys"),
    SitePage("results", "results/results.py", ":material/query_stats:", "see_results", group="surveys"),
    SitePage("enterprises", "register/register.py", ":material/apartment:", "edit_enterprise", group="records"),
    SitePage("story", "story/story.py", ":material/history_edu:", "see_story", menu=False),
    SitePage("officers", "today/officers.py", ":material/badge:", "triage_case", group="records"),
    SitePage("conduct", "conduct/conduct.py", ":material/handshake:", "triage_case", group="records"),
    SitePage("indicators", "indicators/indicators.py", ":material/table_chart:", "import_data", group="records"),
    SitePage("ledgers", "imports/ledgers.py", ":material/history_edu:", "import_data", group="records"),
    SitePage("hotline", "hotline/hotline.py", ":material/call:", "triage_case", group="records"),
    SitePage("figures", "figures/figures.py", ":material/functions:", "see_figures", group="records"),
    SitePage("accounts", "accounts/accounts.py", ":material/manage_accounts:", "edit_account"),
    SitePage("beginning", "imports/beginning.py", ":material/upload_file:", "edit_account"),
    SitePage("references", "system/references.py", ":material/list_alt:", "edit_reference"),
    SitePage("sign_ins", "accounts/sign_ins.py", ":material/login:", "see_sign_ins"),
    SitePage("notices", "notices/notices.py", ":material/outgoing_mail:", "keep_system"),
    SitePage("privacy", "system/privacy.py", ":material/visibility:", "keep_system", group="records"),
    SitePage("system", "system/system.py", ":material/shield:", "keep_system"),
    SitePage("inbox", "notices/inbox.py", ":material/notifications:", "choose_notices", menu=False),
    SitePage("notices_mine", "notices/mine.py", ":material/tune:", "choose_notices", menu=False),
)

# The page that each role opens with, and each visitor without an account.
HOME: dict[str, str] = {
    "enterprise": "home",
    "officer": "care",
    "department": "today",
    "town": "desk",
    "staff": "today",
    "leader": "dashboard",
    "admin": "accounts",
}
HOME_OF_VISITOR: dict[str, str] = {"invitation": "survey", "follow": "case", "open": "survey", "screen": "screen"}
