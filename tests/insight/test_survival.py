"""The Kaplan–Meier median against examples worked by hand."""

import pytest

from insight.survival import km_median


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
    assert km_median(finished, waiting) == median
