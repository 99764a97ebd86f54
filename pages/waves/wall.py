"""The dialog with the code for a wall: one link that everybody in the room may scan, with its daily limits."""

from functools import partial

import streamlit as st

import i18n
from db import clock
from db.survey.open_links import OpenLink
from db.survey.surveys import Wave
from intake.waves import open_links
from pages.shared.address import full_address
from pages.shared.asking import ask, attempt, by, save
from pages.shared.here import actor, lang, now, store, t
from pages.shared.receipt import qr_code
from pages.shared.rows import secret


def ask_to_hang(wave: Wave) -> None:
    ask(t("wall.hang"), partial(_wall, wave), width="medium")


def _wall(wave: Wave) -> None:
    st.markdown(t("wall.lead"))
    standing = [link for link in open_links.links_of(store(), actor=actor(), wave_id=wave.id) if not link.forum_id]
    if standing:
        _show(standing[0])
        return
    with st.container(horizontal=True):
        here = st.number_input(t("wall.per_address"), 1, open_links.MOST, open_links.PER_ADDRESS, key="wall-address")
        day = st.number_input(t("wall.per_day"), 1, open_links.MOST, open_links.PER_DAY, key="wall-day")
    if st.button(t("wall.make"), type="primary", key="wall-make"):
        hang = partial(open_links.open_link, store(), wave_id=wave.id, per_address=here, per_day=day)
        if made := attempt(lambda: hang(**by())):
            _show(made)


def _show(link: OpenLink) -> None:
    address = full_address(f"/s/{link.token}")
    qr_code(address, t("wall.alt"))
    secret(address)
    today = clock.start_of_day(clock.day_of(now()))
    n = open_links.answers_by(store(), actor=actor(), link_id=link.id, since=today)
    limits = {"here": i18n.number(link.per_address, lang()), "day": i18n.number(link.per_day, lang())}
    st.caption(t("wall.today", n=n, **limits))
    if st.button(t("wall.take_down"), key="wall-take-down"):
        save(lambda: open_links.take_down(store(), link_id=link.id, **by()))
