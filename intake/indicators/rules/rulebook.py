"""The twelve rules that statistics are read by, one row a rule with the codes of the findings it gives; its text is
`rule.<number>`. A finding of none of them is about form: a heading, a number, a word.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Principle:
    """`refuses` and `warns` are codes of findings, as in `error.<code>`; `where` names what else keeps the rule."""

    number: int
    refuses: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()
    where: str = ""


RULES: tuple[Principle, ...] = (
    Principle(1, refuses=("period_not_from_january", "period_quarter_unclear", "period_two_years",
                          "period_year_missing", "period_month_missing"), warns=("quarter_read_as_cumulative",)),
    Principle(2, refuses=("january_alone",)),
    Principle(3, where="insight.economy.months.derived"),
    Principle(4, warns=("negative_month",)),
    Principle(5, refuses=("growth_twice", "fall_of_figure", "fall_on_year"),
              warns=("growth_differs", "left_last_year", "left_basis")),
    Principle(6, refuses=("level_not_published",), warns=("left_level", "growth_from_value")),
    Principle(7, refuses=("growth_in_points", "unit_points", "number_is_percent"), warns=("left_points",)),
    Principle(8, refuses=("jump", "jump_unit", "growth_unclear", "unit_missing", "unit_unknown", "unit_other",
                          "beyond_country", "more_than_largest", "far_below_country", "out_of_line", "unlike_usual",
                          "growth_wild", "growth_index")),
    Principle(9, where="intake.indicators.rules.plausibility: nothing is added up"),
    Principle(10, refuses=("period_kind_month", "period_kind_ytd_month", "period_kind_quarter",
                           "period_kind_ytd_quarter", "period_kind_year"), warns=("left_period",),
              where="db.indicators.indicators.observations"),
    Principle(11, refuses=("zero_for_figure", "nothing_for_figure"), warns=("value_missing",),
              where="intake.indicators.terms.units.read_number"),
    Principle(12, refuses=("source_missing", "released_missing", "released_format", "released_in_future",
                           "released_before_end", "period_not_over", "duplicate_in_file", "duplicate_in_table",
                           "duplicate_stored"), warns=("revision", "repeated", "older_release")),
)  # fmt: skip
_OF_CODE = {code: rule.number for rule in RULES for code in (*rule.refuses, *rule.warns)}


def number_of(code: str) -> int | None:
    """The rule that a finding comes from; None for one about form."""
    return _OF_CODE.get(code)
