"""The command line that estimates from anybody's survey file."""

import json

import pandas as pd
import pytest

from insight.__main__ import main
from tests.insight.test_estimates import CLUSTER, DOMAIN, STRATUM, VALUE, WEIGHT


@pytest.fixture
def survey(tmp_path):
    path = tmp_path / "survey.csv"
    columns = {"x": VALUE, "w": WEIGHT, "s": STRATUM, "psu": CLUSTER, "d": DOMAIN, "yes": (VALUE > 60).astype(int)}
    pd.DataFrame(columns).to_csv(path, index=False)
    return path


def run(capsys, *argv):
    assert main(["estimate", *map(str, argv)]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_mean_with_strata_and_clusters_is_what_svy_finds(survey, capsys):
    found = run(capsys, survey, "--value", "x", "--weight", "w", "--strata", "s", "--cluster", "psu")
    assert (found["value"], found["se"]) == pytest.approx((49.54271356783919, 2.888890638367461))
    assert (found["n"], found["df"]) == (120, 20)


def test_a_share_and_domains(survey, capsys):
    found = run(capsys, survey, "--value", "yes", "--weight", "w", "--strata", "s", "--kind", "share")
    assert (found["value"], found["se"]) == pytest.approx((38.860971524288107, 4.883377422486192))
    parts = run(capsys, survey, "--value", "x", "--weight", "w", "--strata", "s", "--domain", "d")
    assert [part["d"] for part in parts] == ["0", "1", "2"]
    assert parts[0]["value"] == pytest.approx(51.56345177664975)


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--value", "nobody"], "no column nobody"),
        (["--value", "x", "--kind", "share"], "0 and 1"),
    ],
)
def test_what_cannot_be_estimated_is_said_without_a_traceback(survey, capsys, argv, said):
    assert main(["estimate", str(survey), *argv]) == 1
    assert said in capsys.readouterr().err


def test_words_among_the_numbers_and_a_missing_file_are_refused(tmp_path, capsys):
    (tmp_path / "words.csv").write_text("x,w\n1,2\nDon't know,1\n", encoding="utf-8")
    assert main(["estimate", str(tmp_path / "words.csv"), "--value", "x"]) == 1
    assert main(["estimate", str(tmp_path / "none.csv"), "--value", "x"]) == 1
    assert "no number" in capsys.readouterr().err
