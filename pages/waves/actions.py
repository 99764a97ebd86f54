"""What staff can do with a wave that goes on: one row of buttons, each opening its dialog."""

from functools import partial

import streamlit as st

import i18n
from db import clock
from db.survey.open_links import OpenLink
from db.survey.surveys import PAPER_GRACE, Wave, WaveCounts
from intake.waves import open_links
from intake.waves import running as waves
from intake.waves.separating import separate_due
from pages.shared.address import full_address
from pages.shared.asking import ask, attempt, by, save
from pages.shared.here import actor, lang, now, store, t
from pages.shared.receipt import qr_code
from pages.shared.rows import secret
from pages.waves.invite import ask_to_invite
from pages.waves.quota import ask_for_quotas
from pages.waves.remind import ask_to_remind
from pages.waves.take_back import ask_to_take_back


def wave_actions(counts: WaveCounts, *, has_strata: bool) -> None:
    wave = counts.wave
    with st.container(horizontal=True, key="wave-actions"):
        if st.button(t("wave.invite"), type="primary", icon=":material/qr_code_2:", key="wave-invite"):
            ask_to_invite(wave)
        if st.button(t("wall.hang"), icon=":material/wall_art:", key="wave-wall"):
            ask(t("wall.hang"), partial(_wall, wave), width="medium")
        if st.button(t("remind.remind"), icon=":material/notifications:", key="wave-remind"):
            ask_to_remind(wave)
        if has_strata and st.button(t("quota.set"), icon=":material/flag:", key="wave-quota"):
            ask_for_quotas(wave)
        if counts.live and st.button(t("take_back.take_back"), icon=":material/link_off:", key="wave-take-back"):
            ask_to_take_back(wave)
        if st.button(t("wave.close"), key="wave-close"):
            ask(t("wave.close"), partial(_close, wave))


def keying_actions(wave: Wave) -> None:
    """A wave that is over waits for the last paper forms before it has results."""
    until = i18n.day(clock.day_of(wave.closes_at + PAPER_GRACE), lang())
    st.text(t("wave.keying", until=until))
    with st.container(horizontal=True, key="wave-keying"):
        if st.button(t("wave.keyed"), type="primary", icon=":material/done_all:", key="wave-keyed"):
            ask(t("wave.keyed"), partial(_finish, wave))
        st.page_link(
            "paper/paper.py", label=t("page.paper"), icon=":material/keyboard:", query_params={"wave": wave.id}
        )


def _close(wave: Wave) -> None:
    st.markdown(t("wave.close_lead"))
    keyed = st.checkbox(t("wave.keyed_all"), key="wave-close-keyed")
    if st.button(t("wave.close"), type="primary", key="wave-close-do"):
        close = partial(waves.close_wave, store(), wave_id=wave.id, seen=wave.seq, keyed=keyed)
        save(lambda: (close(**by()), separate_due(store(), now())))


def _finish(wave: Wave) -> None:
    st.markdown(t("wave.keyed_lead"))
    if st.button(t("wave.keyed"), type="primary", key="wave-keyed-do"):
        finish = partial(waves.finish_keying, store(), wave_id=wave.id, seen=wave.seq)
        save(lambda: (finish(**by()), separate_due(store(), now())))


def _wall(wave: Wave) -> None:
    """The code for a wall: one link that everybody in the room may scan, with its daily limits."""
    st.markdown(t("wall.lead"))
    standing = [link for link in open_links.links_of(store(), actor=actor(), wave_id=wave.id) if not link.forum_id]
    for link in standing:
        _show(link)
    if any(link.token for link in standing):
        return
    with st.container(horizontal=True):
        here = st.number_input(t("wall.per_address"), 1, open_links.MOST, open_links.PER_ADDRESS, key="wall-address")
        day = st.number_input(t("wall.per_day"), 1, open_links.MOST, open_links.PER_DAY, key="wall-day")
    if st.button(t("wall.make"), type="primary", key="wall-make"):
        hang = partial(open_links.open_link, store(), wave_id=wave.id, per_address=here, per_day=day)
        if made := attempt(lambda: hang(**by())):
            _show(made)


def _show(link: OpenLink) -> None:
    if link.token:
        address = full_address(f"/s/{link.token}")
        qr_code(address, t("wall.alt"))
        secret(address)
    else:  # of before the store held digests alone, or the file of keys is lost
        st.text(t("wall.unsaid"))
    today = clock.start_of_day(clock.day_of(now()))
    n = open_links.answers_by(store(), actor=actor(), link_id=link.id, since=today)
    limits = {"here": i18n.number(link.per_address, lang()), "day": i18n.number(link.per_day, lang())}
    st.caption(t("wall.today", n=n, **limits))
    if st.button(t("wall.take_down"), key=f"wall-take-down{'' if link.token else link.id}"):
        save(lambda: open_links.take_down(store(), link_id=link.id, **by()))
