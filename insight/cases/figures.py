"""The headline figures: computed from records for any date. Each is defined in words by `figure.<code>`."""

import i18n
from db.figures.case_figures import SHARES
from db.states import APART
from insight.cases.durations import duration_measures
from insight.cases.facts import Facts
from insight.measures import Measure, count, ratio

HEADLINES = (
    "forums",
    "entrepreneurs",
    "entrepreneur_attendances",
    "issues",
    "settled_share",
    "handling_days_mean",
    "handling_days_median",
    "policies",
    "policy_beneficiaries",
    "district_leader_attendances",
    "department_head_attendances",
    "secretaries",
    "forums_hosted_by_secretaries",
    "bodies",
    "service_officers",
)
# The closed loop: answered, solved, satisfied, promises kept, each a figure of its own.
LOOP = ("response_share", "solution_share", "satisfaction_top2", "promises_kept")
LATELY = ("overdue", "received_lately", "settled_lately")  # of the glance's strip
COUNTED = ("issues", "problems", "suggestions", "unsettled", *APART, *LATELY)
# What always stands beside a headline, so that it cannot be read as more than it is.
BESIDE: dict[str, tuple[str, ...]] = {
    "settled_share": ("settled_when_due", "closed_with_satisfaction", "satisfaction_top2", "awaiting_enterprise"),
    "handling_days_mean": ("handling_days_median", "handling_days_km", "handling_days_working_mean"),
    "handling_days_median": (
        "handling_days_mean",
        "prompt_share",
        "handling_days_p90",
        "handling_days_km",
        "handling_days_km_p90",
        "handling_days_working_mean",
        "handling_days_working_median",
        "handling_days_working_p90",
        "handling_days_working_km",
        "handling_days_working_km_p90",
    ),
    "response_share": ("response_in_time",),
    "solution_share": ("explained_share", "committed_share"),
    "satisfaction_top2": ("satisfaction_top3", "awaiting_enterprise"),
    "promises_kept": ("committed_share",),
    "issues": ("problems", "suggestions", "unsettled", *APART),
    "forums": ("forums_hosted_by_secretaries", "secretary_share", "entrepreneur_attendances"),
    "policy_beneficiaries": ("policies",),
    "entrepreneurs": ("entrepreneur_attendances",),
    "forums_hosted_by_secretaries": ("secretary_share",),
}


def measures(facts: Facts) -> dict[str, Measure]:
    """Every headline in its order, then what stands beside them, by code."""
    found = [*_forum_figures(facts), *_case_figures(facts), *_policy_figures(facts)]
    found += duration_measures(facts)
    by_code = {measure.code: measure for measure in found}
    first = (*HEADLINES, *LOOP, *LATELY)
    return {code: by_code[code] for code in (*first, *sorted(set(by_code) - set(first)))}


def as_json(measure: Measure) -> dict[str, object]:
    """One entry of `python -m insight figures`; `value` is not rounded."""
    return {
        "code": measure.code,
        "name": _words(f"figure.{measure.code}.name"),
        "value": measure.value,
        "unit": measure.unit,
        "n": measure.n,
        "as_of": measure.as_of.isoformat(),
        "definition": _words(f"figure.{measure.code}.definition"),
    }


def _forum_figures(facts: Facts) -> list[Measure]:
    forums, present, at = facts.forums, facts.attendance, facts.as_of
    hosted = [one.host_person for one in forums if one.host_office == "party_secretary"]
    return [
        count("forums", len(forums), "forum", at),
        count("entrepreneurs", present["entrepreneurs"], "person", at),
        count("entrepreneur_attendances", present["entrepreneur_attendances"], "person_time", at),
        count("district_leader_attendances", present["district_leader_attendances"], "person_time", at),
        count("department_head_attendances", present["department_head_attendances"], "person_time", at),
        count("secretaries", len(set(hosted)), "person", at),
        count("forums_hosted_by_secretaries", len(hosted), "forum", at),
        count("bodies", present["bodies"], "body", at),
        ratio("secretary_share", len(hosted), len(forums), at),
    ]


def _case_figures(facts: Facts) -> list[Measure]:
    counts, at = facts.counts, facts.as_of
    counted = [count(code, counts[code], "case", at) for code in COUNTED]
    return counted + [ratio(code, part, whole, at) for code in SHARES for part, whole in (counts[code],)]


def _policy_figures(facts: Facts) -> list[Measure]:
    at = facts.as_of
    return [
        count("policies", facts.register["policies"], "policy", at),
        count("policy_beneficiaries", facts.register["policy_beneficiaries"], "enterprise", at),
        count("service_officers", facts.register["officers"], "person", at),
    ]


def _words(key: str) -> dict[str, str]:
    return {language: i18n.text(key, language) for language in i18n.everywhere()}
