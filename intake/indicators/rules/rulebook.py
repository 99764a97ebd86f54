"""The twelve rules that statistics are read by, one row a rule with the codes of the findings it gives; its text is
`rule.<number>`. A finding of none of them is about form: a heading, a number, a word.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """`refuses` and `warns` are codes of findings, as in `error.<code>`; `where` names what else keeps the rule."""

    number: int
    refuses: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()
    where: str = ""


RULES: tuple[Rule, ...] = (
    Rule(1, refuses=("period_not_from_january", "period_quarter_unclear", "period_two_years", "period_year_missing",
                     "period_month_missing"),
         warns=("quarter_read_as_cumulative",)),
    Rule(2, refuses=("january_alone",)),
    Rule(3, where="insight.economy.months.derived"),
    Rule(4, warns=("negative_month",)),
    Rule(5, refuses=("growth_twice", "fall_of_figure", "fall_on_year"),
         warns=("growth_differs", "left_last_year", "left_basis")),
    Rule(6, refuses=("level_not_published",), warns=("left_level", "growth_from_value")),
    Rule(7, refuses=("growth_in_points", "unit_points", "number_is_percent"), warns=("left_points",)),
    Rule(8, refuses=("jump", "jump_unit", "growth_unclear", "unit_missing", "unit_unknown", "unit_other")),
    Rule(9, where="intake.indicators.rules.plausibility: nothing is added up"),
    Rule(10, refuses=("period_kind_month", "period_kind_ytd_month", "period_kind_quarter", "period_kind_ytd_quarter",
                      "period_kind_year"), warns=("left_period",), where="db.indicators.indicators.observations"),
    Rule(11, refuses=("zero_for_figure", "nothing_for_figure"), warns=("value_missing",),
         where="intake.indicators.terms.units.read_number"),
    Rule(12, refuses=("source_missing", "released_missing", "released_format", "released_in_future",
                      "released_before_end", "period_not_over", "duplicate_in_file", "duplicate_in_table",
                      "duplicate_stored"), warns=("revision", "older_release")),
)  # fmt: skip
_OF_CODE = {code: rule.number for rule in RULES for code in (*rule.refuses, *rule.warns)}


def number_of(code: str) -> int | None:
    """The rule that a finding comes from; None for one about form."""
    return _OF_CODE.get(code)
