"""The candidates for the next theme as rows: rank, name, the total and the four tests as bars."""

from collections.abc import Sequence

import streamlit as st

import i18n
from insight.themes.ranking import TESTS, Candidate, Weights
from pages.shared.filters import clear
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names
from pages.shared.plain import told
from pages.shared.rows import strong

_FIRST = 10  # rows before the rest is asked for


def asked_weights() -> Weights:
    """Four sliders; the usual weights until somebody moves one."""
    with st.expander(t("theme.weights"), icon=":material/tune:"):
        st.caption(t("theme.weights_hint"))
        with st.grid(4, min_column_width=180, gap="small"):
            given = {test: _slider(test) for test in TESTS}
        st.button(t("theme.reset"), key="theme-reset", type="tertiary", on_click=_reset)
    return Weights(**given) if any(given.values()) else Weights()


def ranking_rows(found: Sequence[Candidate], called: Names) -> None:
    """A press on a row puts the candidate into the address."""
    all_shown = len(found) <= _FIRST or st.session_state.get("theme-all", False)
    tied = {one.rank for one in found if sum(other.rank == one.rank for other in found) > 1}
    with st.container(key="list-themes", gap=None):
        for one in found if all_shown else found[:_FIRST]:
            with st.container(key=f"theme-row-{one.kind}-{one.code}", gap=None):
                show(_row(one, called, tied=one.rank in tied))
                label = told("theme.show", name=name_of(one, called))
                st.button(label, key=f"theme-open-{one.kind}-{one.code}", on_click=_open, args=(one,), type="tertiary")
    if not all_shown:
        st.toggle(t("theme.more", n=len(found)), key="theme-all")


def name_of(one: Candidate, called: Names) -> str:
    return getattr(called, one.kind).get(one.code, one.code)


def _slider(test: str) -> int:
    usual = getattr(Weights(), test)
    return st.slider(t(f"theme.test_long.{test}"), 0, 100, usual, step=5, key=f"theme-weight-{test}")


def _reset() -> None:
    for test in TESTS:
        st.session_state[f"theme-weight-{test}"] = getattr(Weights(), test)


def _open(one: Candidate) -> None:
    clear(())  # another one's list begins at its first page
    st.query_params["theme"] = f"{one.kind}:{one.code}"


def _row(one: Candidate, called: Names, *, tied: bool) -> Markup:
    counts = (t(f"theme.kind_{one.kind}"), t("theme.enterprises", n=one.enterprises), t("theme.open", n=one.unsettled))
    head = strong(name_of(one, called), quiet=i18n.DOT.join(counts))
    place = t("theme.rank_tied" if tied else "theme.rank", n=one.rank)
    bars = Markup().join(_bar(t(f"theme.test.{test.code}"), test.score) for test in one.tests)
    return Markup(
        '<div class="f2f-theme"><div class="f2f-theme-place">{place}</div>{head}<div class="f2f-theme-total">{total}'
        '</div><div class="f2f-theme-bars">{bars}</div><details class="f2f-theme-parts"><summary>{parts}</summary>'
        '<div class="f2f-theme-bars">{bars}</div></details></div>'
    ).format(
        place=place, head=head, total=i18n.number(one.total, lang(), decimals=1), bars=bars, parts=t("theme.parts")
    )


def _bar(label: str, score: float) -> Markup:
    return Markup('<div><span>{}</span><i aria-hidden="true"><u style="width:{:.0f}%"></u></i><b>{}</b></div>').format(
        label, score, i18n.number(score, lang())
    )
