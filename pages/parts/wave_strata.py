"""How each group of the sample answers: a bar for those that answered, a mark for how many are wanted. Counts only."""

from html import escape

import streamlit as st

import i18n
from db import sampling
from db.samples import Stratum
from db.sampling import LISTS
from db.surveys import Wave
from intake import samples
from pages.parts.here import actor, lang, store, t
from pages.parts.plain import letters

EVERY = "5s"


def strata(wave: Wave) -> None:
    """Redrawn where something came in; whoever may no longer see it sees nothing at the next look."""

    @st.fragment(run_every=EVERY)
    def live() -> None:
        found = samples.strata_of(store(), actor=actor(), wave_id=wave.id)
        with st.container(horizontal=True, key="wave-strata", gap="medium"):
            for name in LISTS:
                with st.container(key=f"card-strata-{name}", border=True):
                    st.html(_bars(name, found))
        _table(wave, found)

    live()


def sample_in_words(wave: Wave, found: list[Stratum]) -> str:
    """Census or sample, how many of how many, and the seed; nothing for a wave of before samples were kept."""
    drawn, frame = sum(one.drawn for one in found), sum(one.population for one in found)
    said = {"drawn": i18n.number(drawn, lang()), "frame": i18n.number(frame, lang())}
    if not found:
        return ""
    if wave.design == "census":
        return t("sample.is_census", **said)
    return t("sample.is_stratified", **said, seed=wave.seed)


def _bars(name: str, found: list[Stratum]) -> str:
    called = {group.code: group.name(lang()) for group in sampling.groups() if group.list == name}
    bars = "".join(_bar(called.get(one.stratum, one.stratum), one) for one in samples.grouped(found, name))
    return f'<h3 class="f2f-wave-title">{escape(t(f"sample.by_{name}"))}</h3><ul class="f2f-counts">{bars}</ul>'


def _bar(name: str, one: Stratum) -> str:
    said = t("sample.answered", n=one.answered, drawn=one.drawn, rate=_percent(one.answered, one.drawn))
    short = max((one.quota or 0) - one.answered, 0)
    wanted = t("sample.short", n=short) if short else t("sample.reached")
    return (
        f"<li><span>{escape(name)}</span><b>{escape(said)}</b>"
        f'<span class="f2f-track" aria-hidden="true"><i style="width:{_share(one.answered, one.drawn)}%"></i>'
        f'<u style="left:{_share(one.quota or 0, one.drawn)}%"></u></span>'
        f'<span class="f2f-quiet f2f-wanted">{escape(wanted)}</span></li>'
    )


def _table(wave: Wave, found: list[Stratum]) -> None:
    """Every stratum, those that lack most first."""
    ordered = sorted(found, key=lambda one: one.answered - (one.quota or 0))
    called = {(group.list, group.code): group.name(lang()) for group in sampling.groups()}
    with st.expander(t("sample.every", n=len(found)), key="wave-every-stratum"):
        rows = "".join(_row(one, called) for one in ordered)
        head = "".join(f"<th>{escape(t(f'sample.column.{c}'))}</th>" for c in ("stratum", "frame", "drawn", "got"))
        st.html(f'<table class="f2f-strata"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>')
        if wave.design == "stratified" and st.button(t("sample.redraw"), key="wave-redraw"):
            same = samples.redraw(store(), actor=actor(), wave_id=wave.id)
            said = t("sample.redrawn", seed=letters(wave.seed or "")) if same else t("sample.not_redrawn")
            (st.success if same else st.error)(said)


def _row(one: Stratum, called: dict[tuple[str, str], str]) -> str:
    parts = zip(LISTS, one.stratum.split("|"), strict=True)
    name = t("sample.joined").join(called.get(part, part[1]) for part in parts)
    numbers = (str(one.population), str(one.drawn), f"{one.answered} / {one.quota or 0}")
    return f"<tr><th>{escape(name)}</th>{''.join(f'<td>{number}</td>' for number in numbers)}</tr>"


def _share(part: int, whole: int) -> int:
    return round(100 * min(part, whole) / whole) if whole else 0


def _percent(part: int, whole: int) -> str:
    return f"{_share(part, whole)}%"
