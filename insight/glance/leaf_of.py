"""What the weekly leaf of a day says, read from the store."""

from datetime import date

from db.figures.figures import EVERYTHING
from db.figures.stood import Asked
from db.figures.weeks import weeks
from db.scope import Scope
from db.sql import Connection
from db.system import settings
from insight.cases.facts import read_facts
from insight.drawing.charts import Brush, read_names
from insight.drawing.colours import palette
from insight.glance.leaf import Leaf
from insight.glance.week import week_parts


def leaf_of(con: Connection, *, scope: Scope, as_of: date, language: str) -> Leaf:
    brush = Brush(palette(dark=False), read_names(con, language), language)
    late = read_facts(con, scope=scope, filters=EVERYTHING, as_of=as_of).counts["overdue"]
    parts = week_parts(weeks(con, Asked(scope, EVERYTHING, as_of)), late, brush)
    return Leaf(settings.district(con), parts, as_of, brush)
