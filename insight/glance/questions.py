"""The glance: five questions, each answered by a sentence, by what it is worth, and by one small drawing."""

from insight.cases.board import Board
from insight.drawing.charts import Brush
from insight.economy.published import Indicator
from insight.glance.answer import GlanceAnswer
from insight.glance.cases import forum_answer, stuck_answer
from insight.glance.economy import economy_answer
from insight.glance.mood import mood_answer
from insight.glance.next_forum import next_answer
from insight.survey.mood import Mood
from insight.themes.ranking import Candidate

QUESTIONS = ("economy", "mood", "stuck", "forum", "next")


def answers(
    board: Board, themes: tuple[Candidate, ...], economy: tuple[Indicator, ...], mood: Mood, brush: Brush
) -> tuple[GlanceAnswer, ...]:
    """In the order of the questions."""
    return (
        economy_answer(economy, brush),
        mood_answer(mood, brush),
        stuck_answer(board, brush),
        forum_answer(board, brush),
        next_answer(themes, brush),
    )
