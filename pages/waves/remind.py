"""The dialog that reminds: whom it would reach, what went out before, one button."""

from functools import partial
from uuid import uuid4

import streamlit as st

import i18n
from db import clock
from db.survey.surveys import Wave
from intake.waves import reminders, samples
from pages.shared.asking import ask, by, save
from pages.shared.here import actor, lang, now, store, t
from pages.waves.group import by_list, choose_group


def ask_to_remind(wave: Wave) -> None:
    ask(t("remind.remind"), partial(_remind, wave, str(uuid4())), width="medium")


def _remind(wave: Wave, reminder_id: str) -> None:
    to = _whom(wave)
    if to is None:
        return
    standing = reminders.standing(store(), actor=actor(), wave_id=wave.id, to=to)
    st.markdown(t("remind.lead", n=standing.reachable))
    st.caption(t("remind.unreachable", n=standing.unreachable))
    for sent in standing.sent:
        at = i18n.moment(clock.local(sent.reminded_at), lang())
        st.markdown(t("remind.sent", at=at, n=sent.notices))
    if standing.next_at and standing.next_at > now():
        st.info(t("remind.next", at=i18n.moment(clock.local(standing.next_at), lang())))
    if st.button(t("remind.send"), type="primary", disabled=not standing.may_remind(now()), key="wave-remind-do"):
        save(lambda: reminders.remind(store(), wave_id=wave.id, reminder_id=reminder_id, to=to, **by()))


def _whom(wave: Wave) -> str | None:
    """All that are silent, those of strata that lack answers, or of one group that is still to be chosen (None)."""
    if not samples.strata_of(store(), actor=actor(), wave_id=wave.id):
        return ""
    ways = {name: t(f"remind.to_{name}") for name in ("all", "short", "group")}
    how = by_list(t("remind.whom"), ways, "remind-whom")
    st.caption(t("remind.order"))
    if how == "group":
        return choose_group(wave, key="remind-group", label=t("remind.which")) or None
    return reminders.SHORT if how == "short" else ""
