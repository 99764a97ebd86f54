"""The wall and the sign-in: staff hang the link up, and look at those who signed in by phone."""

import streamlit as st

import i18n
from casework.forum_day import forum_wall
from casework.forum_day.forum_wall import PhoneArrival
from casework.forums.attendance import remove_attendance
from db.forums.forum_day import ForumLink
from db.forums.forums import Forum
from db.survey import surveys
from intake.waves.open_links import open_link
from pages.shared.address import full_address
from pages.shared.asking import attempt, by
from pages.shared.here import actor, lang, now, store, t
from pages.shared.markup import show
from pages.shared.names import Names, person
from pages.shared.plain import letters
from pages.shared.receipt import qr_code
from pages.shared.rows import empty, strong


def wall_and_sign_in(forum: Forum, called: Names) -> None:
    link = forum_wall.link_of(store(), actor=actor(), forum_id=forum.id, at=now())
    with st.container(key="card-wall", border=True):
        st.header(t("forum_day.wall"), anchor=False)
        if link is None or not link.token:  # of before, and good for those who have it: a fresh one is hung
            st.caption(t("forum_day.wall_hint"))
            st.button(t("forum_day.hang"), type="primary", key="wall-hang", on_click=_hang, args=(forum,))
        else:
            _hanging(forum, link)
    _arrivals(forum)


def _hang(forum: Forum) -> None:
    """With the survey's code, where a wave is open."""
    at = now()
    if attempt(lambda: forum_wall.hang(store(), actor=actor(), forum_id=forum.id, at=at)):
        newest = next(iter(store().read(lambda con: surveys.open_waves(con, at))), None)
        if newest:
            attempt(lambda: open_link(store(), actor=actor(), wave_id=newest.id, forum_id=forum.id, at=at))


def _hanging(forum: Forum, link: ForumLink) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="wall-code"):
        with st.container(width="content"):
            qr_code(full_address(f"/arrive/{link.token}"), t("wall.sign_in"))
        with st.container(width="content"):
            st.link_button(t("forum_day.open_wall"), f"/wall/{link.token}", type="primary", icon=":material/tv:")
            st.caption(t("forum_day.hangs", until=i18n.weekday_and_day(forum.held_on, lang())))
            if not store().read(lambda con: surveys.open_waves(con, now())):
                st.caption(t("forum_day.no_wave"))
            st.button(t("forum_day.take_down"), key="wall-down", on_click=_down, args=(forum,), type="tertiary")


def _down(forum: Forum) -> None:
    attempt(lambda: forum_wall.take_down(store(), forum_id=forum.id, **by()))


def _arrivals(forum: Forum) -> None:
    found = forum_wall.arrivals(store(), actor=actor(), forum_id=forum.id)
    with st.container(key="card-arrivals", border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(t("forum_day.arrivals", n=len(found)), anchor=False)
            if found:
                every = [one.attendance.id for one in found]
                st.button(t("forum_day.confirm_all"), key="arrivals-all", on_click=_confirm, args=(forum, every))
        if not found:
            empty(t("forum_day.no_arrival"), t("forum_day.no_arrival_hint"))
        for one in found:
            _arrival(forum, one)


def _arrival(forum: Forum, one: PhoneArrival) -> None:
    row = one.attendance
    place = one.enterprise or t("forum_day.outside", name=row.organisation or "")
    country = i18n.countries(lang()).get(row.country, row.country)
    with st.container(key=f"row-arrival-{row.id}", horizontal=True, vertical_alignment="center"):
        show(strong(person(row.person_name), quiet=i18n.DOT.join((place, country))))
        st.button(t("forum_day.confirm"), key=f"arrival-ok-{row.id}", on_click=_confirm, args=(forum, [row.id]))
        for known in one.offered[:3]:
            label = t("forum_day.same", place=letters(known.organisation or ""), n=known.forums,
                      number=known.last_number)  # fmt: skip
            st.button(label, key=f"arrival-same-{row.id}-{known.person_id}", on_click=_same,
                      args=(row.id, known.person_id), type="tertiary")  # fmt: skip
        st.button(t("forum_day.not_here"), key=f"arrival-off-{row.id}", on_click=_off, args=(row.id,), type="tertiary")


def _confirm(forum: Forum, ids: list[str]) -> None:
    attempt(lambda: forum_wall.confirm(store(), forum_id=forum.id, attendance_ids=ids, **by()))


def _same(attendance_id: str, person_id: str) -> None:
    attempt(lambda: forum_wall.same_person(store(), attendance_id=attendance_id, person_id=person_id, **by()))


def _off(attendance_id: str) -> None:
    attempt(lambda: remove_attendance(store(), attendance_id=attendance_id, **by()))
