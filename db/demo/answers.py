"""Answers that read as written for their case, and the few that supervision ought to list as perfunctory.

Each takes the heart of its template and one sentence more of each kind; what is drawn here moves nothing else.
"""

from collections.abc import Mapping

from db.demo.common import content, stream
from db.demo.stories import Answer
from i18n import LANGUAGES
from i18n.writing import MAIN

HOLLOW = frozenset({"desk:9", "desk:14", "desk:29"})  # nothing but the template's words: nothing done, nothing dated
COPIED = ("案件已进入司法程序", "经核对，企业当年研发投入占比")  # answers that begin so were sent to everybody alike


def full(key: str, hearts: Mapping[str, str], language: str, *, at_table: bool) -> Answer:
    """`key` is the plan's; `hearts`: what was done, promised or explained, by language. In the case's own language, and
    where that is another also in the house's."""
    spoken = _around(key, hearts[language], hearts[language], language, language, at_table=at_table)
    if language == MAIN:
        return Answer(spoken)
    return Answer(
        spoken, _around(key, hearts[language], hearts[MAIN], f"{language}_in_{MAIN}", MAIN, at_table=at_table)
    )


def _around(key: str, drawn_by: str, heart: str, words: str, language: str, *, at_table: bool) -> str:
    """What is drawn by one heart is the same sentence in each of its languages."""
    if key in HOLLOW or drawn_by.startswith(COPIED):
        return heart
    rng, kinds = stream(f"answer:{key}:{drawn_by[:4]}"), content("answers")
    first = "table" if at_table else "desk"
    before, agreed, after = (rng.choice(kinds[kind][words]) for kind in (first, "agreed", "after"))
    return LANGUAGES[language].sentences.join((before, heart, agreed, after))
