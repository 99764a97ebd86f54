"""Survey files whose published figures are known, through the command line: what other programs print of them.

The files are typed: the two that Stata and R show how to declare a design with (fpc: 8 rows; 21 rows with two
domains), ten Hungarian firms from the tests of R's `survey`, six ambulance services (Levy and Lemeshow, 1999), and five
clusters of municipalities (Särndal, Swensson and Wretman, 1992, p. 142). How the figures were checked on whole files
that are not kept here: docs/estimates.md.
"""

import io
import json

import numpy as np
import pandas as pd
import pytest

from insight.__main__ import main

FPC = """stratid,psuid,weight,nh,Nh,x
1,1,3,5,15,2.8\n1,2,3,5,15,4.1\n1,3,3,5,15,6.8\n1,4,3,5,15,6.8\n1,5,3,5,15,9.2
2,1,4,3,12,3.7\n2,2,4,3,12,6.6\n2,3,4,3,12,4.2
"""
TWENTY_ONE = """stratid,psuid,weight,Nh,y,domain
1,1,3,15,5.54,1\n1,2,3,15,7.7,1\n1,3,3,15,11.48,1\n1,4,3,15,12.2,2\n1,5,3,15,16.7,2
2,1,3,9,7.16,1\n2,1,3,9,2.66,1\n2,2,3,9,9.5,2\n2,2,3,9,9.5,2\n2,3,3,9,7.7,1\n2,3,3,9,13.1,2
3,1,5,20,6.26,1\n3,1,5,20,16.7,1\n3,1,5,20,5.54,1\n3,2,5,20,8.42,2\n3,2,5,20,8.6,2
3,3,5,20,11.3,2\n3,3,5,20,11.12,1\n3,4,5,20,12.74,1\n3,4,5,20,11.48,1\n3,4,5,20,16.52,1
"""
FIRMS = """uriage,pps
15,20\n143,200\n21,11\n51,25\n337,550\n50,30\n274,250\n145,100\n15,10\n86,55
"""
DESIGN = ("--weight", "weight", "--strata", "stratid", "--cluster", "psuid")


@pytest.fixture
def run(tmp_path, capsys):
    def estimate(content: str, *argv: str):
        (path := tmp_path / "survey.csv").write_text(content, encoding="utf-8")
        assert main(["estimate", str(path), *argv]) == 0, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    return estimate


def spread(found):
    return found["value"], found["se"], found["low"], found["high"]


@pytest.mark.parametrize(
    ("more", "published"),
    [
        (["--fpc", "Nh"], (5.448148, 0.6160407, 3.940751, 6.955545)),
        ([], (5.448148, 0.7412683, 3.63433, 7.261966)),
    ],
)
def test_a_mean_with_and_without_the_frame_is_what_stata_prints(run, more, published):
    assert spread(run(FPC, "--value", "x", *DESIGN, *more)) == pytest.approx(published, abs=6e-7)


def test_the_frame_may_be_given_as_the_part_that_was_drawn_and_the_weights_be_left_out(run):
    parts = pd.read_csv(io.StringIO(FPC)).assign(drawn=lambda rows: rows["nh"] / rows["Nh"]).to_csv(index=False)
    asked = ("--value", "x", "--strata", "stratid", "--cluster", "psuid")
    by_size = run(FPC, *asked, "--weight", "weight", "--fpc", "Nh")
    assert run(parts, *asked, "--weight", "weight", "--fpc", "drawn") == pytest.approx(by_size)
    assert run(FPC, *asked, "--fpc", "Nh") == pytest.approx(by_size)


def test_scaled_weights_change_no_mean_and_no_design_effect(run):
    scaled = pd.read_csv(io.StringIO(FPC)).assign(weight=lambda rows: rows["weight"] / 100).to_csv(index=False)
    asked = ("--value", "x", "--weight", "weight", "--strata", "stratid", "--fpc", "Nh")
    assert run(scaled, *asked) == pytest.approx(run(FPC, *asked))


def test_the_mean_of_a_part_is_what_r_prints_for_a_subset(run):
    found = run(FPC, "--value", "x", *DESIGN, "--where", "x>4")
    assert (found["value"], found["se"], found["n"]) == pytest.approx((6.195, 0.7555129, 6), abs=6e-8)


def test_totals_of_all_and_of_domains_are_what_stata_prints(run):
    asked = ("--value", "y", *DESIGN, "--fpc", "Nh", "--kind", "total")
    assert spread(run(TWENTY_ONE, *asked)) == pytest.approx((853.12, 97.41386, 632.75452, 1073.48547), abs=1e-5)
    first, second = run(TWENTY_ONE, *asked, "--domain", "domain")
    assert spread(first) == pytest.approx((528.52, 165.5088, 154.113, 902.927), abs=6e-4)
    assert (second["value"], second["se"]) == pytest.approx((324.6, 97.16214), abs=1e-5)


def test_design_effects_of_a_mean_and_a_total_are_what_r_prints(run):
    asked = ("--value", "uriage", "--weight", "pps")
    found = run(FIRMS, *asked)
    assert (found["value"], found["se"], found["deff"]) == pytest.approx((243.914, 48.752, 1.9741), abs=6e-4)
    found = run(FIRMS, *asked, "--kind", "total")
    assert (found["value"], found["se"], found["deff"]) == pytest.approx((305136, 184965, 18.157), abs=0.6)
    assert found["deff"] == pytest.approx(18.15669, abs=6e-6)


def test_a_ratio_is_the_one_of_its_two_totals_with_the_error_of_the_residuals(run):
    """Linearised by hand: z = w (y − R x) / Σ w x, spread about its mean."""
    rows = pd.read_csv(io.StringIO(FIRMS))
    found = run(FIRMS, "--value", "uriage", "--per", "pps", "--kind", "ratio")
    r = rows["uriage"].sum() / rows["pps"].sum()
    z = (rows["uriage"] - r * rows["pps"]) / rows["pps"].sum()
    assert (found["value"], found["se"]) == pytest.approx((r, float(np.sqrt(10 / 9 * ((z - z.mean()) ** 2).sum()))))


def test_two_stages_with_their_frames_are_what_the_textbook_finds(run):
    """MU284: 5 of 50 clusters, 3 municipalities of each: a total of 15,080 with variance 5,172,234."""
    clusters = {19: (5, (41, 49, 49)), 31: (7, (49, 51, 33)), 45: (8, (49, 49, 45)), 47: (5, (31, 31, 35)),
                50: (9, (39, 41, 61))}  # fmt: skip
    rows = [(code, 50, size, y) for code, (size, found) in clusters.items() for y in found]
    content = pd.DataFrame(rows, columns=["id1", "n1", "n2", "y1"]).to_csv(index=False)
    asked = ("--value", "y1", "--kind", "total", "--cluster", "id1", "--fpc", "n1", "--fpc", "n2")
    found = run(content, *asked)
    assert (found["value"], found["se"] ** 2) == (pytest.approx(15080), pytest.approx(5172234, abs=1))


@pytest.fixture
def ten(run):
    content = "x,w\n" + "\n".join(f"{10 * place},{1 + place % 2}" for place in range(1, 41))
    return lambda *argv: run(content, "--value", "x", "--weight", "w", *argv)


def test_percentiles_are_answers_that_were_given_and_have_woodruffs_interval(ten):
    low, middle, high = ten("--kind", "percentile", "--at", ".25,0.5,.75")
    assert [one["at"] for one in (low, middle, high)] == [0.25, 0.5, 0.75]
    assert (low["value"], middle["value"], high["value"]) == (100, 200, 300)
    assert middle["low"] < 200 < middle["high"] and middle["low"] % 10 == middle["high"] % 10 == 0
    rest = ten("--kind", "share", "--yes", "<=200")
    half = 2.0226909 * rest["se"] / 100
    assert middle["se"] == pytest.approx((middle["high"] - middle["low"]) / (2 * 2.0226909), rel=1e-6)
    assert 0.5 - half < 0.5 <= rest["value"] / 100


def test_every_category_has_its_share_in_words_or_codes(run):
    content = "who,w\nShop,1\nMill,2\nShop,1\nDon't know,9\n,1\n"
    found = run(content, "--value", "who", "--weight", "w", "--kind", "shares", "--missing", "Don't know")
    assert [(one["who"], one["value"], one["missing"]) for one in found] == [("Mill", 50, 2), ("Shop", 50, 2)]


def test_domains_may_be_crossed_and_empty_crossings_are_left_out(run):
    content = "x,size,town\n1,S,a\n3,S,a\n5,L,a\n7,S,b\n9,S,b\n"
    found = run(content, "--value", "x", "--domain", "size", "--domain", "town")
    assert [(one["size"], one["town"], one["value"], one["n"]) for one in found] == [
        ("L", "a", 5, 1), ("S", "a", 2, 2), ("S", "b", 8, 2)]  # fmt: skip


def test_rows_without_an_answer_are_drawn_units_or_none_as_is_asked(run):
    """As R has it, two silent shops of ten are part of their stratum; as Stata has it, they are not."""
    content = "x,s\n" + "\n".join(
        f"{value},{place % 2}" for place, value in enumerate((3, 5, 4, 9, 8, 1, "", "", 7, 2))
    )
    asked = ("--value", "x", "--strata", "s")
    whole, answered = run(content, *asked), run(content, *asked, "--casewise")
    assert whole["value"] == answered["value"] and (whole["n"], answered["n"]) == (8, 8)
    assert (whole["missing"], answered["missing"], whole["df"], answered["df"]) == (2, 0, 7, 6)
    assert whole["se"] != answered["se"]


@pytest.mark.parametrize(("condition", "n"), [("s=1", 3), ("s!=1", 2), ("s=1|2", 5), ("x>=3", 3), ("t=Mill", 2)])
def test_conditions_choose_the_rows_of_the_estimate(run, condition, n):
    content = "x,s,t\n1,1,Mill\n2,1,Shop\n3,1,Mill\n4,2,Shop\n5,2,Shop\n"
    assert run(content, "--value", "x", "--where", condition)["n"] == n
