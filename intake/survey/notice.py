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


def notice_of(asked: Questionnaire, source: str, language: i18n.Language) -> str:
    said = [i18n.text(f"noted.{fact}", language) for fact in NOTED[source]]
    own = [] if source in _WITHOUT_THE_QUESTIONNAIRES else [asked.notice.say(language)]
    return i18n.LANGUAGES[language].sentences.join([*own, *said])
