"""The rota: fewest recent turns first, then the longest wait."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from casework.forums.rota import HOSTS, RECENT, balance, propose_host
from db.forums.forums import Hosting

histories = st.lists(st.builds(Hosting, st.sampled_from(HOSTS), st.dates(date(2018, 12, 1), date(2026, 12, 31))))


def monthly(*bodies):
    return [Hosting(body, date(2023, month, 15)) for month, body in enumerate(bodies, start=1)]


def test_before_the_first_forum_the_party_committee_is_proposed_and_no_share_is_shown():
    assert propose_host([]) == "district_committee"
    assert [(turn.count, turn.share, turn.last_on) for turn in balance([])] == [(0, None, None)] * 4


def test_a_body_that_never_hosted_comes_before_all_that_did():
    assert propose_host(monthly("district_committee", "peoples_congress", "cppcc")) == "district_government"


def test_among_equals_the_longest_wait_decides():
    rota = monthly("cppcc", "district_government", "peoples_congress", "district_committee")
    assert propose_host(rota) == "cppcc"


def test_only_the_last_twelve_decide_however_often_a_body_hosted_before():
    long_ago = [Hosting("cppcc", date(2019, month, 1)) for month in range(1, 13)]
    lately = monthly(*("district_committee", "peoples_congress", "district_government") * 4)
    assert propose_host(long_ago + lately) == "cppcc"
    turn = next(turn for turn in balance(long_ago + lately) if turn.body == "cppcc")
    assert (turn.count, turn.share, turn.recent, turn.last_on) == (12, 0.5, 0, date(2019, 12, 1))


@given(histories)
def test_nobody_is_proposed_who_hosted_more_of_the_last_twelve_than_another(history):
    recent = {turn.body: turn.recent for turn in balance(history)}
    assert recent[propose_host(history)] == min(recent.values())
    assert sum(recent.values()) == min(len(history), RECENT)


@given(histories)
def test_the_order_in_which_the_history_is_read_changes_nothing_of_the_counts(history):
    assert [turn.count for turn in balance(history)] == [turn.count for turn in balance(history[::-1])]


def test_following_the_proposal_gives_each_body_its_quarter():
    history = []
    for turn in range(48):
        history.append(Hosting(propose_host(history), date(2020 + turn // 12, turn % 12 + 1, 15)))
    assert {turn.count for turn in balance(history)} == {12}
