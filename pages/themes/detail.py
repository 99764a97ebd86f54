"""One candidate opened: each test with its evidence and the issues behind it."""

import streamlit as st

import i18n
from insight.themes.ground import Ground
from insight.themes.ranking import Candidate, Criterion, Evidence
from pages.shared.choices import pick
from pages.shared.filter_address import view_from
from pages.shared.filters import clear
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.paging import pages
from pages.shared.plain import letters
from pages.themes.data import behind

_LISTED = 20  # issues a page


def theme_detail(one: Candidate, ground: Ground) -> None:
    st.subheader(t("theme.why"), anchor=False)
    with st.grid(4, min_column_width=230, gap="small"):
        for test in one.tests:
            with st.container(border=True, key=f"card-theme-{test.code}", height="stretch"):
                show(_test(test))
    st.caption(t("theme.share_note"))
    _behind(one, ground)


def _behind(one: Candidate, ground: Ground) -> None:
    """The issues behind the piece of evidence that the reader picks."""
    pieces = {piece.code: piece for test in one.tests for piece in test.evidence if piece.months is None}
    words = {code: _said(piece) for code, piece in pieces.items()}
    picked = pick(st.pills, t("theme.cases_behind"), words, key="theme-evidence", on_change=clear, args=((),))
    if not picked:
        return
    n = pieces[picked].n
    if not n:
        st.caption(t("theme.no_case_behind"))
        return
    page = min(view_from(st.query_params)[1], -(-n // _LISTED))
    with st.container(border=True, key="card-theme-cases", gap=None):
        for case in behind(ground, one.theme, picked, page=page, size=_LISTED):
            label = f"{case.number} {letters(case.title)}"
            st.page_link("desk/desk.py", label=label, query_params={"case": case.id})
        pages(n, _LISTED)


def _test(test: Criterion) -> Markup:
    lines = Markup().join(Markup("<li>{}</li>").format(_said(piece)) for piece in test.evidence)
    return Markup('<div class="f2f-theme-test"><span class="f2f-quiet">{}</span><b>{}</b><ul>{}</ul></div>').format(
        t(f"theme.test_long.{test.code}"), i18n.number(test.score, lang()), lines
    )


def _said(piece: Evidence) -> str:
    months = i18n.number(piece.months, lang(), decimals=0) if piece.months is not None else ""
    return t(f"theme.evidence.{piece.code}", k=piece.n, n=piece.of, months=months)
