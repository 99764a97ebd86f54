"""What a row of the mood opens: the index or a dimension of the newest wave, what it is worth, and the waves before."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

import i18n
from db import clock
from db.figures.figures import EVERYTHING
from db.survey.surveys import Wave
from insight import wording
from insight.drawing.past import PastPoint, past
from insight.measures import Measure
from insight.survey.comparison import begun, measured
from insight.survey.mood import OVERALL
from insight.survey.report import Report
from insight.survey.report_words import Speech
from insight.survey.wave_numbers import INDEX, Figures
from pages.citing.button import citing
from pages.figures import live_board, live_others
from pages.figures.card import foot_of, number_of
from pages.figures.drawer import paragraph
from pages.figures.live_view import View
from pages.results import board as results_board
from pages.results.staff import downloads
from pages.results.tiles import worth_lines
from pages.shared.charts import draw_chart, framed
from pages.shared.here import actor, lang, t
from pages.shared.markup import Markup, show

WAVES = 6  # of its past


def mood_drawer(view: View, dimension: str) -> None:
    """What the results page shows of this figure, for the wave that the glance speaks of."""
    actor().must("see_results")
    waves = _waves(view)
    if not waves:
        return
    code = INDEX if dimension == OVERALL else dimension
    say = results_board.speech(lang())
    found = [results_board.figures(wave) for wave in waves]  # the glance has read them
    _value(measured(found[0], code))
    part = "index" if code == INDEX else "dimension"
    show(paragraph(t("figures.definition"), t(f"glance.drawer.{part}", name=say.figure(dimension))))
    show(paragraph(t("glance.drawer.worth"), _worth(waves, code, say)))
    show(paragraph(t("figures.formula"), t(f"glance.drawer.{part}_formula") + t("glance.drawer.estimate")))
    _past(found, code, view)
    citing("mood", dimension, view.as_of)
    _rows(found, code, say)
    if actor().may("export"):
        downloads(waves[0])
    st.page_link("results/results.py", label=t("glance.drawer.page"), icon=":material/arrow_forward:",
                 query_params={"wave": str(waves[0].number)})  # fmt: skip


def _waves(view: View) -> list[Wave]:
    """The wave on the glance first, then those before it."""
    newest = live_others.mood_of(EVERYTHING, view.as_of).wave
    closed = results_board.closed_waves()
    known = [wave for wave in closed if newest and wave.number <= int(str(newest["number"]))]
    return known[:WAVES]


def _value(measure: Measure) -> None:
    small = "" if measure.suppressed else Markup('<span class="f2f-small">{}</span>').format(foot_of(measure))
    show(Markup('<div class="f2f-figure">{}{}</div>').format(number_of(measure), small))


def _worth(waves: Sequence[Wave], code: str, say: Speech) -> str:
    found = results_board.results(waves[0], waves[1] if len(waves) > 1 else None)
    row = next((one for one in (*found.figures, *found.dimensions) if one.code == code), None)
    known = worth_lines(row, say) if row and row.told else [t("figures.suppressed")]
    return "\n".join([waves[0].title(lang()), *known, f"{say.word('rate')} {_rate(found, say)}"])


def _rate(found: Report, say: Speech) -> str:
    of = say.word("rate_of", answered=say.number(found.answered, 0), drawn=say.number(found.drawn, 0))
    return f"{say.number(found.rate)}%{i18n.DOT}{of}"


def _past(found: Sequence[Figures], code: str, view: View) -> None:
    """Dots on their intervals, the oldest first; a wave that may not show the figure says so."""
    anew = begun(found, code)
    points = [_point(numbers, measured(numbers, code), anew) for numbers in reversed(found)]
    if len(points) > 1:
        chart = past(points, t("glance.drawer.waves"), "", live_board.brush(view), most=100)
        draw_chart(framed(chart, lang(), dark=view.dark), "past")


def _point(numbers: Figures, measure: Measure, anew: Mapping[int, str]) -> PastPoint:
    day, why = clock.day_of(numbers.wave.closes_at), anew.get(numbers.wave.number)
    return PastPoint(i18n.month(day, lang()), wording.plain(measure, lang()), measure.value, measure.low, measure.high,
                     t(f"results.begins.{why}") if why else "")  # fmt: skip


def _rows(found: Sequence[Figures], code: str, say: Speech) -> None:
    names = ("value", "low", "high", "n", "effective", "deff")
    columns = [t("results.wave"), *(t(f"results.file.{name}") for name in names), say.word("rate")]
    rows = [_row(numbers, measured(numbers, code), say) for numbers in found]
    show(Markup('<h3 class="f2f-term">{}</h3>').format(t("figures.rows")))
    table = pd.DataFrame(rows, columns=columns)
    st.dataframe(table, hide_index=True, height=min(36 * len(rows) + 40, 420), alt=t("figures.rows"))


def _row(numbers: Figures, one: Measure, say: Speech) -> list[str]:
    ends = [(end, wording.decimals(one)) for end in (one.value, one.low, one.high)]
    told = [*ends, (one.n or None, 0), (one.effective, 0), (one.deff, 2)]
    rate = 100 * numbers.answered / numbers.drawn if numbers.drawn else 0.0
    shown = ["—" if value is None else say.number(value, places) for value, places in told]
    return [numbers.wave.title(lang()), *shown, i18n.percent(say.number(rate), lang())]
