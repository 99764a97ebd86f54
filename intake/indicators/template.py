"""The long format to fill in, with an example each of a level with growth and of growth alone."""

import i18n
from db.indicators import indicators
from db.sql import Connection
from intake.files.template import template, yes_or_no
from intake.indicators.terms.headings import FIELDS

_FILLED = {"industrial_output": (1450.5, 8.2), "fixed_investment": (None, 7.1)}


def indicators_template(con: Connection, language: str) -> bytes:
    known = {indicator.code: indicator for indicator in indicators.indicators(con)}
    source = i18n.text("import.template.example_source", language)
    examples = [
        [
            known[code].say(language),
            _period(known[code].period_kind, language),
            known[code].unit,
            *figures,
            "2023-11-20",
            source,
        ]
        for code, figures in _FILLED.items()
    ]
    listed = [
        [i.say(language), i.code, i.unit, _period(i.period_kind, language), yes_or_no(i.has_level, language)]
        for i in known.values()
    ]
    heads = ("indicator", "code", "unit", "period_example", "has_level")
    return template(language, FIELDS, examples, (heads, listed), "import.template.indicators_note")


def _period(kind: str, language: str) -> str:
    """A period of this kind as a cell may name it."""
    key = f"import.template.period.{kind}"
    return i18n.text(key, language) if key in i18n.catalogue() else ""
