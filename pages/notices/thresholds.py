"""From which value of a figure on one wishes to be told: those that stand, and a form for another."""

from functools import partial

import streamlit as st

import i18n
from db import clock
from db.notices.thresholds import Threshold
from insight.glance.thresholds import (
    SIDES,
    Key,
    Level,
    bound_words,
    drop_threshold,
    levels,
    own_thresholds,
    set_threshold,
)
from pages.shared.asking import attempt, by
from pages.shared.here import actor, kept, lang, now, store, t
from pages.shared.markup import Markup, show


def threshold_choice(*, reached: bool) -> None:
    """For those who see the figures; `reached`: they can be told elsewhere than here."""
    if not actor().may("see_dashboard"):
        return
    found, standing = kept(levels, clock.day_of(now())), own_thresholds(store(), actor=actor())
    with st.container(border=True, key="card-thresholds"):
        st.header(t("threshold.title"), anchor=False)
        st.caption(t("threshold.lead"))
        if not reached:
            st.caption(t("threshold.no_channel"))
        for one in standing:
            _line(one, found.get((one.kind, one.code)))
        _form(found)


def _line(one: Threshold, level: Level | None) -> None:
    name = level.name(lang()) if level else one.code
    words = t("threshold.stands", name=name, side=t(f"threshold.{one.side}"), bound=bound_words(one, lang()))
    since = clock.day_of(one.crossed_at) if one.crossed_at else None
    told = t("threshold.crossed", day=i18n.day(since, lang())) if since else ""
    small = i18n.DOT.join(filter(None, (t("threshold.now", value=level.shown(lang())) if level else "", told)))
    key = f"{one.kind}-{one.code}-{one.side}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"threshold-{key}"):
        show(Markup("<div>{}<br><small>{}</small></div>").format(words, small))
        st.button(t("threshold.drop"), key=f"drop-{key}", on_click=_drop, args=(one,))


def _drop(one: Threshold) -> None:
    attempt(lambda: drop_threshold(store(), kind=one.kind, code=one.code, side=one.side, **by()))


def _form(found: dict[Key, Level]) -> None:
    with st.form("threshold", border=False, enter_to_submit=False):
        keys = list(found)
        kind, code = st.selectbox(t("threshold.figure"), keys, format_func=lambda key: found[key].name(lang()),
                                  key="threshold-figure")  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom"):
            words = {side: t(f"threshold.{side}") for side in SIDES}
            side = st.segmented_control(t("threshold.side"), SIDES, default=SIDES[0], required=True,
                                        format_func=words.__getitem__, key="threshold-side")  # fmt: skip
            bound = st.number_input(t("threshold.bound"), value=None, step=1.0, format="%g", key="threshold-bound")
        pressed = st.form_submit_button(t("threshold.add"), key="threshold-add")
    if pressed:
        wanted = partial(set_threshold, store(), kind=kind, code=code, side=side, bound=bound)
        if attempt(lambda: (wanted(**by()),)):
            st.rerun()
