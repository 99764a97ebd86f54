"""Guidance in words, in the reader's language where it is written in it, else in the one that it is written in."""

from collections.abc import Iterator
from itertools import accumulate

import i18n
from db.guidance import FEWEST, Behind, Guidance
from i18n.names import Foreign
from pages.shared.here import lang, t
from pages.shared.markup import Markup
from pages.shared.names import names

BEGINNING = 130  # columns: a Chinese letter takes two


def titled(one: Guidance) -> str:
    return one.title(lang())


def written(one: Guidance) -> Markup:
    return Markup('<div class="f2f-written">{}</div>').format(one.say(lang(), "text"))


def beginning(one: Guidance) -> str:
    """The first words, marked as another language's where they are."""
    words = one.say(lang(), "text")
    flat = " ".join(words.split())
    wide = [*accumulate(1 + (letter > "\u2e80") for letter in flat)]
    fits = sum(columns <= BEGINNING for columns in wide)
    short = flat if fits == len(flat) else f"{flat[:fits].rstrip()}…"
    return Foreign(short, words.language) if isinstance(words, Foreign) else short


def about(one: Guidance) -> Markup:
    """What it is, of what, since when, and who stands for it."""
    kind, called = t("guidance.policy" if one.policy_id else "guidance.answer"), names()
    parts = (kind, called.category.get(one.category, ""), t("guidance.since", day=i18n.day(one.since, lang())),
             called.who(one.body_code))  # fmt: skip
    return Markup("{}").format(i18n.DOT).join(part for part in parts if part)


def facts_of(one: Guidance, behind: Behind) -> Iterator[tuple[str, str]]:
    """For whom, since when, from which cases, and how many benefited: of fewer than ten no number."""
    called = names()
    yield t("guidance.audience"), one.say(lang(), "audience") or t("guidance.for_all")
    yield t("guidance.since_label"), i18n.day(one.since, lang())
    yield t("guidance.body"), called.who(one.body_code)
    if behind.raised_by:
        sectors = [called.sector[code] for code in behind.sectors if code in called.sector]
        of = t("guidance.of_sectors", sectors=t("guidance.comma").join(sectors)) if sectors else ""
        yield t("guidance.from"), f"{_counted(behind.raised_by)}{of}"
    if behind.benefited:
        yield t("guidance.benefited" if one.policy_id else "guidance.answered"), _counted(behind.benefited)


def _counted(n: int) -> str:
    few = n < FEWEST
    return t("guidance.few", n=FEWEST) if few else t("guidance.enterprises", n=n, count=i18n.number(n, lang()))
