"""The dialog that takes links back: one enterprise's, or all that nobody used, with a reason and a count to confirm."""

from functools import partial

import streamlit as st

import i18n
from db import clock
from db.sql import Row
from db.survey.surveys import Wave
from i18n.names import name_in
from intake.waves import inviting
from pages.shared.asking import ask, attempt, by, save
from pages.shared.choices import choose
from pages.shared.here import actor, lang, now, store, t
from pages.waves.group import by_list, choose_group

_MOST_TO_CHOOSE_FROM = 500
_SHOWN = "take-back-shown"  # when the number was said that is confirmed


def ask_to_take_back(wave: Wave) -> None:
    ask(t("take_back.take_back"), partial(_take_back, wave), width="medium")


def _take_back(wave: Wave) -> None:
    st.markdown(t("take_back.lead"))
    ways = {name: t(f"take_back.{name}") for name in ("one", "all")}
    if by_list(t("take_back.how"), ways, "take-back-how") == "one":
        _one(wave)
    else:
        _all(wave)


def _one(wave: Wave) -> None:
    live = inviting.live_links(store(), actor=actor(), wave_id=wave.id, at=now(), limit=_MOST_TO_CHOOSE_FROM)
    offered = {row["id"]: _named(row) for row in live}
    chosen = choose(t("take_back.which"), offered, key="take-back")
    if st.button(t("take_back.do", n=1), type="primary", disabled=chosen is None, key="take-back-do"):
        save(lambda: inviting.revoke(store(), invitation_id=chosen or "", **by()))


def _all(wave: Wave) -> None:
    """What is confirmed is what was shown: links that are made meanwhile stay."""
    group = choose_group(wave, key="take-back-group", label=t("sample.which"))
    found = attempt(lambda: inviting.unused(store(), actor=actor(), wave_id=wave.id, group=group, at=now()))
    if found is None:
        return
    reason = st.text_input(t("take_back.reason"), key="take-back-reason", max_chars=inviting.LONGEST_REASON) or ""
    st.markdown(t("take_back.count", n=found.links))
    if found.begun:
        st.markdown(t("take_back.begun", n=found.begun))
    # Another number is another question: it has to be confirmed anew.
    sure = st.checkbox(t("take_back.sure", n=found.links), key=f"take-back-sure-{group}-{found.links}")
    ready = bool(found.links and sure and reason.strip())
    pressed = st.button(t("take_back.do", n=found.links), type="primary", disabled=not ready, key="take-back-all")
    shown_at = st.session_state.get(_SHOWN, now())
    st.session_state[_SHOWN] = now()
    if pressed:
        revoke = partial(inviting.revoke_unused, store(), wave_id=wave.id, group=group)
        save(lambda: revoke(reason=reason, shown_at=shown_at, **by()))


def _named(row: Row) -> str:
    name = name_in(row, "name", lang())
    return t("take_back.link_of", name=name, at=i18n.moment(clock.local(row["created_at"]), lang()))
