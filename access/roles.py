"""Who may do what: one table. Pages, verbs and buttons all ask it."""

# role → permissions. A visitor with an invitation or a receipt's code is an enterprise with fewer of them.
PERMISSIONS: dict[str, frozenset[str]] = {
    "enterprise": frozenset(
        {
            "answer_survey",
            "raise_issue",
            "follow_cases",
            "judge_answer",
            "judge_officer",
            "change_password",
            "choose_notices",
        }
    ),
    "officer": frozenset(
        {"raise_on_behalf", "see_cases", "see_care", "see_story", "name_stand_in", "change_password", "choose_notices"}
    ),
    "department": frozenset(
        {
            "see_work",
            "see_cases",
            "see_case_plan",
            "see_promises",
            "see_instructions",
            "answer_case",
            "name_stand_in",
            "change_password",
            "choose_notices",
        }
    ),
    "town": frozenset({"see_cases", "support_case", "see_case_plan", "change_password", "choose_notices"}),
    "staff": frozenset(
        {
            "see_work",
            "see_cases",
            "triage_case",
            "approve_extension",
            "see_promises",
            "see_instructions",
            "answer_case",
            "raise_on_behalf",
            "see_forums",
            "plan_forum",
            "run_survey",
            "edit_questionnaire",
            "see_results",
            "publish_results",
            "import_data",
            "edit_enterprise",
            "see_dashboard",
            "see_province",
            "see_screen",
            "edit_screen",
            "see_figures",
            "see_policies",
            "edit_policy",
            "see_plans",
            "see_case_plan",
            "edit_plan",
            "approve_green_channel",
            "see_story",
            "export",
            "name_stand_in",
            "change_password",
            "choose_notices",
        }
    ),
    "leader": frozenset(
        {
            "see_cases",
            "approve_extension",
            "rule_on_dispute",
            "instruct",
            "see_promises",
            "see_instructions",
            "see_forums",
            "see_dashboard",
            "see_province",
            "see_screen",
            "see_results",
            "see_figures",
            "see_policies",
            "see_plans",
            "see_case_plan",
            "approve_green_channel",
            "see_story",
            "export",
            "change_password",
            "choose_notices",
        }
    ),
    "admin": frozenset(
        {
            "edit_account",
            "edit_reference",
            "edit_questionnaire",
            "see_sign_ins",
            "keep_system",
            "edit_screen",
            "edit_enterprise",
            "see_figures",
            "change_password",
            "choose_notices",
        }
    ),
}
VISITOR: dict[str, frozenset[str]] = {
    "invitation": frozenset({"answer_survey", "raise_issue"}),
    "follow": frozenset({"follow_cases", "judge_answer"}),
    "open": frozenset({"answer_survey"}),
    "screen": frozenset({"see_screen"}),
}
CODE_ROLES = frozenset(
    {"staff", "leader", "admin"}
)  # of whom a second factor can be asked: they see more than their own
ROLES: tuple[str, ...] = tuple(PERMISSIONS)
EVERY_PERMISSION: frozenset[str] = frozenset().union(*PERMISSIONS.values())
