"""The questions that no index counts: each a chart with its numbers below it."""

import streamlit as st

from db.survey.surveys import Wave
from insight.survey.question_chart import answer_name, columns, said, source, span
from insight.survey.report import Report
from insight.survey.report_words import Speech
from pages.results.charts import question_charts
from pages.shared.charts import draw_chart
from pages.shared.leader_page import section
from pages.shared.look import is_dark
from pages.shared.markup import Markup
from pages.shared.tables import table_of

_TABLE = Markup('<h3 class="f2f-finding">{}</h3>{}<p class="f2f-source">{}</p>').format


def questions(wave: Wave, before: Wave | None, say: Speech) -> None:
    charts = question_charts(wave, before, say.language, dark=is_dark())
    if not charts:
        return
    section(say.word("section.questions"))
    with st.grid(2, min_column_width=330, gap="small"):
        for key, chart in charts.items():
            draw_chart(chart, key)


def questions_markup(found: Report, say: Speech) -> Markup:
    """As tables, for the public page: it has no script."""
    shown = [one for one in found.questions if one.rows]
    tables = [
        _TABLE(
            one.say(say.language),
            table_of(
                columns(one, say), [(answer_name(row, say), said(row, one, say), span(row, say)) for row in one.rows]
            ),
            source(one, say),
        )
        for one in shown
    ]
    return Markup().join(tables)
