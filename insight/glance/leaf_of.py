"""What the weekly leaf of a day says, read from the store."""

from datetime import date

from db.figures.figures import EVERYTHING
from db.scope import Scope
from db.sql import Connection
from db.system import settings
from insight.cases.board import read_board
from insight.drawing.charts import Brush, read_names
from insight.drawing.colours import palette
from insight.economy.published import published
from insight.glance.leaf import Leaf
from insight.glance.questions import answers
from insight.survey.mood import read_mood
from insight.themes.ground import read_ground
from insight.themes.ranking import Weights


def leaf_of(con: Connection, *, scope: Scope, as_of: date, language: str) -> Leaf:
    board = read_board(con, scope=scope, filters=EVERYTHING, as_of=as_of)
    brush = Brush(palette(dark=False), read_names(con, language), language)
    themes = read_ground(con, scope=scope, as_of=as_of).ranked(Weights())
    mood = read_mood(con, filters=EVERYTHING, as_of=as_of)
    found = answers(board, themes, published(con, as_of), mood, brush)
    return Leaf(settings.district(con).say(language), found, board, as_of, language)
