"""Who came to a forum, by kind, and the buttons that change the list."""

from functools import partial

import streamlit as st

import i18n
from casework.forums.attendance import KINDS
from casework.forums.rota import OFFICES
from casework.forums.who_came import show_names, who_came
from db.forums.forum_invitees import Invitee
from db.forums.forums import Forum, Present
from db.masked import HIDDEN
from pages.forums.invited import invited_markup, take_back
from pages.forums.people_forms import ask_for_list, ask_for_person, ask_whom_to_remove
from pages.shared.asking import ask, by
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names, person
from pages.shared.rows import empty
from pages.system.why_whole import ask_why


def forum_people(forum: Forum, invited: list[Invitee], called: Names, plans: bool) -> None:
    people, whole = who_came(store(), forum_id=forum.id, **by())
    with st.container(key="card-people", border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(t("attendance.title"))
            if plans and forum.state != "cancelled":
                _list_buttons(forum, people, invited, called)
        if not people and not invited:
            empty(t("attendance.none"), t("attendance.none_hint" if plans else "attendance.none_read"))
        for kind in KINDS:
            of_kind = [one for one in people if one.kind == kind]
            if of_kind:
                show(_group(kind, of_kind, called))
        if plans and not whole and any(HIDDEN in one.person_name for one in people):
            _ask_for_names(forum)
        show(invited_markup(forum, invited, called))


def _ask_for_names(forum: Forum) -> None:
    told = partial(show_names, forum_id=forum.id)
    ask_why(f"names-{forum.id}", t("attendance.names"), ":material/visibility:", t("attendance.show_names"),
            lambda why: told(store(), reason=why, **by()))  # fmt: skip


def _list_buttons(forum: Forum, people: list[Present], invited: list[Invitee], called: Names) -> None:
    with st.container(horizontal=True, width="content"):
        if st.button(t("attendance.add"), key="person-add", icon=":material/person_add:"):
            ask_for_person(forum)
        if st.button(t("attendance.paste"), key="person-paste", icon=":material/content_paste:"):
            ask_for_list(forum)
        if people and st.button(t("attendance.remove"), key="person-remove", icon=":material/person_remove:"):
            ask_whom_to_remove(
                {one.id: i18n.DOT.join((person(one.person_name), _place(one, called))) for one in people}
            )
        if invited and st.button(t("attendance.uninvite"), key="uninvite", icon=":material/event_busy:"):
            ask(t("attendance.uninvite"), partial(take_back, forum, invited, called))


def _group(kind: str, people: list[Present], called: Names) -> Markup:
    abroad = [one.country for one in people if one.country != "CN"]
    words = [t(f"attendance.{kind}"), t("attendance.people", n=len(people))]
    if abroad:
        words.append(t("attendance.abroad", n=len(set(abroad)), people=len(abroad)))
    cells = Markup().join(
        Markup('<div>{}<div class="f2f-quiet">{}</div></div>').format(person(one.person_name), _place(one, called))
        for one in people
    )
    return Markup('<div class="f2f-group">{}</div><div class="f2f-people">{}</div>').format(i18n.DOT.join(words), cells)


def _place(person: Present, called: Names) -> str:
    place = person.enterprise(lang()) or person.organisation or called.who(person.body_code)
    office = t(f"forum.office.{person.office}") if person.office in OFFICES else person.office
    country = i18n.countries(lang()).get(person.country, person.country) if person.country != "CN" else ""
    return i18n.DOT.join(word for word in (place, office or "", country) if word)
