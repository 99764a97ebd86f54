"""Inviting: choose of whom, make the links once; they stand in the dialog until it is closed."""

from functools import partial

import streamlit as st

import i18n
from db.refused import Refused
from db.survey.surveys import Wave
from i18n import folding
from intake.waves import inviting
from pages.shared.asking import ask, by
from pages.shared.choices import choose, pick, sectors
from pages.shared.here import actor, lang, store, t
from pages.shared.names import names
from pages.shared.refused import tell
from pages.waves.hand_out import hand_out

_REFUSED = "invite-refused"


def ask_to_invite(wave: Wave) -> None:
    ask(t("wave.invite"), partial(_invite, wave), width="medium", closed=partial(_forget, wave.id))


def _invite(wave: Wave) -> None:
    """By sector, town and name, or the whole sample at once; the links are shown this once, until it is closed."""
    if made := st.session_state.get(_made(wave.id)):
        hand_out(wave, *made)
        return
    with st.container(horizontal=True):
        sector = choose(t("wave.sector"), sectors(), key="invite-sector")
        town = choose(t("wave.town"), names().town, key="invite-town")
    words = st.text_input(t("wave.name"), key="invite-name", max_chars=100) or ""
    again = st.checkbox(t("invite.again"), key="invite-again", help=t("invite.again_help"))
    whose = {"wave_id": wave.id, "sector": sector, "town": town}
    silent = inviting.still_silent(store(), actor=actor(), unlinked=not again, **whose)
    chosen = [firm for firm in silent if folding.has(words, firm.name_zh, firm.name_en, firm.uscc)]
    languages = i18n.offered(in_house=True)
    language = pick(st.segmented_control, t("invite.language"), languages, default=lang(), key="invite-language",
                    required=True)  # fmt: skip
    st.markdown(t("wave.to_invite", n=len(chosen)))
    asked = (wave.id, [firm.id for firm in chosen], i18n.choose(language))
    st.button(t("wave.make", n=len(chosen)), type="primary", disabled=not chosen, key="invite-make", on_click=_make,
              args=asked)  # fmt: skip
    if refusal := st.session_state.pop(_REFUSED, None):
        tell(refusal)


def _make(wave_id: str, ids: list[str], language: i18n.Language) -> None:
    """Before the dialog is drawn anew: what is made then stands in place of the form. Pressed twice, made once."""
    if _made(wave_id) in st.session_state:
        return
    try:
        made = inviting.invite(store(), wave_id=wave_id, enterprise_ids=ids, **by())
        st.session_state[_made(wave_id)] = (made, language)
    except Refused as refusal:
        st.session_state[_REFUSED] = refusal


def _made(wave_id: str) -> str:
    """Where the links and their language are kept."""
    return f"invite-made-{wave_id}"


def _forget(wave_id: str) -> None:
    st.session_state.pop(_made(wave_id), None)
