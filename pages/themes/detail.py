"""One candidate opened: each test with its evidence and the issues behind it."""

from collections.abc import Mapping
from html import escape

import streamlit as st

import i18n
from insight.themes.ranking import Candidate, Criterion, Evidence
from pages.shared.here import lang, t
from pages.shared.markup import markup
from pages.shared.plain import letters

_LISTED = 20  # issues


def theme_detail(one: Candidate, titles: Mapping[str, tuple[str, str]]) -> None:
    st.subheader(t("theme.why"), anchor=False)
    with st.grid(4, min_column_width=230, gap="small"):
        for test in one.tests:
            with st.container(border=True, key=f"card-theme-{test.code}", height="stretch"):
                markup(_test(test))
    st.caption(t("theme.share_note"))
    _behind(one, titles)


def _behind(one: Candidate, titles: Mapping[str, tuple[str, str]]) -> None:
    """The issues behind the piece of evidence that the reader picks."""
    pieces = {piece.code: piece for test in one.tests for piece in test.evidence if piece.months is None}
    picked = st.pills(
        t("theme.cases_behind"), list(pieces), format_func=lambda code: _said(pieces[code]), key="theme-evidence"
    )
    if not picked:
        return
    ids = pieces[picked].case_ids
    if not ids:
        st.caption(t("theme.no_case_behind"))
    with st.container(border=True, key="card-theme-cases", gap=None):
        for case_id in ids[:_LISTED]:
            number, title = titles[case_id]
            label = f"{number} {letters(title)}"
            st.page_link("desk/desk.py", label=label, query_params={"case": case_id})
        if len(ids) > _LISTED:
            st.caption(t("theme.cases_more", n=len(ids) - _LISTED))


def _test(test: Criterion) -> str:
    lines = "".join(f"<li>{escape(_said(piece))}</li>" for piece in test.evidence)
    return (
        f'<div class="f2f-theme-test"><span class="f2f-quiet">{escape(t(f"theme.test_long.{test.code}"))}</span>'
        f"<b>{i18n.number(test.score, lang())}</b><ul>{lines}</ul></div>"
    )


def _said(piece: Evidence) -> str:
    months = i18n.number(piece.months, lang(), decimals=0) if piece.months is not None else ""
    return t(f"theme.evidence.{piece.code}", k=len(piece.case_ids), n=piece.of, months=months)
