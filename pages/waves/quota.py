"""The dialog of quotas: one rate for all, the groups of a list, or one stratum; what it adds up to is shown first."""

from functools import partial

import streamlit as st

import i18n
from db.survey.samples import Stratum
from db.survey.sampling import LISTS
from db.survey.surveys import Wave
from intake.waves import quotas, samples
from pages.shared.asking import ask, attempt, by, save
from pages.shared.choices import choose
from pages.shared.here import actor, lang, store, t
from pages.shared.plain import letters
from pages.waves.group import by_list, grouping_of, strata_by_name


def ask_for_quotas(wave: Wave) -> None:
    ask(t("quota.set"), partial(_quotas, wave), width="medium")


def _quotas(wave: Wave) -> None:
    st.markdown(t("quota.lead"))
    strata = samples.strata_of(store(), actor=actor(), wave_id=wave.id)
    ways = {name: t(f"sample.list.{name}") for name in LISTS}
    ways |= {"stratum": t("quota.stratum"), "rate": t("quota.rate")}
    how = by_list(t("quota.how"), ways, "quota-how")
    if how == "rate":
        _by_rate(wave, strata)
    else:
        _by_hand(wave, strata, _one(wave, strata) if how == "stratum" else _groups(wave, strata, how))


def _by_rate(wave: Wave, strata: list[Stratum]) -> None:
    st.caption(t("quota.rate_lead"))
    rate = st.number_input(t("sample.rate"), 1, 100, wave.target_rate or samples.TARGET_RATE, key="quota-rate")
    _total(strata, samples.quotas_of({one.stratum: one.drawn for one in strata}, rate))
    if st.button(t("quota.save"), type="primary", key="quota-save"):
        save(lambda: quotas.set_rate(store(), wave_id=wave.id, rate=rate, seen=wave.seq, **by()))


def _by_hand(wave: Wave, strata: list[Stratum], wanted: dict[str, int]) -> None:
    shared = attempt(lambda: quotas.shared(strata, wanted))
    _total(strata, shared or {})
    if st.button(t("quota.save"), type="primary", disabled=not wanted or shared is None, key="quota-save"):
        save(lambda: quotas.set_quotas(store(), wave_id=wave.id, quotas=wanted, seen=wave.seq, **by()))


def _groups(wave: Wave, strata: list[Stratum], name: str) -> dict[str, int]:
    """Only what was changed is set: a group that is left alone keeps what its strata have."""
    st.caption(t("quota.shared"))
    grouping = grouping_of(wave)
    called = grouping.names(lang())
    wanted: dict[str, int] = {}
    with st.container(key="quota-groups", gap="small"):
        for one in samples.grouped(strata, grouping, name):
            chosen = _box(one, called[name, one.stratum], f"quota-{name}-{one.stratum}")
            if chosen != one.wanted:
                wanted[f"{name}:{one.stratum}"] = chosen
    return wanted


def _one(wave: Wave, strata: list[Stratum]) -> dict[str, int]:
    called = strata_by_name(strata, grouping_of(wave))
    chosen = choose(t("quota.which"), called, key="quota-which")
    if chosen is None:
        return {}
    one = next(one for one in strata if one.stratum == chosen)
    wanted = _box(one, called[chosen], f"quota-one-{chosen}")
    return {chosen: wanted} if wanted != one.wanted else {}


def _box(one: Stratum, name: str, key: str) -> int:
    label = t("quota.group", name=letters(name), drawn=one.drawn, answered=one.answered)
    return st.number_input(label, 0, one.drawn, min(one.wanted, one.drawn), key=key)


def _total(strata: list[Stratum], changed: dict[str, int]) -> None:
    before = sum(one.wanted for one in strata)
    after = sum(changed.get(one.stratum, one.wanted) for one in strata)
    st.markdown(t("quota.total", n=i18n.number(after, lang()), before=i18n.number(before, lang())))
