"""Who sees the answers and what is noted: said for each way in, and true of what is stored of that way."""

import i18n
from intake.questionnaires.questionnaire import Questionnaire

VERSION = 4  # of the sentences below; a changed one takes the next number. Stored with who has answered: what the
# questionnaire adds is of its own version, which the wave names

# Ways whose answers are not an enterprise's own statement online: the questionnaire's notice, which speaks of that,
# would say of them what is not so. The others say the questionnaire's notice and what their way adds to it.
_WITHOUT_THE_QUESTIONNAIRES = frozenset({"open", "paper"})

# The way (response.source) → the sentences `noted.<fact>`, in the order in which they are read.
NOTED: dict[str, tuple[str, ...]] = {
    "account": ("sealed", "parted", "own_copy", "account", "address"),
    "link": ("sealed", "parted", "own_copy", "address"),
    "open": ("totals", "nobody", "declared", "own_copy", "browser", "address"),
    "paper": ("totals", "enterprise", "keyed", "sealed", "parted", "no_issue"),
}
_FIRST = frozenset({"totals", "nobody", "enterprise"})  # who sees the answers; the others say what is noted, until when


def notice_of(asked: Questionnaire, source: str, language: i18n.Language) -> str:
    """All of it, as on paper."""
    return i18n.LANGUAGES[language].sentences.join(filter(None, layers_of(asked, source, language)))


def layers_of(asked: Questionnaire, source: str, language: i18n.Language) -> tuple[str, ...]:
    """What everybody reads first, as one paragraph; then each sentence that a screen shows on request."""
    own = "" if source in _WITHOUT_THE_QUESTIONNAIRES else asked.notice.say(language)
    said = {fact: i18n.text(f"noted.{fact}", language) for fact in NOTED[source]}
    first = filter(None, (own, *(words for fact, words in said.items() if fact in _FIRST)))
    return i18n.LANGUAGES[language].sentences.join(first), *(said[fact] for fact in said if fact not in _FIRST)
