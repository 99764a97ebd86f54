"""The dialogs of a forum's list: add one person, take somebody off."""

from functools import partial
from uuid import uuid4

import streamlit as st

import i18n
from casework.forums.attendance import KINDS, LONGEST, NewPerson, add_attendance, offered_people, remove_attendance
from casework.forums.rota import HOSTS
from db.forums.forums import Forum, KnownGuest
from pages.shared.asking import ask, attempt, saved
from pages.shared.choices import choose, enterprises, names
from pages.shared.here import actor, lang, now, store, t
from pages.shared.plain import letters


def ask_for_person(forum: Forum) -> None:
    ask(t("attendance.add"), partial(_add, forum, str(uuid4())), width="medium")


def ask_whom_to_remove(people: dict[str, str]) -> None:
    """`people` is attendance id → who."""
    ask(t("attendance.remove"), partial(_remove, people))


def _add(forum: Forum, attendance_id: str) -> None:
    kinds = {kind: t(f"attendance.{kind}") for kind in KINDS}
    with st.container(horizontal=True):
        kind = choose(t("attendance.kind"), kinds, key="person-kind", value="entrepreneur") or ""
        name = st.text_input(t("attendance.name"), key="person-name", max_chars=LONGEST) or ""
    known = _same_person(name)
    body, enterprise, organisation = _place(kind)
    with st.container(horizontal=True):
        countries = {"CN": i18n.countries(lang())["CN"], **i18n.countries(lang())}
        country = choose(t("attendance.country"), countries, key="person-country", value="CN") or ""
        office = st.text_input(t("attendance.office"), key="person-office", max_chars=LONGEST)
    person = NewPerson(name, kind, body, enterprise, organisation, office, country, known)
    if st.button(t("attendance.add"), type="primary", key="person-save") and attempt(
        lambda: add_attendance(
            store(), actor=actor(), forum_id=forum.id, attendance_id=attendance_id, person=person, at=now()
        )
    ):
        saved()


def _same_person(name: str) -> str | None:
    """Whoever of this name came before is offered, the latest first; the clerk decides."""
    found = {known.person_id: known for known in reversed(offered_people(store(), actor=actor(), name=name))}
    if not found:
        return None
    offered = {id_: _as_before(known) for id_, known in reversed(found.items())} | {"": t("attendance.new_person")}
    return (
        st.radio(
            t("attendance.same"),
            list(offered),
            format_func=lambda id_: offered[id_],
            key=f"person-same-{name}",
        )
        or None
    )


def _as_before(known: KnownGuest) -> str:
    """In a label, where Markdown is read: what somebody typed is put out of its reach."""
    named = enterprises(actor()).get(known.enterprise_id or "") or known.organisation
    place = named or names("body").get(known.body_code or "") or names("town").get(known.body_code or "", "")
    return t("attendance.same_as", place=letters(place), n=known.forums, number=known.last_number)


def _place(kind: str) -> tuple[str | None, str | None, str | None]:
    """(body or town, enterprise, organisation): what this kind of person comes from."""
    if kind == "entrepreneur":
        enterprise = choose(t("attendance.enterprise"), enterprises(actor()), key="person-enterprise")
        outside = None if enterprise else st.text_input(t("attendance.organisation"), key="person-organisation")
        return None, enterprise, outside
    if kind == "town_head":
        return choose(t("attendance.town"), names("town", active_only=True), key="person-town"), None, None
    bodies = names("body", active_only=True)
    offered = {code: name for code, name in bodies.items() if (code in HOSTS) == (kind == "district_leader")}
    body = choose(
        t("attendance.body"), offered, key=f"person-body-{kind}", value="bank" if kind == "financial" else None
    )
    outside = st.text_input(t("attendance.organisation"), key="person-organisation") if kind == "financial" else None
    return body, None, outside


def _remove(people: dict[str, str]) -> None:
    chosen = choose(t("attendance.name"), people, key="remove-whom")
    if st.button(t("attendance.remove"), type="primary", key="remove-save", disabled=chosen is None) and chosen:
        attempt(lambda: remove_attendance(store(), actor=actor(), attendance_id=chosen, at=now()))
        saved()
