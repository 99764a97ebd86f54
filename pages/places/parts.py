"""What is known of one town or sector, a card each: figures, indicators, issues, satisfaction, forums, policies."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

import i18n
from db.figures import figure_rows
from i18n.names import name_in
from insight import wording
from insight.cases.places import local_indicators
from insight.cases.sentence import sentence
from pages.figures import live_board, live_charts
from pages.figures.card import figure_chips, figure_line
from pages.figures.live_view import View
from pages.shared.charts import draw_chart
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup, show

FIGURES = ("issues", "unsettled", "settled_share", "handling_days_median", "satisfaction_top2", "policies")
SHOWN = 5


def draw_place(view: View, kind: str, *, openable: bool) -> None:
    """`openable`: its figures open in the drawer; those of the place beside it are said without."""
    code = getattr(view.filters, kind)
    names = live_board.names(view.head, lang())
    board = live_board.board(view.head, view.scope, view.filters, view.as_of)
    show(Markup('<h2 class="f2f-section">{}</h2>').format(names.of(kind, code)))
    with st.container(border=True, key=f"card-place-said-{code}"):
        show(Markup('<p class="f2f-said">{}</p>').format(sentence(board, names, lang())))
        figure_chips(board, FIGURES) if openable else figure_line(board, FIGURES)
    _indicators(view, kind, code)
    with st.grid(2, min_column_width=480, gap="small"):  # side by side, unless another place is
        _issues(view, code)
        _mood(view, code)
        _listed(f"forums-{code}", t("place.forums"), _forums(view))
        _listed(f"policies-{code}", t("place.policies"), _policies(view))


def _mood(view: View, code: str) -> None:
    draw_chart(live_charts.mood_chart_of(view), f"mood-{code}")


def _indicators(view: View, kind: str, code: str) -> None:
    """Published for the place itself; the district's own stand on the economy's page."""
    found = store().read(lambda con: local_indicators(con, code, view.as_of)) if kind == "town" else []
    lines = []
    for indicator, point in found:
        growth = wording.growth(point.yoy_published, lang()) if point.yoy_published is not None else ""
        level = wording.amount(point.value, indicator.unit, point.decimals, lang()) if point.value is not None else ""
        period = wording.period(indicator.period_kind, point.period_start, point.period_end, lang())
        lines.append((f"{indicator.say(lang())} {i18n.with_year(period, point.period_end.year, lang())}",
                      f"{level} {growth}".strip()))  # fmt: skip
    _listed(f"indicators-{code}", t("place.indicators"), lines, none="place.no_indicators")


def _issues(view: View, code: str) -> None:
    draw_chart(live_charts.waiting_of(view), f"issues-{code}")


def _forums(view: View) -> list[tuple[str, str]]:
    facts = live_board.board(view.head, view.scope, view.filters, view.as_of).facts
    return [
        (t("place.forum", number=one.number, theme=one.say(lang(), "theme")), i18n.day(one.held_on, lang()))
        for one in facts.forums[::-1][:SHOWN]
    ]


def _policies(view: View) -> list[tuple[str, str]]:
    asked = {"filters": view.filters, "as_of": view.as_of, "limit": SHOWN}
    found = store().read(lambda con: figure_rows.policies(con, **asked))
    return [(name_in(row, "title", lang()), _day(row["issued_on"])) for row in found.to_dict("records")]


def _day(value: object) -> str:
    return i18n.day(date.fromisoformat(str(value)[:10]), lang())


def _listed(key: str, title: str, lines: Sequence[tuple[str, str]], none: str = "place.none") -> None:
    if not lines:
        _card(key, title, Markup('<p class="f2f-source">{}</p>').format(t(none)))
        return
    rows = Markup().join(Markup("<dt>{}</dt><dd>{}</dd>").format(label, value) for label, value in lines)
    _card(key, title, Markup('<dl class="f2f-lines">{}</dl>').format(rows))


def _card(key: str, title: str, body: str) -> None:
    """`body` is our own markup, its words escaped."""
    with st.container(border=True, key=f"card-place-{key}", height="stretch"):
        show(Markup('<h3 class="f2f-finding">{}</h3>{}').format(title, body))
