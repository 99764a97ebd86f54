"""Everybody tries every read and every verb on everybody's records: some of the many tries of bench/authority.py."""

from hypothesis import given, settings
from hypothesis import strategies as st

from access.actor import Actor
from db.scope import ALL
from tests.access.matrix import QUIET, READS, a_world, leak, tries


def test_nobody_reads_or_changes_a_case_that_is_not_theirs(store, people):
    world = a_world(store, people)

    @settings(max_examples=100, deadline=None, database=None, suppress_health_check=QUIET)
    @given(tried=tries(world), data=st.data())
    def none_leaks(tried, data):
        assert leak(world, tried, lambda of: data.draw(st.sampled_from(of))) == ""

    none_leaks()


def test_every_read_with_a_scope_keeps_to_it_and_the_matrix_would_see_one_that_does_not(store, people, monkeypatch):
    """A new read needs its arguments in the matrix. Of each kind of record the last lies outside both scopes."""
    world = a_world(store, people)
    for name in READS:
        for way in ("department", "follow"):
            assert leak(world, ("read", way, name), lambda of: of[-1]) == ""
    monkeypatch.setattr(Actor, "scope", property(lambda _: ALL))
    seen = {name for name in READS if leak(world, ("read", "department", name), lambda of: of[-1])}
    assert {"db.cases.cases.find", "db.cases.attachments.get", "db.letters.letters.get", "db.plans.plans.steps"} <= seen
    assert len(seen) > 20
