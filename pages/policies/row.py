"""A policy as a row of the list; on a phone as a card. The whole row is the button."""

import i18n
from db.policies import PolicyLine
from pages.imports.preview import import_style
from pages.shared.here import lang, t
from pages.shared.markup import Markup
from pages.shared.names import Names
from pages.shared.rows import pressed_row
from pages.shared.style import style


def policy_style() -> None:
    """Once on the page."""
    import_style()
    style("shared/records", "policies/policies")


def policy_row(line: PolicyLine, called: Names) -> None:
    """Draw it; a press opens it."""
    number, label = line.policy.number, t("policy.open_number", number=line.policy.number)
    pressed_row(_row(line, called), f"policy-row-{number}", f"policy-open-{number}", label, "policy", line.policy.id)


def _row(line: PolicyLine, called: Names) -> Markup:
    policy = line.policy
    issued = f"{i18n.day(policy.issued_on, lang())}{i18n.DOT}{called.who(policy.body_code)}"
    count = i18n.number(line.beneficiaries, lang())
    reached = t("policy.enterprises", n=line.beneficiaries, count=count) if line.beneficiaries else ""
    cases = t("policy.cases", n=line.cases) if line.cases else t("policy.no_case")
    return Markup(
        '<div class="f2f-policy"><div class="f2f-policy-no">{}</div><div><b>{}</b>'
        '<div class="f2f-quiet">{}</div></div><div>{}<div class="f2f-quiet">{}</div></div></div>'
    ).format(policy.number, policy.title(lang()), issued, reached or t("policy.no_enterprise"), cases)
