"""A small year of a district through the pages' verbs; `bench/simulated_year.py` has the large one."""

from bench.simulated_year import COUNTED_ON, simulate
from bench.year import recount
from db import sql


def test_a_year_of_every_role_leaves_figures_that_the_events_alone_give_again(store):
    tally, wrong = simulate(store, n=32, seed=3, firms=5)
    assert wrong == []
    assert tally.done.total() > 180
    assert len(tally.refused) > 10  # different forbidden things were tried, each refused and unwritten
    counted = store.read(lambda con: recount.recounted(con, COUNTED_ON[-1]))
    assert counted["issues"] > 25 and all(value is not None for value in counted.values())


def test_the_recount_notices_a_case_that_does_not_say_what_its_events_say(store):
    simulate(store, n=8, seed=5, firms=3)
    forged = "UPDATE cases SET state = 'closed', rating = NULL WHERE state <> 'closed'"
    store.write(lambda con: sql.run(con, forged))
    found = store.read(recount.contradictions)
    assert any("last event" in line for line in found) and any("good rating" in line for line in found)
