"""The pages of the demonstration, opened record by record."""

from casework.letters.letters import rebuild
from db.letters import letters
from db.plans import plans
from db.scope import ALL
from tests.conftest import person_of, words


def test_every_plan_of_the_demonstration_opens(open_demo, demonstration):
    lines = demonstration.read(lambda con: plans.find(con, ALL))
    assert len(lines) >= 12
    for line in lines:
        assert line.title in words(open_demo("staff", "plans", plan=line.plan.id))


def test_a_letter_of_the_demonstration_is_made_though_it_says_nothing_of_how_its_days_were_counted(
    demonstration, open_demo
):
    (letter,) = demonstration.read(lambda con: letters.find(con, ALL, limit=1, offset=0))
    assert rebuild(demonstration, actor=person_of(demonstration, "staff"), letter_id=letter.id)[1][:2] == b"PK"
