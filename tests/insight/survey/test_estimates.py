"""Estimates against other programs: statsmodels runs here, what svy finds for the same 120 answers is typed."""

from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest
import statsmodels.api as sm
from statsmodels.stats.proportion import proportion_confint

from insight.survey.estimates import SurveyDesign, change, mean, quantile, ranks, share, wilson
from insight.survey.scores import at_least, diffusion, promoters
from insight.survey.weighting import Margin, base_weights, folded, margin, rake

PLACE = np.arange(120)
STRATUM, DOMAIN = PLACE % 4, PLACE % 3
VALUE = (PLACE * 37 % 101).astype(float)
WEIGHT = 1 + (PLACE * 13 % 7) / 2
CLUSTER = PLACE // 5 % 6
FRAME = np.array([100, 200, 60, 45])
EXACT: Any = {"rel": 1e-9}


def test_a_share_near_an_end_has_an_interval_as_long_as_it_needs():
    """Two of fifty: Clopper and Pearson's, as tables have it. Wilson's begins at 1.1 and ends at 13.5."""
    alike = SurveyDesign(np.ones(50), np.zeros(50, dtype=int), cautious=True)
    found = share(alike, (np.arange(50) < 2).astype(float))
    assert (found.low, found.high) == (pytest.approx(0.488, abs=0.001), pytest.approx(13.714, abs=0.001))
    none = share(alike, np.zeros(50))
    assert none.low == 0 and none.high == pytest.approx(100 * (1 - 0.025 ** (1 / 50)))


def test_degrees_of_freedom_are_no_more_than_the_answers_are_worth():
    weight = np.array([10.0] + [1.0] * 19)
    values = np.tile([0.0, 100.0], 10)
    stratum = np.zeros(20, dtype=int)
    plain, careful = (mean(SurveyDesign(weight, stratum, cautious=so), values) for so in (False, True))
    assert plain.df == 19 and careful.df <= 6 and careful.se == plain.se
    assert careful.high - careful.low > plain.high - plain.low


def test_a_margin_that_is_missed_widens_every_interval():
    values, stratum = np.tile([0.0, 100.0], 50), np.zeros(100, dtype=int)
    near, far = (mean(SurveyDesign(np.ones(100), stratum, missed=off), values) for off in (0.0, 0.2))
    assert far.value == near.value and far.se == pytest.approx(np.hypot(near.se, 0.2 * 50))


def test_a_stratified_mean_is_what_svy_finds():
    found = mean(SurveyDesign(WEIGHT, STRATUM), VALUE)
    assert (found.value, found.se) == pytest.approx((49.54271356783919, 2.8899257459240664), **EXACT)
    assert (found.low, found.high) == pytest.approx((43.81885149028601, 55.26657564539238), **EXACT)
    assert (found.deff, found.n, found.df) == (pytest.approx(1.1793713231110021, **EXACT), 120, 116)
    assert found.effective == pytest.approx(120 / 1.1793713231110021, **EXACT)


def test_the_finite_population_correction_is_what_svy_finds():
    found = mean(SurveyDesign(WEIGHT, STRATUM, frame=FRAME), VALUE)
    assert found.se == pytest.approx(2.220559778475188, **EXACT)


def test_clusters_within_strata_are_what_svy_finds():
    """Cluster 3 of one stratum is not cluster 3 of another."""
    found = mean(SurveyDesign(WEIGHT, STRATUM, cluster=CLUSTER), VALUE)
    assert (found.se, found.low, found.high) == pytest.approx(
        (2.888890638367461, 43.51659329305612, 55.56883384262227), **EXACT
    )
    assert found.df == 20


@pytest.mark.parametrize(
    ("domain", "value", "se"),
    [
        (0, 51.56345177664975, 4.894499201565682),
        (1, 50.256281407035175, 5.037005226107985),
        (2, 46.85572139303483, 4.997015679698326),
    ],
)
def test_a_domain_is_what_svy_finds(domain, value, se):
    found = mean(SurveyDesign(WEIGHT, STRATUM), VALUE, domain == DOMAIN)
    assert (found.value, found.se, found.n) == (pytest.approx(value, **EXACT), pytest.approx(se, **EXACT), 40)


def test_raking_is_what_svy_finds():
    margins = [Margin(STRATUM, FRAME.astype(float)), Margin(DOMAIN, np.array([150.0, 135.0, 120.0]))]
    raked = rake(WEIGHT, margins)
    known = [1.5605416919280584, 10.505903164401214, 2.41471637218994, 2.078367303504494, 3.3919917385343603]
    assert raked.weight[:5] == pytest.approx(known, **EXACT)
    assert (raked.weight**2).sum() == pytest.approx(2168.6141489777574, **EXACT)
    assert raked.off < 1e-9 and raked.trimmed == 0


def test_a_mean_with_and_without_clusters_is_what_statsmodels_finds():
    """One stratum: a weighted regression on a constant, with robust errors."""
    model = cast(Any, sm.WLS)(VALUE, np.ones(120), weights=WEIGHT)
    single = np.zeros(120, dtype=int)
    ours = mean(SurveyDesign(WEIGHT, single), VALUE)
    assert (ours.value, ours.se) == pytest.approx(
        (float(model.fit().params[0]), float(model.fit(cov_type="HC1").bse[0])), rel=1e-9
    )
    fitted = model.fit(cov_type="cluster", cov_kwds={"groups": CLUSTER})
    assert mean(SurveyDesign(WEIGHT, single, cluster=CLUSTER), VALUE).se == pytest.approx(
        float(fitted.bse[0]), rel=1e-9
    )


@pytest.mark.parametrize(("hits", "n"), [(0, 20), (1, 20), (13, 40), (40, 40)])
def test_wilsons_interval_is_what_statsmodels_finds(hits, n):
    assert wilson(hits / n, n, 1.959963984540054) == pytest.approx(
        proportion_confint(hits, n, method="wilson"), abs=1e-9
    )


def test_a_share_of_a_plain_sample_has_its_own_size_as_effective_n():
    hits = np.array([1.0] * 13 + [0.0] * 27)
    found = share(SurveyDesign(np.ones(40), np.zeros(40, dtype=int)), hits)
    assert (found.value, found.effective, found.deff) == pytest.approx((32.5, 40, 1), rel=1e-9)
    assert 0 < found.low < 32.5 < found.high < 100


def test_where_everybody_agrees_the_interval_of_a_share_still_has_a_width():
    found = share(SurveyDesign(np.ones(40), np.zeros(40, dtype=int)), np.ones(40))
    assert found.value == 100 and 90 < found.low < 92 and found.high == 100


def test_what_does_not_apply_stands_outside():
    values = np.where(PLACE < 60, VALUE, np.nan)
    assert mean(SurveyDesign(WEIGHT, STRATUM), values) == mean(SurveyDesign(WEIGHT, STRATUM), VALUE, PLACE < 60)


def test_a_census_that_everybody_answered_is_certain_and_one_that_half_answered_is_not():
    stratum = np.zeros(40, dtype=int)
    whole = SurveyDesign(np.ones(40), stratum, frame=np.array([40]), drawn=np.array([40]))
    half = SurveyDesign(np.full(40, 2.0), stratum, frame=np.array([80]), drawn=np.array([80]))
    assert mean(whole, VALUE[:40]).se == 0
    assert mean(half, VALUE[:40]).se > 0.6 * mean(SurveyDesign(np.ones(40), stratum), VALUE[:40]).se


def test_margins_that_explain_the_answers_make_the_interval_narrower():
    explained = VALUE / 100 + 50 * DOMAIN
    margins = [Margin(DOMAIN, np.bincount(DOMAIN, WEIGHT))]
    with_margins = mean(SurveyDesign(WEIGHT, STRATUM, margins=margins), explained)
    assert with_margins.se < 0.1 * mean(SurveyDesign(WEIGHT, STRATUM), explained).se


def test_weights_sum_to_the_frame_and_no_response_carries_more_than_four_others():
    rng = np.random.default_rng(1)
    towns = rng.choice(["a", "b", "c"], 200, p=[0.6, 0.37, 0.03]).tolist()
    raked = rake(np.ones(200), [margin(towns, {"a": 1000, "b": 1000, "c": 8000})])
    assert raked.trimmed > 0 and raked.weight.max() <= 4 * 10_000 / 200 + 1e-9
    fair = rake(np.ones(200), [margin(towns, {"a": 5500, "b": 4000, "c": 500})])
    assert fair.trimmed == 0 and fair.weight.sum() == pytest.approx(10_000)


def test_small_categories_are_raked_together():
    found = ["a"] * 20 + ["b"] * 2 + ["c"] * 2
    assert folded(found, {"a": 9, "b": 9, "c": 9, "d": 9}) == {"a": "*", "b": "*", "c": "*", "d": "*"}
    names = folded([*found, "e", *["f"] * 7], {"a": 9, "b": 9, "c": 9, "d": 9, "e": 1, "f": 5})
    assert names == {"a": "a", "b": "*", "c": "*", "d": "*", "e": "*", "f": "f"}


def test_a_base_weight_is_frame_by_drawn():
    assert base_weights(["x", "y", "x"], {"x": 30, "y": 5}, {"x": 10, "y": 5}).tolist() == [3, 1, 3]


def test_recommendation_change_and_satisfaction_as_they_are_scored():
    assert promoters(np.array([10, 9, 8, 7, 6, 0, np.nan]))[:6].tolist() == [100, 100, 0, 0, -100, -100]
    assert diffusion(np.array([100.0, 75, 50, 25, 0])).tolist() == [100, 100, 50, 0, 0]
    assert at_least(np.array([100.0, 75, 50, 25]), 75).tolist() == [1, 1, 0, 0]


def test_the_change_between_two_samples_adds_their_variances():
    design = SurveyDesign(WEIGHT, STRATUM)
    now, before = mean(design, VALUE + 5 + PLACE % 2), mean(design, VALUE)
    moved, low, high = change(now, before)
    half = (now.se**2 + before.se**2) ** 0.5 * quantile(232)
    assert (moved - low, high - moved) == pytest.approx((half, half))


def test_ranks_are_tied_where_intervals_overlap():
    one = mean(SurveyDesign(WEIGHT, STRATUM), VALUE)
    spans = [(80, 85), (70, 78), (76, 79), (40, 50)]
    assert ranks([replace(one, low=low, high=high) for low, high in spans]) == [(1, 1), (2, 3), (2, 3), (4, 4)]
