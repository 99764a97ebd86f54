"""The five answers as cards: the question, the sentence, what it is worth, its figures, one drawing, and more."""

from collections.abc import Sequence

import streamlit as st

from insight.cases.board import Board
from insight.glance.answer import GlanceAnswer
from pages.figures.card import figure_chips
from pages.figures.sketches import picture
from pages.glance.rows import drawn_rows
from pages.shared.here import t
from pages.shared.markup import Markup, show
from pages.shared.style import style

# Where each question is answered in full.
MORE = {
    "economy": "economy/together.py",
    "mood": "results/results.py",
    "stuck": "outcomes/outcomes.py",
    "forum": "forums/forums.py",
    "next": "themes/themes.py",
}


def glance_style() -> None:
    style("glance/glance")


def glance_cards(found: Sequence[GlanceAnswer], board: Board) -> None:
    with st.container(key="f2f-glance"):
        for answer in found:
            with st.container(border=True, key=f"card-glance-{answer.question}", gap="xsmall"):
                _card(answer, board)


def _card(answer: GlanceAnswer, board: Board) -> None:
    show(words_of(answer))
    if answer.figures:
        figure_chips(board, answer.figures)
    if answer.sketch:
        drawn_rows(answer.question, drawing_of(answer), answer.opens)
    st.page_link(MORE[answer.question], label=t("glance.more"), icon=":material/arrow_forward:", icon_position="right")


def words_of(answer: GlanceAnswer) -> Markup:
    worth = Markup('<p class="f2f-worth">{}</p>').format(answer.worth) if answer.worth else ""
    question = t(f"glance.question.{answer.question}")
    return Markup('<h2 class="f2f-question">{}</h2><p class="f2f-said">{}</p>{}').format(question, answer.said, worth)


def drawing_of(answer: GlanceAnswer) -> Markup:
    caption = t(f"glance.caption.{answer.question}")
    drawn = picture(answer.sketch) + picture(answer.tall, tall=True)
    return Markup('<figure class="f2f-drawing"><figcaption>{}</figcaption>{}</figure>').format(caption, drawn)
