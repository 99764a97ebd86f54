"""Kaplan–Meier quantiles against examples worked by hand."""

from collections import Counter

import pytest

from insight.cases.survival import km_quantile


@pytest.mark.parametrize(
    ("finished", "waiting", "median"),
    [
        ([], [], None),
        ([3], [], 3),
        ([1, 2, 3, 4], [], 2),  # 3/4, 2/4
        ([1, 2], [5, 5, 5], None),  # 4/5, 3/5: never half
        # 6 at risk on day 1 → 5/6; a censored one leaves on 2; 4 at risk on 3 → 5/8; 3 on 4 → 5/12
        ([1, 3, 4], [2, 6, 7], 4),
        ([2, 2], [2, 9], 2),  # at a tie the finished come first: 3/4, 2/4
        ([1, 2, 3, 4, 5, 6], [], 3),  # six thirds and halves still meet one half
    ],
)
def test_the_median_of_durations_with_some_still_waiting(finished, waiting, median):
    assert km_quantile(Counter(finished), Counter(waiting), 0.5) == median


@pytest.mark.parametrize(
    ("finished", "waiting", "ninetieth"),
    [
        ([], [], None),
        (list(range(1, 11)), [], 9),  # nine of ten are done on day 9
        ([1, 2, 3, 4], [5], None),  # the curve stays at 1/5
        # one leaves on day 3 at 7/10; of six left, five finish by day 8: 7/60, still above 1/10
        ([1, 2, 3, 4, 5, 6, 7, 8, 9], [3], 9),
        # a case that waits since day 9 stays at risk to the end: 9 finished leave 1/10
        ([1, 2, 3, 4, 5, 6, 7, 8, 9], [9], 9),
        ([1, 2, 3, 4, 5, 6, 7, 8], [9, 9], None),
    ],
)
def test_the_day_by_which_nine_in_ten_are_finished(finished, waiting, ninetieth):
    assert km_quantile(Counter(finished), Counter(waiting), 0.9) == ninetieth
