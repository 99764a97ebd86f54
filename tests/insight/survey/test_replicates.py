"""Replicate weights and two columns in one: what they give is held against formulas that are exact."""

import json

import numpy as np
import pandas as pd
import pytest

from insight.__main__ import main

# Two units in each of four strata, and eight half samples that are balanced.
PAIRS = pd.DataFrame({"stratum": np.repeat([1, 2, 3, 4], 2), "x": [3.0, 5, 2, 9, 4, 4.5, 7, 1], "w": [10.0] * 8})
SIGNS = np.array([[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]])
HADAMARD = np.kron(np.array([[1, 1], [1, -1]]), SIGNS)[:, 1:5]


def half_samples(rho):
    """A weight column a row of signs: one unit of each pair counts 2 - rho times, the other rho times."""
    factors = np.stack([1 + (1 - rho) * HADAMARD, 1 - (1 - rho) * HADAMARD], axis=2).reshape(len(HADAMARD), -1)
    return {f"bw{n}": PAIRS["w"] * factor for n, factor in enumerate(factors, start=1)}


def jackknife():
    return {f"jw{n}": PAIRS["w"].where(PAIRS.index != n, 0) * 8 / 7 for n in range(8)}


def pairs_jackknife():
    """Of each pair the first is left out once, the second counts twice."""
    return {f"jk{s}": PAIRS["w"] * np.where(PAIRS["stratum"] != s, 1, [0, 2] * 4) for s in (1, 2, 3, 4)}


# Two strata of two and three units. By hand, of the total 19: leaving one out of the first moves it by 2, -2, out of
# the second by 4.5, 1.5, -6; 1/2 · (4 + 4) + 2/3 · (20.25 + 2.25 + 36) = 43, as n · s² of the strata: 2 · 2 + 3 · 13.
UNEVEN = pd.DataFrame({"stratum": [1, 1, 2, 2, 2], "x": [1.0, 3, 2, 4, 9], "w": 1.0})
HALF_OR_TWO_THIRDS = "0.5,0.5 " + " ".join([str(2 / 3)] * 3)


def jackknife_of_strata(*, whole):
    """A column for each unit left out, the others of its stratum counting for it; as weights or as factors."""
    same = [UNEVEN["stratum"] == stratum for stratum in UNEVEN["stratum"]]
    kept = [np.where(one, one.sum() / (one.sum() - 1), 1.0) * (UNEVEN.index != n) for n, one in enumerate(same)]
    return {f"jn{n}": UNEVEN["w"] * factor if whole else factor for n, factor in enumerate(kept)}


def every_bootstrap():
    """All draws of one of two and of two of three, with replacement, each unit counting n / (n - 1) times a draw."""
    draws = [(a, b, c) for a in (0, 1) for b in (2, 3, 4) for c in (2, 3, 4)]
    return {
        f"bs{n}": [2.0 * (i == a) if i < 2 else 1.5 * ((i == b) + (i == c)) for i in range(5)]
        for n, (a, b, c) in enumerate(draws)
    }


@pytest.fixture
def run(tmp_path, capsys):
    def estimate(columns, *argv, rows=PAIRS):
        path = tmp_path / "survey.csv"
        rows.assign(**columns).to_csv(path, index=False)
        assert main(["estimate", str(path), *argv]) == 0, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    return estimate


MEAN = ("--value", "x", "--weight", "w")
STRATA = ("--strata", "stratum")


@pytest.mark.parametrize(
    ("columns", "how"),
    [
        (half_samples(0), ("--replicates", "bw*", "--replication", "brr")),
        (half_samples(0.3), ("--replicates", "bw*", "--replication", "fay", "--rho", "0.3")),
        (pairs_jackknife(), ("--replicates", "jk*", "--replication", "jk2")),
    ],
)
@pytest.mark.parametrize("kind", ["mean", "total"])
def test_of_pairs_half_samples_and_a_jackknife_find_what_the_strata_give(run, columns, how, kind):
    exact = run({}, *MEAN, *STRATA, "--kind", kind)
    found = run(columns, *MEAN, *how, "--kind", kind)
    assert (found["value"], found["se"]) == pytest.approx((exact["value"], exact["se"]))
    assert found["low"] < found["value"] < found["high"] and found["df"] in (3, 4)


def test_a_jackknife_without_strata_finds_the_error_of_a_simple_sample(run):
    exact = run({}, *MEAN)
    found = run(jackknife(), *MEAN, "--replicates", "jw*", "--replication", "jk1")
    assert (found["se"], found["df"], found["deff"]) == pytest.approx((exact["se"], 7, 1))


@pytest.mark.parametrize("more", [(), ("--factors",)])
def test_a_jackknife_of_strata_counts_each_replicate_by_its_factor(run, more):
    jkn = ("--replicates", "jn*", "--replication", "jkn", "--rscales", HALF_OR_TWO_THIRDS, *more)
    rows = UNEVEN.assign(w=7.0) if more else UNEVEN
    scale = 7.0 if more else 1.0
    found = run(jackknife_of_strata(whole=not more), *MEAN, *jkn, "--kind", "total", rows=rows)
    assert (found["value"], found["se"], found["df"]) == pytest.approx((19 * scale, 43**0.5 * scale, 3))
    assert found["se"] == pytest.approx(run({}, *MEAN, *STRATA, "--kind", "total", rows=rows)["se"])
    mean = run(jackknife_of_strata(whole=not more), *MEAN, *jkn, rows=rows)
    again = np.array([np.average(UNEVEN["x"], weights=one) for one in jackknife_of_strata(whole=True).values()])
    assert mean["se"] == pytest.approx(np.sqrt(np.dot([1 / 2] * 2 + [2 / 3] * 3, (again - 19 / 5) ** 2)))


def test_a_bootstrap_of_all_draws_finds_what_the_strata_give(run):
    boot = ("--replicates", "bs*", "--replication", "bootstrap")
    found = run(every_bootstrap(), *MEAN, *boot, "--kind", "total", rows=UNEVEN)
    assert (found["value"], found["se"]) == pytest.approx((19, 43**0.5))
    as_r = run(every_bootstrap(), *MEAN, *boot, "--rscales", str(1 / 17), "--kind", "total", rows=UNEVEN)
    assert as_r["se"] == pytest.approx((43 * 18 / 17) ** 0.5)


def test_the_error_of_a_ratio_a_percentile_and_a_domain_is_that_of_the_replicates(run):
    rows = PAIRS.assign(y=[1.0, 2, 1, 3, 2, 2, 3, 1], part=[1, 1, 1, 1, 2, 2, 2, 2])
    ratio = run(half_samples(0), *MEAN, "--kind", "ratio", "--per", "y", "--replicates", "bw*", rows=rows)
    again = [(w * rows["x"]).sum() / (w * rows["y"]).sum() for w in half_samples(0).values()]
    assert ratio["se"] == pytest.approx(np.sqrt(np.mean((np.array(again) - ratio["value"]) ** 2)))
    centred = run(half_samples(0), *MEAN, "--kind", "ratio", "--per", "y", "--replicates", "bw*", "--around", "mean",
                  rows=rows)  # fmt: skip
    assert centred["se"] == pytest.approx(np.std(again))
    assert run(half_samples(0), *MEAN, "--kind", "percentile", "--replicates", "bw*", rows=rows)["se"] > 0
    assert len(run(half_samples(0), *MEAN, "--domain", "part", "--replicates", "bw*", rows=rows)) == 2


def test_a_share_by_replicates_stays_between_nothing_and_all(run):
    rows = PAIRS.assign(x=[1.0, 0, 0, 0, 0, 0, 0, 0])
    found = run(half_samples(0.5), *MEAN, "--kind", "share", "--replicates", "bw*", "--replication", "fay", rows=rows)
    assert 0 < found["low"] < found["value"] == 12.5 < found["high"] < 100


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("--replicates", "none*", "--weight", "w"), "two columns"),
        (("--replicates", "bw*"), "--weight"),
        (("--replicates", "bw*", "--weight", "w", "--replication", "jkn"), "jkn needs them"),
        (
            ("--replicates", "bw*", "--weight", "w", "--rscales", "0.5 0.5"),
            "there are 8 replicates and --rscales has 2",
        ),
    ],
)
def test_replicate_weights_that_are_not_there_are_refused(tmp_path, capsys, argv, said):
    PAIRS.assign(**half_samples(0)).to_csv(path := tmp_path / "s.csv", index=False)
    assert main(["estimate", str(path), "--value", "x", "--language", "en", *argv]) == 1
    assert said in capsys.readouterr().err


TWO = pd.DataFrame({"a": [1, 0, np.nan, np.nan, 1, 0], "b": [0, 0, 1, np.nan, np.nan, 1], "w": 1.0})


@pytest.mark.parametrize(
    ("rule", "value", "n"),
    [("first", 60, 5), ("any", 80, 5), ("all", 40, 5)],
)
def test_two_columns_are_one_answer_by_a_rule(run, rule, value, n):
    found = run({}, "--value", "a", "--combine", "b", "--rule", rule, "--kind", "share", "--yes", "1", rows=TWO)
    assert (found["value"], found["n"], found["missing"]) == (value, n, 1)
    casewise = run({}, "--value", "a", "--combine", "b", "--rule", rule, "--kind", "share", "--casewise", rows=TWO)
    assert (casewise["value"], casewise["n"]) == (value, n)


@pytest.mark.parametrize(("rule", "value"), [("sum", 2 / 3), ("difference", 0), ("mean", 1 / 3)])
def test_two_numbers_are_counted_together_where_both_are_known(run, rule, value):
    found = run({}, "--value", "a", "--combine", "b", "--rule", rule, rows=TWO)
    assert (found["value"], found["n"]) == (pytest.approx(value), 3)
