"""The desk's filters: sector and town first, a count beside each choice."""

from collections.abc import Mapping

import streamlit as st

import i18n
from casework.cases.correction import EVERY_CHANNEL
from casework.cases.holding import people_of
from db.cases import cases
from db.cases.cases import Counts
from db.cases.holders import NOBODY
from db.cases.order import SORTS
from db.sql import Connection
from db.states import CODES, GROUPS
from i18n import Language
from pages.shared import filters
from pages.shared.filter_address import MINE
from pages.shared.here import actor, kept, lang, t
from pages.shared.names import Names, people

OVERDUE = ("late", "today", "soon")


def desk_filters(counts: Counts, names: Names) -> None:
    """Draw them all. A phone shows the first ones, and the others when asked."""
    with st.container(key="card-desk-filters", gap="small"):
        with st.container(key="desk-first", horizontal=True):
            _sector(counts.sector, names.sector)
            _town(counts.town, names.town)
            in_hand(counts.holder)
            filters.search("text", t("desk.filter.text"), t("desk.filter.text_hint"))
        st.toggle(t("desk.filter.more"), key="desk-toggle")
        with st.container(key="desk-more", horizontal=True):
            _choice("category", names.category, counts.category)
            _choice("state", _states(), _with_groups(counts.state))
            _choice("body", _present(names.body, counts.body, "body"), counts.body)
            _choice("forum", _present(kept(_forum_words, lang()), counts.forum, "forum"), counts.forum)
            _choice("channel", _present(_channels(), counts.channel, "channel"), counts.channel)
            filters.day("submitted_from", t("desk.filter.submitted_from"))
            filters.day("submitted_to", t("desk.filter.submitted_to"))


def in_hand(counts: Mapping[str, int]) -> None:
    """Mine, nobody's, each colleague's, with how many they have; nothing for whoever has no cases in hand."""
    who = actor()
    others = people(kept(people_of, who))
    if not others:
        return
    words = {MINE: t("desk.holder.mine"), NOBODY: t("desk.holder.nobody")}
    stood_for = {one: t("stand_in.for", name=name) for one, name in others.items() if one in who.stands_for}
    words |= {one: name for one, name in others.items() if one != who.id} | stood_for
    _choice("holder", words, {**counts, MINE: sum(counts.get(one, 0) for one in (who.id, *who.stands_for))})


def desk_order() -> None:
    filters.order(t("desk.sort.label"), {name: t(f"desk.sort.{name}") for name in SORTS})


def desk_quick(counts: Counts) -> None:
    """What is late and what comes next."""
    words = {name: t(f"desk.overdue.{name}") for name in OVERDUE}
    filters.quick("overdue", t("desk.filter.overdue"), words, counts.overdue)


def _choice(name: str, words: Mapping[str, str], counts: Mapping[str, int]) -> None:
    filters.choice(name, t(f"desk.filter.{name}"), t(f"desk.every.{name}"), words, counts)


def _town(counts: Mapping[str, int], names: Mapping[str, str]) -> None:
    """One; or the several of somebody's view, which stay together."""
    asked = st.query_params.get("town", "")
    several = asked.split(",") if "," in asked else []
    words = {asked: t("desk.view.towns", n=len(several)), **names} if several else names
    _choice("town", words, {**counts, asked: sum(counts.get(code, 0) for code in several)} if several else counts)


def _sector(counts: Mapping[str, int], names: Mapping[str, str]) -> None:
    """Divisions that have cases; above two or more of one section, the section itself."""
    sections: dict[str, list[str]] = {}
    for code in names:
        if counts.get(code):
            sections.setdefault(code[0], []).append(code)
    words, numbers = dict[str, str](), dict(counts)
    for section, divisions in sections.items():
        if len(divisions) > 1:
            words[section] = t("desk.whole_section", name=names.get(section, section))
            numbers[section] = sum(counts[code] for code in divisions)
        words |= {code: names[code] for code in divisions}
    asked = st.query_params.get("sector", "")
    if asked in names:
        words.setdefault(asked, names[asked])
    _choice("sector", words, numbers)


def _states() -> dict[str, str]:
    return {state: t(f"case.state.{state}") for state in (*GROUPS, *CODES)}


def _with_groups(counts: Mapping[str, int]) -> dict[str, int]:
    return {**counts, **{group: sum(counts.get(state, 0) for state in those) for group, those in GROUPS.items()}}


def _channels() -> dict[str, str]:
    return {channel: t(f"case.channel.{channel}") for channel in EVERY_CHANNEL}


def _present(names: Mapping[str, str], counts: Mapping[str, int], facet: str) -> dict[str, str]:
    asked = st.query_params.get(facet, "")
    return {code: name for code, name in names.items() if counts.get(code) or code == asked}


def _forum_words(con: Connection, language: Language) -> dict[str, str]:
    return {
        forum.id: i18n.text("desk.forum", language, number=forum.number, theme=forum.theme(language))
        for forum in cases.forum_names(con)
    }
