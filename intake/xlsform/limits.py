"""A constraint of XLSForm as limits of a question: of numbers, days, lengths, how many may be chosen."""

import re

from intake.questionnaires.kinds.numbers import number_in
from intake.xlsform.rules import SWAPPED, NotUnderstood, straight


def limits_of(expression: str) -> dict[str, object]:
    """A constraint as limits: low, high (numbers), low_open and high_open where they are excluded, earliest, latest
    (days), longest (text), most (choices). Raises NotUnderstood."""
    found: dict[str, object] = {}
    for part in re.split(r"\band\b", straight(expression)):
        more = _limit(part.strip().removeprefix("(").removesuffix(")").strip())
        if found.keys() & more.keys():  # two limits on one side: which of them holds is not ours to choose
            raise NotUnderstood("constraint")
        found |= more
    return found


_DOT_FIRST = r"\.\s*(?P<op>>=|<=|>|<)\s*(?P<value>-?\d+(?:\.\d+)?)"
_DOT_LAST = r"(?P<value>-?\d+(?:\.\d+)?)\s*(?P<op>>=|<=|>|<)\s*\."
_DAY = r"\.\s*(?P<op>>=|<=)\s*(?:date\(\s*)?['\"](?P<value>\d{4}[-/]\d{1,2}[-/]\d{1,2})['\"]\s*\)?"
_LENGTH = r"string-length\(\s*\.?\s*\)\s*(?P<op><=|<)\s*(?P<value>\d+)"
_COUNT = r"count-selected\(\s*\.\s*\)\s*(?P<op><=|<)\s*(?P<value>\d+)"


def _limit(part: str) -> dict[str, object]:
    if found := re.fullmatch(_DAY, part):
        return {"earliest" if found["op"] == ">=" else "latest": found["value"]}
    for pattern, name in ((_LENGTH, "longest"), (_COUNT, "most")):
        if found := re.fullmatch(pattern, part):
            return {name: int(found["value"]) - (found["op"] == "<")}
    found, swapped = re.fullmatch(_DOT_FIRST, part), False
    if not found:
        found, swapped = re.fullmatch(_DOT_LAST, part), True
    if not found:
        raise NotUnderstood("constraint")
    op = SWAPPED[found["op"]] if swapped else found["op"]
    side = "low" if op in (">", ">=") else "high"
    return {side: number_in(found["value"]), f"{side}_open": op in (">", "<")}
