"""People's names and telephone numbers as they stand until somebody says why they need the whole."""

import re

# Of each number that a contact has: 138****5678, and of a short one nothing; an extension says nobody's number.
_LONG, _PART, _SHORT, _GONE = r"(\d{3,})\d{4}(\d{4})", r"\1****\2", r"\d{5,}", "****"
_APART, _BEFORE_LAST = r"(?<![\d*])\d(?:[^\d*]{0,2}\d){4,}", r"\d(?=(?:\D*\d){4})"
HIDDEN = "**"  # of a name, after its first sign


def number_in_sql(column: str) -> str:
    """`column` is one of ours."""
    return f"regexp_replace(regexp_replace({column}, '{_LONG}', '{_PART}', 'g'), '{_SHORT}', '{_GONE}', 'g')"


def name_in_sql(column: str) -> str:
    """`column` is one of ours. NULL where nobody is named."""
    return f"left(nullif({column}, ''), 1) || '{HIDDEN}'"


def guest_in_sql(row: str) -> str:
    """Of a row of attendance, which is called so. All others came by their office."""
    whole = f"{row}.person_name"
    return f"CASE WHEN {row}.kind IN ('entrepreneur', 'financial') THEN {name_in_sql(whole)} ELSE {whole} END"


def number(whole: str) -> str:
    """As in SQL; of one whose digits stand apart the last four."""
    shown = re.sub(_SHORT, _GONE, re.sub(_LONG, _PART, whole))
    return re.sub(_APART, lambda apart: re.sub(_BEFORE_LAST, "*", apart[0]), shown)


def name(whole: str) -> str:
    return f"{whole[0]}{HIDDEN}" if whole else ""
