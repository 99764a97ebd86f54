"""Edits of a draft as pure functions: each takes a questionnaire and gives the changed one."""

from collections.abc import Sequence
from dataclasses import replace

from access.typed import one_line, tidy
from db.survey.kinds import LEVELS
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.model import Item, Option, Questionnaire, Screen
from intake.words import cut

LONGEST_WORDS = 500


def put(asked: Questionnaire, code: str, item: Item) -> Questionnaire:
    """`item` in the place of the one called `code`."""
    return replace(asked, items=tuple(item if old.code == code else old for old in asked.items))


def added(asked: Questionnaire, screen: str) -> tuple[Questionnaire, Item]:
    """A new question at the end of a page."""
    item = Item("", "", free_code(asked), LEVELS, screen, required=True, na=True)
    return replace(asked, items=(*asked.items, item)), item


def of_kind(item: Item, kind: str) -> Item:
    """The item as one of another kind: its words stay, what belonged to the old kind goes."""
    kept = {name: getattr(item, name) for name in ("zh", "en", "code", "screen", "dimension", "when", "hint")}
    new, old = KINDS[kind], KINDS[item.kind]
    options = item.options if "options" in new.parts & old.parts else ()
    asks = new.asks and not new.agrees
    made = Item(**kept, kind=kind, required=item.required and asks, na=item.na and asks, options=options)
    return replace(made, **new.start)


def copied(asked: Questionnaire, code: str) -> Questionnaire:
    """The same question once more, below the first; its series is its own."""
    items: list[Item] = []
    for item in asked.items:
        items.append(item)
        if item.code == code:
            items.append(replace(item, code=free_code(asked), was=None))
    return replace(asked, items=tuple(items))


def removed(asked: Questionnaire, code: str) -> Questionnaire:
    return replace(asked, items=tuple(item for item in asked.items if item.code != code))


def moved(asked: Questionnaire, code: str, by: int) -> Questionnaire:
    """Up (-1) or down (1); over the edge of a page it goes to the next one."""
    items = list(asked.items)
    at = next(n for n, item in enumerate(items) if item.code == code)
    here, screens = items[at].screen, [screen.code for screen in asked.screens]
    to = at + by
    if 0 <= to < len(items) and items[to].screen == here:
        items[at], items[to] = items[to], items[at]
        return replace(asked, items=tuple(items))
    page = screens.index(here) + by
    if not 0 <= page < len(screens):
        return asked
    item = replace(items.pop(at), screen=screens[page])
    items.insert(0 if by > 0 else len(items), item)  # first of the next page, last of the one before
    return replace(asked, items=tuple(items))


def placed(asked: Questionnaire, code: str, before: str | None) -> Questionnaire:
    """On its page before another question, or at the page's end where `before` is None."""
    item = next(item for item in asked.items if item.code == code)
    if before == code:
        return asked
    rest = [other for other in asked.items if other.code != code]
    at = next((n for n, other in enumerate(rest) if other.code == before and other.screen == item.screen), None)
    if at is None:
        last = [n for n, other in enumerate(rest) if other.screen == item.screen]
        at = last[-1] + 1 if last else len(rest)
    return replace(asked, items=(*rest[:at], item, *rest[at:]))


def screen_moved(asked: Questionnaire, code: str, by: int) -> Questionnaire:
    """A page with its questions, one up (-1) or down (1)."""
    screens = list(asked.screens)
    at = next(n for n, screen in enumerate(screens) if screen.code == code)
    if not 0 <= at + by < len(screens):
        return asked
    screens[at], screens[at + by] = screens[at + by], screens[at]
    place = {screen.code: n for n, screen in enumerate(screens)}
    items = sorted(asked.items, key=lambda item: place.get(item.screen, len(place)))
    return replace(asked, screens=tuple(screens), items=tuple(items))


def with_screen(asked: Questionnaire, screen: Screen) -> Questionnaire:
    """A page added at the end, or one with its words changed."""
    known = {old.code for old in asked.screens}
    screens = tuple(screen if old.code == screen.code else old for old in asked.screens)
    screens = screens if screen.code in known else (*screens, screen)
    return replace(asked, screens=screens)


def with_new_screen(asked: Questionnaire) -> Questionnaire:
    number = len(asked.screens) + 1
    return with_screen(asked, Screen(f"第 {number} 页", f"Page {number}", free_screen(asked)))


def without_screen(asked: Questionnaire, code: str) -> Questionnaire:
    """Only an empty page can go."""
    if asked.on_screen(code) or len(asked.screens) == 1:
        return asked
    return replace(asked, screens=tuple(screen for screen in asked.screens if screen.code != code))


def free_code(asked: Questionnaire) -> str:
    taken = {item.code for item in asked.items}
    return next(f"Q{n}" for n in range(1, len(taken) + 2) if f"Q{n}" not in taken)


def free_screen(asked: Questionnaire) -> str:
    taken = {screen.code for screen in asked.screens}
    return next(f"page{n}" for n in range(1, len(taken) + 2) if f"page{n}" not in taken)


def options_of_lines(zh: str, en: str, before: Sequence[Option]) -> tuple[Option, ...]:
    """Choices from lines of both languages. A line whose words stood before keeps its code, also elsewhere; a line
    that was reworded in its place keeps it too."""
    lines_zh, lines_en = _lines(zh), _lines(en)
    count = max(len(lines_zh), len(lines_en))
    words = [(_at(lines_zh, n), _at(lines_en, n)) for n in range(count)]
    by_words = {(option.zh, option.en): option for option in before}
    found: list[Option | None] = [by_words.pop(pair, None) for pair in words]
    kept = {option.code for option in found if option}
    result: list[Option] = []
    for n, (pair, option) in enumerate(zip(words, found, strict=True)):
        here = before[n] if n < len(before) and before[n].code not in kept else None
        old = option or here
        code = old.code if old else _free_option(kept | {o.code for o in before} | {o.code for o in result})
        kept.add(code)
        result.append(replace(old, zh=pair[0], en=pair[1]) if old else Option(*pair, code=code))
    return tuple(result)


def lines_of(options: Sequence[Option], language: str) -> str:
    return "\n".join(getattr(option, language) for option in options)


def _lines(text: str) -> list[str]:
    """An empty line inside keeps its place: the other language may have words there."""
    lines = [cut(one_line(line), LONGEST_WORDS) for line in tidy(text).split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _at(lines: Sequence[str], n: int) -> str:
    return lines[n] if n < len(lines) else ""


def _free_option(taken: set[str]) -> str:
    return next(f"o{n}" for n in range(1, len(taken) + 2) if f"o{n}" not in taken)
