"""A wave's sample in words; its groups and strata by name, and a choice among them."""

import streamlit as st

import i18n
from db.survey.samples import Stratum
from db.survey.sampling import LISTS, Grouping
from db.survey.surveys import Wave
from intake.waves import groups as sample_groups
from intake.waves import quotas, samples
from pages.shared.choices import choose, pick
from pages.shared.here import actor, lang, store, t


def grouping_of(wave: Wave) -> Grouping:
    return sample_groups.grouping(store(), actor=actor(), wave_id=wave.id)


def stratum_name(stratum: str, grouping: Grouping) -> str:
    called = grouping.names(lang())
    parts = zip(LISTS, stratum.split("|"), strict=True)
    return t("sample.joined").join(called.get(part, part[1]) for part in parts)


def strata_by_name(strata: list[Stratum], grouping: Grouping) -> dict[str, str]:
    """Code → name, in the order of the groups."""
    places = {(group.list, group.code): place for place, group in enumerate(grouping.groups)}
    order = {one.stratum: [places.get(part, 0) for part in zip(LISTS, one.stratum.split("|"), strict=True)]
             for one in strata}  # fmt: skip
    return {code: stratum_name(code, grouping) for code in sorted(order, key=lambda code: order[code])}


def choose_group(wave: Wave, *, key: str, label: str) -> str:
    """'' for all, 'size:micro' or a stratum; nothing is asked where the wave has no frame."""
    strata = samples.strata_of(store(), actor=actor(), wave_id=wave.id)
    if not strata:
        return ""
    grouping = grouping_of(wave)
    called = grouping.names(lang())
    margins = {
        f"{name}:{one.stratum}": t("sample.margin_of", list=t(f"sample.list.{name}"), name=called[name, one.stratum])
        for name in LISTS
        for one in samples.grouped(strata, grouping, name)
    }
    return choose(label, margins | strata_by_name(strata, grouping), key=key) or ""


def by_list(label: str, words: dict[str, str], key: str) -> str:
    """One of a few ways, the first unless another is chosen."""
    return pick(st.segmented_control, label, words, default=next(iter(words)), key=key, required=True)


def sample_in_words(wave: Wave, found: list[Stratum]) -> str:
    """Census or sample, how many of how many, and the seed; nothing for a wave of before samples were kept."""
    drawn, frame = sum(one.drawn for one in found), sum(one.population for one in found)
    said = {"drawn": i18n.number(drawn, lang()), "frame": i18n.number(frame, lang())}
    if not found:
        return ""
    if wave.design == "census":
        return t("sample.is_census", **said)
    return t("sample.is_stratified", **said, seed=wave.seed)


def wanted_in_words(wave: Wave, found: list[Stratum]) -> str:
    if not found:
        return ""
    wanted = i18n.number(sum(one.wanted for one in found), lang())
    if wave.target_rate and quotas.by_rate(found, wave.target_rate):
        return t("sample.by_rate", n=wanted, rate=wave.target_rate)
    return t("sample.by_hand", n=wanted)
