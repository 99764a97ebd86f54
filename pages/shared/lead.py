"""Where one looks next: a new screen begins at its top; what is missing is scrolled to, focused and told to readers.

The script is lead.js. It runs where what it is told changes, so each call names its turn.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from uuid import uuid4

import streamlit as st

from pages.shared.markup import Markup, run_script, show

_KEY = re.compile(r"[^\w*-]", re.ASCII)  # what Streamlit puts a hyphen for in the class that a key becomes


def to_the_top(turn: str, name: str) -> None:
    """The browser keeps its place while a page only changes, so a new screen is scrolled to its top; `name` is the id
    of what is read aloud there."""
    _run("toTheTop", turn, name)


def to_the_field(turn: str, key: str) -> None:
    """What was pressed is gone and asks for more: the field of this key has the focus, once a turn."""
    _run("toTheField", turn, _name(key))


def needed(form: str, keys: Iterable[str]) -> None:
    """Readers hear that the fields of these keys have to be filled, whenever they are drawn, until `form` is told of
    others. A star is anything."""
    _run("needed", form, list(map(_name, keys)))


def refused(each: Sequence[tuple[str, Sequence[str]]]) -> None:
    """What the rules refuse, said in one alert: of each the words, a way to the first of the fields they speak of, by
    their keys; the first of all is gone to at once."""
    ids = [f"wrong-{n}-{_name(keys[0])}" if keys else "" for n, (_, keys) in enumerate(each)]
    ways = [f"[{words}](#{one})" if one else words for one, (words, _) in zip(ids, each, strict=True)]
    fields = [[one, *map(_name, keys)] for one, (_, keys) in zip(ids, each, strict=True) if one]
    st.error("\n".join(f"- {way}" for way in ways) if len(ways) > 1 else ways[0], icon=":material/error:")
    if fields:
        _run("refused", str(uuid4()), fields)


def gaps(words: str, wrong: Mapping[str, str]) -> None:
    """All that is wrong, said once: of each field what, and a way to it."""
    one = Markup('<li><a href="#wrong-{}">{}</a></li>').format
    ways = Markup().join(one(field, said) for field, said in wrong.items())
    show(Markup('<div class="f2f-gaps" role="alert"><p>{}</p><ul>{}</ul></div>').format(words, ways))


def to_the_gap(fields: Iterable[str], turn: int | str) -> None:
    """Drawn also where no field is wrong any more, which takes the marks back. Goes to the first once a turn."""
    _run("toTheGap", str(turn), [f"wrong-{field}" for field in fields])


def wrong(field: str, words: str, look: str) -> None:
    """What is wrong with a field, below it; `look` is the class of the words. Readers hear it with the field."""
    show(Markup('<p class="{}" id="wrong-{}">{}</p>').format(look, field, words))


def _name(key: str) -> str:
    return _KEY.sub("-", key)


def _run(call: str, *told: str | list[str] | list[list[str]]) -> None:
    run_script("lead", [call, *told])
