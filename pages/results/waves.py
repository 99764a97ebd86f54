"""Which wave's results are read, and what is said of those that have none yet."""

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

import i18n
from db import clock
from db.survey.surveys import PAPER_GRACE, Wave
from pages.shared.here import lang, t
from pages.shared.plain import letters


def choose_wave(waves: Sequence[Wave]) -> Wave | None:
    """The newest, or the one that the address names (`?wave=7`)."""
    if not waves:
        return None
    named = [place for place, wave in enumerate(waves) if str(wave.number) == st.query_params.get("wave")]
    chosen = st.selectbox(t("results.wave"), range(len(waves)), index=named[0] if named else 0, key="results-wave",
                          format_func=lambda place: waves[place].title(lang()))  # fmt: skip
    st.query_params["wave"] = str(waves[chosen].number)
    return waves[chosen]


def running(waves: Sequence[Wave]) -> None:
    """Waves that are open: that they are, and why nothing of them is shown."""
    for wave in waves:
        until = i18n.day(clock.day_of(wave.closes_at - timedelta(seconds=1)), lang())
        st.caption(t("results.running", wave=letters(wave.title(lang())), until=until))


def waiting(waves: Sequence[Wave]) -> None:
    """Waves that are over and have no results yet: why, and until when."""
    for wave in waves:
        until = i18n.day(clock.day_of(wave.closes_at + PAPER_GRACE), lang())
        st.info(t("results.waiting", wave=letters(wave.title(lang())), until=until), icon=":material/hourglass_top:")
