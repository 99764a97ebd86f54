"""Reference lists as choices: codes behind, names in the reader's language in front."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar, cast

import streamlit as st

from access.actor import Actor
from casework.cases.bodies import handling_bodies
from casework.cases.holding import Colleague
from db import references
from db.people import choices
from i18n import Language
from pages.shared.here import kept, lang, store, t
from pages.shared.names import person

D = TypeVar("D", bound=date | None)


def names(list_name: str, *, active_only: bool = False, language: Language | None = None) -> dict[str, str]:
    """code → name, in the order of the list."""
    found = store().read(lambda con: references.items(con, list_name, active_only=active_only))
    return {item.code: item.say(language or lang()) for item in found}


def sectors() -> dict[str, str]:
    """Divisions only: an enterprise or a forum is of one, never of a whole section."""
    found = store().read(lambda con: references.items(con, "sector", active_only=True))
    return {item.code: item.say(lang()) for item in found if item.parent}


def handling() -> dict[str, str]:
    """code → name of the bodies that a case may go to."""
    return {item.code: item.say(lang()) for item in kept(handling_bodies)}


def loaded(people: Iterable[Colleague]) -> dict[str, str]:
    """id → name, and how many open cases are in their hand."""
    return {one.id: t("desk.holder.load", name=person(one.name), n=one.load) for one in people}


def enterprises(actor: Actor) -> dict[str, str]:
    """id → name of the enterprises that this person may see."""
    found = store().read(lambda con: choices.enterprises(con, actor.enterprise_scope))
    return {item.id: item.say(lang()) for item in found}


def choose(label: str, offered: Mapping[str, str], *, key: str, value: str | None = None, hint: str = "") -> str | None:
    """One of `offered` (code → words); nothing chosen is None. Streamlit's own `required` would say so in English."""
    codes = list(offered)
    return pick(st.selectbox, label, offered, index=codes.index(value) if value and value in codes else None, key=key,
                placeholder=hint or t("choices.choose"))  # fmt: skip


def choose_some(label: str, offered: Mapping[str, str], chosen: Iterable[str] = (), *, key: str, hint: str = "",
                **how: Any) -> list[str]:  # noqa: ANN401  # fmt: skip
    """Some of `offered`; `chosen` at first, as far as they are offered."""
    return pick(st.multiselect, label, offered, default=[code for code in chosen if code in offered], key=key,
                placeholder=hint or t("choices.choose"), **how)  # fmt: skip


def pick(draw: Callable[..., Any], label: str, offered: Mapping[Any, str], **how: Any) -> Any:  # noqa: ANN401
    """What somebody picks of `offered` in a widget of Streamlit's that holds codes and shows words."""
    return draw(label, list(offered), format_func=lambda code: offered.get(code, ""), **how)


def pick_day(label: str, value: D, **how: Any) -> date | D:  # noqa: ANN401 - what st.date_input takes
    """A day, written 2023-11-30; an empty one hints that form in the reader's language (`streamlit_words.js`)."""
    return cast("date | D", st.date_input(label, value=value, format="YYYY-MM-DD", **how))
