"""What is drawn as markup is `Markup` and goes out here: its template is ours, what fills it is escaped by itself.

`Markup("<p>{}</p>").format(words)`; a list is `Markup().join(…)`; an architecture test refuses every other way.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Template
from typing import Literal

import streamlit as st
from markupsafe import Markup, escape


def show(made: Markup, *, width: Literal["stretch", "content"] = "stretch") -> None:
    """Draw it, or nothing where nothing was made: Streamlit breaks off at an empty text."""
    if made.strip():
        st.html(str(made), width=width)


def run_script(name: str, told: object = None, *, turn: object = "") -> None:
    """The file `name`.js of ours, which the browser has already (pages/web/scripts.py): what is sent is what it is
    told, so that no policy has to allow scripts in a page. It runs again where `told` or `turn` is another."""
    show(asks_script(name, told, turn=turn))


def asks_script(name: str, told: object = None, *, turn: object = "") -> Markup:
    asked = Markup('<i class="f2f-run" data-run="{}" data-told="{}" data-turn="{}"></i>')
    return asked.format(name, json.dumps(told, ensure_ascii=False), turn)


def in_script(told: object) -> Markup:
    """`told` as a script reads it, with no end of the script inside it."""
    return Markup(json.dumps(told, ensure_ascii=False).replace("<", "\\u003c"))


def filled(file: Template, facts: Mapping[str, object]) -> Markup:
    """A page or a picture of ours from its file: what is no markup is escaped, as everywhere."""
    return Markup(file.substitute({name: escape(fact) for name, fact in facts.items()}))


def own_file(path: Path) -> Markup:
    """What stands in a file of ours, as it is."""
    return Markup(path.read_text(encoding="utf-8"))


def file_links(files: Iterable[Mapping[str, str]], at: str = "/attachments") -> Markup:
    """Files that came with what was said, each a way to save it: the route asks again who is there."""
    one = Markup('<li><a href="{}/{}" download>{}</a></li>').format
    listed = Markup().join(one(at, file["id"], file["name"]) for file in files)
    return Markup('<ul class="f2f-files">{}</ul>').format(listed) if listed else Markup()
