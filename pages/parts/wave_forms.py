"""Dialogs of the survey's staff page: open a wave, hand out links, take one back, close early."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import streamlit as st

import i18n
from casework.exports import to_xlsx
from db import clock
from db.sql import Row
from db.surveys import Wave
from intake import waves
from intake.waves import LONGEST_TITLE, Link, WaveForm
from pages.parts.address import full_address
from pages.parts.asking import ask, attempt, saved
from pages.parts.choices import choose, sectors
from pages.parts.here import actor, lang, now, store, t
from pages.parts.names import names
from pages.parts.receipt import qr_code
from pages.parts.rows import secret

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DAYS_OPEN = 14
_MOST_TO_TAKE_BACK = 500


def ask_for_a_wave() -> None:
    ask(t("wave.new"), partial(_new, str(uuid4())), width="medium")


def ask_to_invite(wave: Wave) -> None:
    ask(t("wave.invite"), partial(_invite, wave), width="medium")


def ask_to_take_back(wave: Wave) -> None:
    ask(t("wave.take_back"), partial(_take_back, wave))


def ask_to_close(wave: Wave) -> None:
    ask(t("wave.close"), partial(_close, wave))


def _new(wave_id: str) -> None:
    offered = waves.questionnaires(store(), actor=actor())
    today = clock.day_of(now())
    asked = st.selectbox(
        t("wave.questionnaire"),
        offered,
        format_func=lambda q: t("wave.version", title=q.title.say(lang()), version=q.version),
        key="wave-questionnaire",
    )
    title_zh = st.text_input(t("wave.title_zh"), max_chars=LONGEST_TITLE, key="wave-title-zh")
    title_en = st.text_input(t("wave.title_en"), max_chars=LONGEST_TITLE, key="wave-title-en")
    with st.container(horizontal=True):
        first = st.date_input(t("wave.first_day"), value=today, format="YYYY-MM-DD", key="wave-first")
        last = st.date_input(
            t("wave.last_day"), value=today + timedelta(days=_DAYS_OPEN), format="YYYY-MM-DD", key="wave-last"
        )
    form = WaveForm(title_zh, title_en, asked.code, asked.version, first, last)
    if st.button(t("wave.open"), type="primary", key="wave-open") and attempt(
        lambda: waves.open_wave(store(), actor=actor(), wave_id=wave_id, form=form, at=now())
    ):
        st.query_params["wave"] = wave_id
        saved()


def _invite(wave: Wave) -> None:
    """Choose by sector, town and name; the links are shown this once."""
    with st.container(horizontal=True):
        sector = choose(t("wave.sector"), sectors(), key="invite-sector")
        town = choose(t("wave.town"), names().town, key="invite-town")
    words = (st.text_input(t("wave.name"), key="invite-name", max_chars=100) or "").strip().lower()
    silent = waves.still_silent(store(), actor=actor(), wave_id=wave.id, sector=sector, town=town)
    chosen = [firm for firm in silent if words in f"{firm.name_zh} {firm.name_en} {firm.uscc}".lower()]
    st.markdown(t("wave.to_invite", n=len(chosen)))
    if st.button(t("wave.make", n=len(chosen)), type="primary", disabled=not chosen, key="invite-make"):
        ids = [firm.id for firm in chosen]
        links = attempt(lambda: waves.invite(store(), actor=actor(), wave_id=wave.id, enterprise_ids=ids, at=now()))
        if links:
            _hand_out(wave, links)


def _hand_out(wave: Wave, links: list[Link]) -> None:
    """One link is shown with its code; many go into a workbook."""
    st.success(t("wave.made", n=len(links)))
    if len(links) == 1:
        address = full_address(f"/i/{links[0].token}")
        qr_code(address, t("wave.qr_alt", name=links[0].enterprise.name(lang())))
        secret(address)
    columns = [t(f"wave.column.{name}") for name in ("enterprise", "uscc", "town", "link", "until")]
    towns = names().town
    note = t("wave.sheet_note", title=wave.title(lang()))
    st.download_button(
        t("wave.download"),
        to_xlsx(columns, [_sheet_row(link, towns) for link in links], sheet=t("wave.sheet"), note=note),
        file_name=f"survey-{wave.number}-links.xlsx",
        mime=_XLSX,
        on_click="ignore",  # the links are in this run only
        icon=":material/download:",
        key="invite-download",
    )


def _sheet_row(link: Link, towns: dict[str, str]) -> list[str]:
    firm, until = link.enterprise, i18n.moment(clock.local(link.expires_at - timedelta(minutes=1)), lang())
    return [firm.name(lang()), firm.uscc, towns.get(firm.town_code, ""), full_address(f"/i/{link.token}"), until]


def _take_back(wave: Wave) -> None:
    live = waves.live_links(store(), actor=actor(), wave_id=wave.id, at=now(), limit=_MOST_TO_TAKE_BACK)
    offered = {row["id"]: _named(row) for row in live}
    st.markdown(t("wave.take_back_lead"))
    chosen = choose(t("wave.which_link"), offered, key="take-back")
    pressed = st.button(t("wave.take_back"), type="primary", disabled=chosen is None, key="take-back-do")
    if pressed and attempt(
        lambda: waves.revoke(store(), actor=actor(), invitation_id=chosen or "", at=now()),
    ):
        saved()


def _named(row: Row) -> str:
    name = row["name_en"] if lang() == "en" and row["name_en"] else row["name_zh"]
    return t("wave.link_of", name=name, at=i18n.moment(clock.local(row["created_at"]), lang()))


def _close(wave: Wave) -> None:
    st.markdown(t("wave.close_lead"))
    if st.button(t("wave.close"), type="primary", key="wave-close-do") and attempt(
        lambda: waves.close_wave(store(), actor=actor(), wave_id=wave.id, seen=wave.seq, at=now())
    ):
        saved()
