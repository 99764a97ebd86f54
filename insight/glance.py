"""The glance: five questions, each answered by a sentence, by what it is worth, and by one small drawing."""

from insight.board import Board
from insight.charts import Brush
from insight.economy import Indicator
from insight.glance_answer import Answer
from insight.glance_cases import forum_answer, stuck_answer
from insight.glance_economy import economy_answer
from insight.glance_mood import mood_answer
from insight.glance_next import next_answer
from insight.mood import Mood
from insight.themes import Candidate

QUESTIONS = ("economy", "mood", "stuck", "forum", "next")


def answers(
    board: Board, themes: tuple[Candidate, ...], economy: tuple[Indicator, ...], mood: Mood, brush: Brush
) -> tuple[Answer, ...]:
    """In the order of the questions."""
    return (
        economy_answer(economy, brush),
        mood_answer(mood, brush),
        stuck_answer(board, brush),
        forum_answer(board, brush),
        next_answer(themes, brush),
    )
