"""The dialog of the sample's groups: which sizes, sectors and towns are one kind, and a form that changes one group."""

from functools import partial

import streamlit as st

from db.survey.sampling import LISTS, REST, Grouping, SampleGroup
from intake.waves import groups as sample_groups
from intake.waves.groups import LONGEST_NAME, SIZES, GroupForm
from pages.shared.asking import ask, by, save
from pages.shared.choices import choose_some, names, pick
from pages.shared.here import actor, lang, store, t
from pages.shared.markup import show
from pages.shared.rows import listed
from pages.waves.group import by_list

_NEW = ""


def ask_for_groups() -> None:
    ask(t("groups.groups"), partial(_groups), width="large")


def _groups() -> None:
    st.markdown(t("groups.lead"))
    words = {name: t(f"sample.list.{name}") for name in (*LISTS[1:], LISTS[0])}
    list_name = by_list(t("groups.list"), words, "groups-list")
    grouping = sample_groups.grouping(store(), actor=actor())
    called = _called(list_name)
    _table(grouping, list_name, called)
    own = {group.code: group for group in grouping.of(list_name)}
    offered = {code: group.say(lang()) for code, group in own.items()} | {_NEW: t("groups.new")}
    chosen = pick(st.selectbox, t("groups.which"), offered, key=f"groups-which-{list_name}")
    _form(grouping, list_name, own.get(chosen or _NEW), called)


def _called(list_name: str) -> dict[str, str]:
    """Code → name of what a group may hold; sectors say their code, for theirs are long and alike."""
    if list_name == "size":
        return {size: t(f"size.{size}") for size in SIZES}
    found = names(list_name)
    return {code: f"{code} {name}" for code, name in found.items()} if list_name == "sector" else found


def _table(grouping: Grouping, list_name: str, called: dict[str, str]) -> None:
    own = grouping.of(list_name)
    show(listed("f2f-groups", ((group.say(lang()), _said(group, own, called) or "—") for group in own)))


def _said(group: SampleGroup, own: list[SampleGroup], called: dict[str, str]) -> str:
    """A section whose divisions are partly of other groups says so."""
    if REST in group.members:
        return t("groups.rest")
    elsewhere = [member for other in own if other != group for member in other.members]
    said = []
    for member in group.members:
        name = called.get(member, member)
        divided = any(other != member and other.startswith(member) for other in elsewhere)
        said.append(t("groups.besides", name=name) if divided else name)
    return t("groups.separator").join(said)


def _form(grouping: Grouping, list_name: str, group: SampleGroup | None, called: dict[str, str]) -> None:
    key = f"group-{grouping.version}-{list_name}-{group.code if group else 'new'}"
    with st.container(horizontal=True):
        zh = st.text_input(t("wave.title_zh"), group.name_zh if group else "", LONGEST_NAME, key=f"{key}-zh")
        en = st.text_input(t("wave.title_en"), group.name_en if group else "", LONGEST_NAME, key=f"{key}-en")
    rest = group is not None and REST in group.members
    if rest:
        st.caption(t("groups.rest_lead"))
        members: list[str] = []
    else:
        known = group.members if group else ()
        members = choose_some(t("groups.members"), called, known, key=f"{key}-members", help=t("groups.members_help"))
    form, code = GroupForm(zh or "", en or "", tuple(members)), group.code if group else None
    known = {"list_name": list_name, "seen": grouping.version}
    with st.container(horizontal=True):
        if st.button(t("groups.save"), type="primary", key=f"{key}-save"):
            save(lambda: sample_groups.save_group(store(), code=code, form=form, **by(), **known))
        if code and not rest and st.button(t("groups.remove"), key=f"{key}-remove"):
            save(lambda: sample_groups.remove_group(store(), code=code, **by(), **known))
