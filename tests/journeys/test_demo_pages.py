"""The pages of the demonstration, opened record by record."""

from access.entrance import actor_of
from casework.letters.letters import rebuild
from db.letters import letters
from db.people import accounts
from db.plans import plans
from db.scope import ALL
from tests.conftest import words


def test_every_plan_of_the_demonstration_opens(open_demo, demonstration):
    lines = demonstration.read(lambda con: plans.find(con, ALL))
    assert len(lines) >= 12
    for line in lines:
        assert line.title in words(open_demo("staff", "plans", plan=line.plan.id))


def test_a_letter_of_the_demonstration_is_made_though_it_says_nothing_of_how_its_days_were_counted(
    demonstration, open_demo
):
    (letter,) = demonstration.read(lambda con: letters.find(con, ALL, limit=1, offset=0))
    staff = demonstration.read(lambda con: accounts.by_login(con, "staff"))
    assert rebuild(demonstration, actor=actor_of(staff), letter_id=letter.id)[1][:2] == b"PK"
