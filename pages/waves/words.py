"""What a wave's sample is, and how many answers are wanted, in words."""

import i18n
from db.survey.samples import Stratum
from db.survey.surveys import Wave
from intake.waves import quotas
from pages.shared.here import lang, t


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
