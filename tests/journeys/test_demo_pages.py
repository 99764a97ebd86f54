"""The pages of the demonstration, opened record by record."""

from db import plans
from db.scope import ALL
from tests.conftest import words


def test_every_plan_of_the_demonstration_opens(open_demo, demonstration):
    lines = demonstration.read(lambda con: plans.find(con, ALL))
    assert len(lines) >= 12
    for line in lines:
        assert line.title in words(open_demo("staff", "plans", plan=line.plan.id))
