"""The results of one wave as a reader sees them."""

import streamlit as st

from insight.survey.report import TABLES, Report
from insight.survey.report_words import (
    Speech,
    cells_finding,
    dimensions_finding,
    dimensions_source,
    method,
    priorities,
    priorities_finding,
    trust,
)
from insight.survey.said import Said
from insight.survey.wave_numbers import INDEX
from pages.results.span_rows import priority_rows, span_rows
from pages.shared.here import t
from pages.shared.markup import Markup, show
from pages.shared.plain import letters, plain
from pages.shared.rows import empty

finding = Markup('<h3 class="f2f-finding">{}</h3>').format
source = Markup('<p class="f2f-source">{}</p>').format


def nothing(found: Report, say: Speech) -> None:
    """Too few answers for any figure: how many of how many, which gives nobody away."""
    empty(say.word("few"), trust(found, say)[0])


def dimensions(found: Report, say: Speech) -> None:
    with st.container(border=True, key="card-results-dimensions"):
        show(finding(dimensions_finding(found, say)))
        show(span_rows(found.dimensions, say, name=say.figure))
        show(source(dimensions_source(found, say)))


def breakdown(found: Report, say: Speech) -> None:
    """One table at a time, never crossed."""
    with st.container(border=True, key="card-results-where"):
        tables = [table for table in TABLES if found.tables.get(table)]
        if not tables:
            empty(t("results.where.no_figure"), t("results.where.only_one"))
            return
        with st.container(horizontal=True, vertical_alignment="bottom"):
            table = st.selectbox(t("results.where.by"), tables, key="by", format_func=lambda x: say.word(f"where.{x}"))
            offered = list(found.tables[table])
            code = st.selectbox(t("results.where.figure"), offered, key="figure", format_func=say.figure)
        rows = found.tables[table].get(code, ())
        show(finding(cells_finding(table, rows, say)))
        show(span_rows(rows, say, name=lambda cell: say.group(table, cell)))
        missing = found.hidden[table] + len(found.tables[table].get(INDEX, rows)) - len(rows)
        hidden = say.word("where.hidden", n=missing) if missing else ""
        show(source(" ".join(filter(None, (hidden, say.word("where.cells"), say.word("where.only_one"))))))


def improve_first(found: Report, say: Speech) -> None:
    with st.container(border=True, key="card-results-priorities"):
        ranked = priorities(found)
        if not ranked:
            empty(say.word("priorities.too_few"), say.word("priorities.source"))
            return
        show(finding(priorities_finding(found, say)))
        show(priority_rows(ranked, say))
        show(source(say.word("priorities.source")))


def comments(found: Said, say: Speech) -> None:
    """Words in answers; one opened shows its comments, masked."""
    with st.container(border=True, key="card-results-said"):
        if not found.words:
            key = "said.nothing_common" if found.read >= 10 else "said.unread" if found.comments >= 10 else "said.few"
            st.text(say.word(key, n=found.comments, read=found.read))
            return
        st.text(say.word("said.lead", n=found.comments))
        st.caption(say.word("said.read_by", n=found.read, names=letters(t("survey.join").join(found.by))))
        labels = {word.words: say.word("said.word", word=word.words, n=word.n) for word in found.words}
        opened = st.pills(t("results.section.said"), list(labels), format_func=labels.__getitem__, key="word",
                          label_visibility="collapsed")  # fmt: skip
        for quote in next((word.quotes for word in found.words if word.words == opened), ()):
            plain(quote)


def reliability(found: Report, say: Speech) -> None:
    with st.container(border=True, key="card-results-trust"):
        show(lines_markup(trust(found, say)))
    with st.expander(t("results.take.method")):
        show(lines_markup(method(found, say)))


def lines_markup(lines: list[str]) -> Markup:
    return Markup('<ul class="f2f-lines">{}</ul>').format(Markup().join(map(Markup("<li>{}</li>").format, lines)))
