"""Answers that read as written for their case, and the few that supervision ought to list as perfunctory.

Each takes the heart of its template and one sentence more of each kind; what is drawn here moves nothing else.
"""

from db.demo.common import content, stream
from i18n import LANGUAGES

HOLLOW = frozenset({"desk:9", "desk:14", "desk:29"})  # nothing but the template's words: nothing done, nothing dated
COPIED = ("案件已进入司法程序", "经核对，企业当年研发投入占比")  # answers that begin so were sent to everybody alike


def full(key: str, heart: str, language: str, *, at_table: bool) -> str:
    """`key` is the plan's, `heart` what was done, promised or explained."""
    if key in HOLLOW or heart.startswith(COPIED):
        return heart
    rng, kinds = stream(f"answer:{key}:{heart[:4]}"), content("answers")
    first = "table" if at_table else "desk"
    before, agreed, after = (rng.choice(kinds[kind][language]) for kind in (first, "agreed", "after"))
    return LANGUAGES[language].sentences.join((before, heart, agreed, after))
