"""One wave for staff: how it is going, responses by stratum, sector and town (counts only), its links."""

import streamlit as st

import i18n
from db import clock
from db.survey.surveys import Wave, WaveCounts
from intake.waves import inviting, samples
from intake.waves import running as waves
from pages.shared.filters import put
from pages.shared.here import actor, lang, now, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import names
from pages.shared.rows import cell, facts, row, strong
from pages.survey.introduction import last_day
from pages.waves.actions import keying_actions, wave_actions
from pages.waves.group import sample_in_words, wanted_in_words
from pages.waves.strata import strata

SHOWN = 12  # bars a list; the rest is one line


def wave_detail(counts: WaveCounts) -> None:
    wave, running = counts.wave, counts.wave.closes_at > now()
    drawn = samples.strata_of(store(), actor=actor(), wave_id=wave.id)
    with st.container(key="card-wave", border=True):
        show(Markup('<h2 class="f2f-wave-title">{}</h2>{}').format(wave.title(lang()), _state(wave)))
        silent = len(inviting.still_silent(store(), actor=actor(), wave_id=wave.id))
        shown = {
            "wave.days": _days(wave),
            "sample.sample": sample_in_words(wave, drawn),
            "sample.wanted": wanted_in_words(wave, drawn),
            "wave.responses": i18n.number(counts.responses, lang()),
            "wave.silent": i18n.number(silent, lang()),
            "wave.invited": t("wave.live_of", live=i18n.number(counts.live, lang()), n=counts.invited),
        }
        facts([(t(key), value) for key, value in shown.items() if value])
        if running:
            wave_actions(counts, has_strata=bool(drawn))
        elif drawn and wave.keying_at(now()):
            keying_actions(wave)
    if drawn:
        strata(wave)
    called = names()
    with st.container(horizontal=True, key="wave-counts", gap="medium"):
        _counted(wave, "town", called.town)
        _counted(wave, "sector", called.sector)


def wave_row(counts: WaveCounts, *, chosen: bool) -> None:
    """A wave in the list; a press puts it into the address."""
    wave = counts.wave
    with st.container(key=f"row-wave-{wave.number}", gap=None):
        row(
            "waves",
            [
                strong(wave.title(lang()), quiet=_days(wave)),
                cell(t(f"wave.state.{_state_of(wave)}"), style=_DOTS[_state_of(wave)]),
                cell(t("wave.n_responses", n=counts.responses)),
            ],
        )
        if not chosen:
            st.button(
                t("wave.show"), key=f"wave-show-{wave.number}", type="tertiary", on_click=put, args=("wave", wave.id)
            )


_DOTS = {"open": "f2f-dot f2f-on", "to_open": "f2f-dot f2f-next", "over": "f2f-dot"}


def _state_of(wave: Wave) -> str:
    if wave.open_at(now()):
        return "open"
    return "to_open" if wave.opens_at > now() else "over"


def _state(wave: Wave) -> Markup:
    code = _state_of(wave)
    return Markup('<p class="f2f-wave-state"><span class="{}">{}</span></p>').format(
        _DOTS[code], t(f"wave.state.{code}")
    )


def _days(wave: Wave) -> str:
    return i18n.days(clock.day_of(wave.opens_at), last_day(wave), lang())


def _counted(wave: Wave, by: str, called: dict[str, str]) -> None:
    """Bars of counts, most first."""
    found = waves.responses_by(store(), actor=actor(), wave_id=wave.id, by=by)
    most = max(found.values(), default=1)
    first, rest = list(found.items())[:SHOWN], list(found.values())[SHOWN:]
    bars = Markup().join(_bar(called.get(code, code) or t("wave.not_said"), n, most) for code, n in first)
    more = (
        Markup('<p class="f2f-quiet">{}</p>').format(t("wave.rest", n=len(rest), responses=sum(rest))) if rest else ""
    )
    none = "" if found else Markup('<p class="f2f-quiet">{}</p>').format(t("wave.no_response"))
    title = Markup('<h3 class="f2f-wave-title">{}</h3>').format(t(f"wave.by_{by}"))
    with st.container(key=f"card-by-{by}", border=True):
        show(Markup('{}<ul class="f2f-counts">{}</ul>{}{}').format(title, bars, more, none))


def _bar(name: str, n: int, most: int) -> Markup:
    width = round(100 * n / most)
    return Markup('<li><span>{}</span><b>{}</b><i style="width:{}%" aria-hidden="true"></i></li>').format(
        name, i18n.number(n, lang()), width
    )
