"""A language that nobody speaks, made of English as docs/languages.md says: every word accented, and longer."""

import re
import tomllib
from pathlib import Path

import i18n
from i18n import writing
from i18n.translating import _value, texts

CODE = "qps"
ACCENTED = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "ÀƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž"
)
FORMS = ("one", "few", "many", "other")  # Polish ones, which its numbers and months are
# What is no word: facts, icons, the address of a link, an entity, a tag.
_KEPT = re.compile(r"(\{[^}]*\}|:material/\w+:|\]\([^)]*\)|&\w+;|<[^>]+>)")


def pseudo(words: str) -> str:
    """⟦every word of it⟧, about a third longer."""
    parts = _KEPT.split(words)
    return "⟦" + "".join(part if _KEPT.fullmatch(part) else re.sub(r"[A-Za-z]+", _long, part) for part in parts) + "⟧"


def _long(found: re.Match[str]) -> str:
    word = found.group()
    return (word + word[-1] * -(-len(word) * 3 // 10)).translate(ACCENTED)


def write(folder: Path, *, part: bool = False, direction: str = "ltr") -> Path:
    """The folder of the language: how it is written, and its texts; `part`: those of the enterprise's pages alone."""
    made = folder / CODE
    made.mkdir()
    row = (i18n.LANGUAGES["en"].folder / "language.toml").read_text(encoding="utf-8")
    for name, said in {"own_name": "Ƥšéûðö", "html": "qps", "locale": "pl", "beside": "zh"}.items():
        row = re.sub(rf'^{name} = ".*"$', f'{name} = "{said}"', row, flags=re.M)
    row = row.replace('" to "', f'" {pseudo("to")} "')
    row = re.sub(r'"(.*China)"', lambda found: f'"{pseudo(found[1])}"', row)
    in_part = 'otherwise = "en"\nreviewed = false\n' if part else ""
    row = row.replace("\n[dates]", f'direction = "{direction}"\n{in_part}\n[dates]')
    (made / "language.toml").write_text(row, encoding="utf-8")
    (made / "texts.toml").write_text("".join(map(_line, texts("en", part=part).splitlines())), encoding="utf-8")
    return made


def _line(line: str) -> str:
    key, _, value = line.partition(" = ")
    said = tomllib.loads(f"x = {value}")["x"]
    if isinstance(said, dict):
        return f"{key} = {_value({form: pseudo(said.get(form, said['other'])) for form in FORMS})}\n"
    return f"{key} = {_value(pseudo(said))}\n"


def forget() -> None:
    writing.LANGUAGES.pop(CODE)
    i18n.catalogue.cache_clear()
