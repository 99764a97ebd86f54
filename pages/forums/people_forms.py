"""The dialogs of a forum's list: add one person, take somebody off, take a whole list as pasted text."""

from functools import partial
from uuid import uuid4

import streamlit as st

import i18n
from casework.forums.attendance import (
    KINDS,
    LONGEST,
    NewPerson,
    PastedLine,
    add_attendance,
    import_attendance,
    offered_people,
    read_list,
    remove_attendance,
)
from casework.forums.rota import HOSTS
from db.forums.forums import Forum, KnownGuest
from pages.shared.asking import ask, by, save
from pages.shared.choices import choose, enterprises, names, pick
from pages.shared.here import actor, lang, store, t
from pages.shared.plain import letters, plain, words_of


def ask_for_person(forum: Forum) -> None:
    ask(t("attendance.add"), partial(_add, forum, str(uuid4())), width="medium")


def ask_whom_to_remove(people: dict[str, str]) -> None:
    """`people` is attendance id → who."""
    ask(t("attendance.remove"), partial(_remove, people))


def ask_for_list(forum: Forum) -> None:
    ask(t("attendance.paste"), partial(_paste, forum, str(uuid4())), width="medium")


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
    if st.button(t("attendance.add"), type="primary", key="person-save"):
        add = partial(add_attendance, store(), forum_id=forum.id, attendance_id=attendance_id, person=person)
        save(lambda: add(**by()))


def _same_person(name: str) -> str | None:
    """Whoever of this name came before is offered, the latest first; the clerk decides."""
    found = {known.person_id: known for known in reversed(offered_people(store(), actor=actor(), name=name))}
    if not found:
        return None
    offered = {id_: _as_before(known) for id_, known in reversed(found.items())} | {"": t("attendance.new_person")}
    return pick(st.radio, t("attendance.same"), offered, key=f"person-same-{name}") or None


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
        save(lambda: remove_attendance(store(), attendance_id=chosen, **by()))


def _paste(forum: Forum, import_id: str) -> None:
    """Checked line by line."""
    st.caption(t("attendance.paste_hint"))
    st.text(t("attendance.paste_example"))
    text = st.text_area(t("attendance.list"), key="paste-text", height=200) or ""
    st.button(t("attendance.check"), key="paste-check")
    lines = read_list(store(), actor=actor(), forum_id=forum.id, text=text)
    with st.container(height=220 if len(lines) > 6 else "content", border=bool(lines)):
        for line in lines:
            plain(_said(line))
    if not lines or any(line.refusal for line in lines):
        return
    if st.button(t("attendance.import", n=len(lines)), type="primary", key="paste-save"):
        save(lambda: import_attendance(store(), forum_id=forum.id, import_id=import_id, text=text, **by()))


def _said(line: PastedLine) -> str:
    if line.person is None or line.refusal:
        reason = words_of(line.refusal) if line.refusal else ""
        return t("attendance.line_refused", line=line.number, words=line.words, reason=reason)
    said = {"line": line.number, "kind": t(f"attendance.{line.person.kind}"), "name": line.person.name}
    return t("attendance.line_known", n=line.known.forums, **said) if line.known else t("attendance.line_ok", **said)
