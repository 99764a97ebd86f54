"""The long format to fill in, with an example each of a level with growth and of growth alone."""

import i18n
from db.indicators import indicators
from db.sql import Connection
from intake.files.template import template, yes_or_no
from intake.indicators.headings import FIELDS

_PERIODS = {
    "zh": {"ytd_month": "2023年1-10月", "month": "2023年10月", "ytd_quarter": "2023年前三季度"},
    "en": {"ytd_month": "Jan–Oct 2023", "month": "Oct 2023", "ytd_quarter": "Q1–Q3 2023"},
}
_FILLED = {"industrial_output": (1450.5, 8.2), "fixed_investment": (None, 7.1)}


def indicators_template(con: Connection, language: str) -> bytes:
    known = {indicator.code: indicator for indicator in indicators.indicators(con)}
    periods = _PERIODS[language]
    source = i18n.text("import.template.example_source", language)
    examples = [
        [known[code].name(language), periods[known[code].period_kind], known[code].unit, *figures, "2023-11-20", source]
        for code, figures in _FILLED.items()
    ]
    listed = [
        [i.name(language), i.code, i.unit, periods.get(i.period_kind, ""), yes_or_no(i.has_level, language)]
        for i in known.values()
    ]
    heads = ("indicator", "code", "unit", "period_example", "has_level")
    return template(language, FIELDS, examples, (heads, listed), "import.template.indicators_note")
