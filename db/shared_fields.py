"""What several records have alike: an enterprise with its names, a day by which something is to be done."""

from dataclasses import dataclass
from datetime import date

from i18n.names import Named


@dataclass(frozen=True, kw_only=True)
class OfEnterprise(Named):
    """A record of one enterprise, which carries its names."""

    enterprise_zh: str = ""
    enterprise_en: str = ""

    def enterprise(self, language: str) -> str:
        return self.say(language, "enterprise")


class WithTheme(Named):
    """A record with a theme by language."""

    def theme(self, language: str) -> str:
        return self.say(language, "theme")


class WithTitle(Named):
    """A record with a title by language."""

    def title(self, language: str) -> str:
        return self.say(language, "title")


class ToDo:
    """A step or a decision: open until it is done or dropped."""

    state: str
    due_on: date

    def late(self, today: date) -> bool:
        return self.state == "open" and self.due_on < today
