"""The command line that estimates from anybody's survey file."""

import json
import random
from typing import Any, cast

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from db import limited
from insight.__main__ import main
from insight.survey import foreign_files
from tests.db.test_limited import answer_at_length, never_end, take_memory
from tests.insight.survey.test_estimates import CLUSTER, DOMAIN, STRATUM, VALUE, WEIGHT


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


def enterprises(n=240, seed=5):
    """As enterprise surveys are given out: region × size strata, one of a single firm, 1 yes, 2 no, -9 don't know."""
    rng = np.random.default_rng(seed)
    region = rng.integers(1, 4, n)
    strata = region * 10 + rng.integers(1, 4, n)
    strata[0] = 99
    weight = rng.uniform(1, 30, n)
    weight[5:8], weight[8] = np.nan, 0.0
    yes = rng.choice([1, 2, -9], n, p=[0.4, 0.5, 0.1]).astype(float)
    yes[11] = np.nan
    percent = np.where(rng.random(n) < 0.1, -9, rng.integers(0, 101, n))
    return pd.DataFrame({"strata": strata, "wmedian": weight, "c30": yes, "d3a": percent, "region": region})


def linearised(rows, y, *, lonely="centred", where=None):
    """Written out stratum by stratum: the mean, its error, and how many answered."""
    rows = rows.assign(y=y)[rows["wmedian"] > 0]
    known = rows["y"].notna() & (True if where is None else where.reindex(rows.index))
    total = rows["wmedian"][known].sum()
    value = (rows["wmedian"] * rows["y"])[known].sum() / total
    rows = rows.assign(z=(rows["wmedian"] * (rows["y"] - value) / total).where(known, 0.0))
    parts, single = [], []
    for _, stratum in rows.groupby("strata"):
        z = stratum["z"].to_numpy()
        if len(z) == 1:
            single.append(z[0] ** 2)
        else:
            parts.append(len(z) / (len(z) - 1) * ((z - z.mean()) ** 2).sum())
    alone = {"centred": sum(single), "scaled": len(single) * np.mean(parts), "certain": 0.0}[lonely]
    return value, float(np.sqrt(sum(parts) + alone)), int(known.sum())


@pytest.mark.parametrize("lonely", ["centred", "scaled", "certain"])
def test_yes_and_no_as_codes_with_dont_know_and_a_stratum_of_one(tmp_path, capsys, lonely):
    rows = enterprises()
    rows.to_csv(path := tmp_path / "es.csv", index=False)
    given = (path, "--value", "c30", "--weight", "wmedian", "--strata", "strata", "--missing", "-9,-8")
    found = run(capsys, *given, "--kind", "share", "--yes", "1", "--lonely", lonely)
    value, se, n = linearised(rows, (rows["c30"] == 1).where(rows["c30"].isin([1, 2])).astype(float), lonely=lonely)
    assert (found["value"], found["se"], found["n"]) == pytest.approx((100 * value, 100 * se, n), rel=1e-9)
    assert (found["outside"], found["lonely_strata"]) == (4, 1)
    assert found["missing"] == ((~rows["c30"].isin([1, 2])) & (rows["wmedian"] > 0)).sum()
    assert 0 < found["low"] < found["value"] < found["high"] < 100 and found["effective"] > 0 and found["deff"] > 0


def test_a_percentage_by_region_of_a_stata_file_with_labels(tmp_path, capsys):
    rows = enterprises()
    names = {1: "North", 2: "South", 3: "West"}
    coded = rows.assign(c30=rows["c30"].fillna(-9).astype(int))
    path = tmp_path / "es.dta"
    labels: Any = {"region": names, "c30": {1: "Yes", 2: "No", -9: "Don't know"}}
    coded.to_stata(path, write_index=False, value_labels=labels)
    given = (path, "--weight", "wmedian", "--strata", "strata", "--domain", "region")
    found = run(capsys, *given, "--value", "d3a", "--missing", "-9")
    assert [part["region"] for part in found] == ["North", "South", "West"]
    for code, part in enumerate(found, start=1):
        value, se, n = linearised(rows, rows["d3a"].where(rows["d3a"] >= 0), where=rows["region"] == code)
        assert (part["value"], part["se"], part["n"]) == pytest.approx((value, se, n), rel=1e-9)
    spoken = run(capsys, *given, "--value", "c30", "--kind", "share", "--yes", "yes", "--missing", "Don't know")
    coded_too = run(capsys, *given, "--value", "c30", "--kind", "share", "--yes", "1", "--missing=-9")
    assert spoken == coded_too and spoken[0]["n"] > 20


@pytest.mark.parametrize(
    ("change", "argv", "said"),
    [
        ({"wmedian": -1.0}, [], "wmedian is negative in 240 rows"),
        ({"wmedian": 0.0}, [], "no row has a weight above 0"),
        ({"wmedian": "many"}, [], "'many', which is no number"),
        ({"strata": np.nan}, [], "strata is empty in 236 rows"),
        ({"c30": np.nan}, [], "c30 holds no answer"),
        ({"fpc": 2}, ["--fpc", "fpc"], "needs the population"),
        ({}, ["--kind", "share"], "-9, 1, 2"),
        ({}, ["--kind", "nps"], "outside 0 to 10 (-9):"),
        ({}, ["--yes", "1"], "needs --kind share or total"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_a_sentence(tmp_path, capsys, change, argv, said):
    enterprises().assign(**change).to_csv(path := tmp_path / "es.csv", index=False)
    given = [str(path), "--value", "c30", "--weight", "wmedian", "--strata", "strata"]
    assert main(["estimate", *given, *argv]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("name", ["broken.dta", "broken.parquet", "empty.csv", "notes.doc"])
def test_a_file_that_is_none_is_refused(tmp_path, capsys, name):
    (tmp_path / name).write_bytes(b"" if name.startswith("empty") else b"PK nothing of the kind")
    assert main(["estimate", str(tmp_path / name), "--value", "x"]) == 1
    assert capsys.readouterr().err.startswith("Nothing can be estimated: ")


def test_a_chinese_file_in_its_national_encoding_is_read(tmp_path, capsys):
    (tmp_path / "cn.csv").write_bytes("地区,满意\n北,是\n北,否\n南,是\n南,是\n".encode("gb18030"))
    found = run(capsys, tmp_path / "cn.csv", "--value", "满意", "--kind", "share", "--yes", "是")
    assert (found["value"], found["n"]) == (75, 4)


WAYS = {
    "semicolons.csv": b"who;x;w\nMill;1,5;2\nShop;2,5;1\nMill;.;1\nNone;4;1\n",
    "sheet.txt": "who\tx\tw\nMill\t1.5\t2\nShop\t2.5\t1\nMill\tNA\t1\nNone\t4\t1\n".encode("utf-16"),
    "stata.csv": "who, x, w\nMill,1.5,2\nShop,2.5,1\nMill,.a,1\nNone,4,1\n".encode("utf-8-sig"),
}


@pytest.mark.parametrize("name", [*WAYS, "book.xlsx", "rows.parquet"])
def test_one_table_in_the_ways_that_programs_write_it(tmp_path, capsys, name):
    """Decimal commas, tabs in UTF-16, dots for nothing; 'None' is an answer, and words keep their capitals."""
    path = tmp_path / name
    rows = pd.DataFrame({"who": ["Mill", "Shop", "Mill", "None"], "x": [1.5, 2.5, None, 4], "w": [2, 1, 1, 1]})
    if name.endswith(".xlsx"):
        rows.to_excel(path, index=False)
    elif name.endswith(".parquet"):
        rows.to_parquet(path, index=False)
    else:
        path.write_bytes(WAYS[name])
    found = run(capsys, path, "--value", "x", "--weight", "w")
    assert (found["value"], found["n"], found["missing"]) == (2.375, 3, 1)
    assert [one["who"] for one in run(capsys, path, "--value", "who", "--kind", "shares")] == ["Mill", "None", "Shop"]


def test_codes_below_0_are_left_out_together_and_a_share_may_be_of_what_is_more_than_0(tmp_path, capsys):
    (tmp_path / "es.csv").write_text("k3bc\n-9\n-7\n0\n0\n30\n100\n", encoding="utf-8")
    found = run(capsys, tmp_path / "es.csv", "--value", "k3bc", "--missing", "<0", "--kind", "share", "--yes", ">0")
    assert (found["value"], found["n"], found["missing"]) == (50, 4, 2)


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--kind", "ratio"], "--per"),
        (["--kind", "percentile", "--at", "50"], "0 与 1 之间"),
        (["--where", "d3a"], "条件“d3a”看不懂"),
        (["--where", "region=9"], "没有一行符合"),
        (["--strata", "strata", "--fpc", "d3a"], "大于 0 的数"),
        (["--strata", "region", "--fpc", "strata"], "同一层内有不同的数"),
        (["--missing", "1,2,-9"], "没有回答"),
        (["--weight", "who"], "没有列 who"),
    ],
)
def test_what_is_wrong_is_said_in_chinese_too(tmp_path, capsys, argv, said):
    enterprises().drop(index=11).to_csv(path := tmp_path / "es.csv", index=False)
    assert main(["estimate", str(path), "--value", "c30", "--language", "zh", *argv]) == 1
    told = capsys.readouterr().err
    assert told.startswith("无法估计：") and said in told


def test_an_spss_file_is_read_with_its_labels_and_what_it_declares_missing(tmp_path, capsys):
    rows = pd.DataFrame({"q1": [1.0, 2.0, 1.0, 9.0, -1.0, 2.0], "w": [2.0, 1.0, 1.0, 1.0, 1.0, 1.0],
                         "town": ["甲", "甲", "乙", "乙", "乙", ""]})  # fmt: skip
    labels: Any = {"q1": {1: "Yes", 2: "No", -1: "Don't know"}}
    path = tmp_path / "firms.sav"
    pyreadstat.write_sav(cast(Any, rows), path, variable_value_labels=labels, missing_ranges={"q1": [9]})
    found = run(capsys, path, "--value", "q1", "--kind", "share", "--yes", "yes", "--weight", "w")
    assert (found["value"], found["n"], found["missing"]) == (60, 4, 2)
    assert found["left_out"] == "q1 = -1 (Don't know)"
    by_town = run(capsys, path, "--value", "q1", "--kind", "share", "--yes", "1", "--domain", "town")
    assert [(one["town"], one["n"]) for one in by_town] == [("乙", 1), ("甲", 2)]
    assert main(["estimate", str(path), "--value", "q7", "--language", "en"]) == 1
    assert "q1, w, town" in capsys.readouterr().err


def test_a_file_that_only_calls_itself_spss_is_refused(tmp_path, capsys):
    (tmp_path / "kenya.sav").write_bytes(b"$FL2@(#) SPSS DATA FILE")
    assert main(["estimate", str(tmp_path / "kenya.sav"), "--value", "x", "--language", "en"]) == 1
    assert "kenya.sav" in capsys.readouterr().err
    assert main(["estimate", str(tmp_path / "none.sav"), "--value", "x", "--language", "en"]) == 1


def test_a_damaged_spss_file_that_ends_the_process_that_reads_it_is_refused_in_words(tmp_path, capsys):
    rows = pd.DataFrame({"x": [1.0, 2, 3, 4, 9] * 4, "w": [1.0, 2, 1, 1, 1] * 4, "s": ["a", "b", "a", "b", "a"] * 4})
    labels: Any = {"x": {1.0: "是"}}
    pyreadstat.write_sav(cast(Any, rows), path := tmp_path / "x.sav", variable_value_labels=labels)
    made, draw = bytearray(path.read_bytes()), random.Random(108)  # by which the library is led out of its memory
    for _ in range(draw.randrange(1, 30)):
        made[draw.randrange(len(made))] = draw.randrange(256)
    path.write_bytes(made)
    assert main(["estimate", str(path), "--value", "x", "--language", "zh"]) == 1
    assert "x.sav" in capsys.readouterr().err


def test_a_sound_spss_file_that_a_busy_machine_has_not_read_is_not_called_damaged(tmp_path, capsys, monkeypatch):
    rows = pd.DataFrame({"x": [1.0, 2.0, 3.0]})
    pyreadstat.write_sav(cast(Any, rows), path := tmp_path / "x.sav")
    monkeypatch.setattr(limited, "_QUEUE", 0)
    for language, busy, damaged in (("zh", "正忙", "损坏"), ("en", "busy", "damaged")):
        with limited._AT_ONCE, limited._AT_ONCE:
            assert main(["estimate", str(path), "--value", "x", "--language", language]) == 1
        told = capsys.readouterr().err
        assert "x.sav" in told and busy in told and damaged not in told
    assert run(capsys, path, "--value", "x")["value"] == 2


@pytest.mark.parametrize(
    ("work", "seconds", "zh", "en"),
    [
        (never_end, 1, "60 秒", "60 s"),
        (take_memory, 10, "4 GB", "4 GB"),
        (answer_at_length, 10, "40 MB", "40 MB"),
    ],
)
def test_an_spss_file_beyond_what_may_be_spent_is_told_which_limit(
    tmp_path, capsys, monkeypatch, work, seconds, zh, en
):
    monkeypatch.setitem(foreign_files._READERS, ".sav", lambda path, wanted: limited.limited(work, seconds=seconds))
    (path := tmp_path / "x.sav").write_bytes(b"$FL2")
    for language, limit in (("zh", zh), ("en", en)):
        assert main(["estimate", str(path), "--value", "x", "--language", language]) == 1
        told = capsys.readouterr().err
        assert "x.sav" in told and limit in told


@pytest.mark.parametrize("name", ["x.xlsx", "x.dta", "x.parquet", "x.por", "x.sas7bdat", "x.csv"])
@pytest.mark.parametrize("content", [b"", b"PK\3\4 and no more", b"\0" * 300, b"<html><table><tr><td>x</table>"])
def test_what_is_not_what_its_name_says_is_refused_in_words(tmp_path, capsys, name, content):
    (path := tmp_path / name).write_bytes(content)
    assert main(["estimate", str(path), "--value", "x", "--language", "zh"]) == 1
    assert capsys.readouterr().err.startswith("无法估计：")


def labelled_file(tmp_path):
    """A Stata file of a scale to 5 where -9 and 9 are labelled as no answer."""
    rows = pd.DataFrame({"x": [1, 3, 5, 5, 4, -9, -9, 9], "y": [2, 2, 2, 2, 2, 2, -8, 2]})
    labels: Any = {"x": {1: "Poor", 5: "Good", 6: "Best", -9: "Don't know", 9: "不适用"}, "y": {-8: "Refused"}}
    rows.to_stata(path := tmp_path / "scale.dta", write_index=False, value_labels=labels, version=118)
    return path


def test_codes_that_the_file_labels_as_no_answer_are_no_numbers(tmp_path, capsys):
    found = run(capsys, labelled_file(tmp_path), "--value", "x")
    assert (found["value"], found["n"], found["missing"]) == (3.6, 5, 3)
    assert found["left_out"] == "x = -9 (Don't know); x = 9 (不适用)" and found["suspect"] == ""


def test_what_was_left_out_is_said_and_can_be_kept(tmp_path, capsys):
    path = labelled_file(tmp_path)
    assert main(["estimate", str(path), "--value", "x", "--language", "zh"]) == 0
    assert "按文件自己的标签不算回答：x = -9 (Don't know); x = 9 (不适用)" in capsys.readouterr().err
    assert run(capsys, path, "--value", "x", "--keep", "9,-9")["missing"] == 0
    assert run(capsys, path, "--value", "x", "--keep", "don't know")["missing"] == 1
    assert run(capsys, path, "--value", "x", "--missing", "1")["missing"] == 4  # beside those


def test_a_code_below_0_is_asked_about_though_its_label_says_no_answer_in_words_we_do_not_know(tmp_path, capsys):
    rows = pd.DataFrame({"x": [1, 3, 5, -9, -8]})
    labels: Any = {"x": {5: "Good", -9: "Refused", -8: "Ran out of time"}}
    rows.to_stata(path := tmp_path / "scale.dta", write_index=False, value_labels=labels, version=118)
    found = run(capsys, path, "--value", "x")
    assert (found["left_out"], found["suspect"]) == ("x = -9 (Refused)", "x = -8 (Ran out of time)")
    assert run(capsys, path, "--value", "x", "--keep", "Ran out of time")["suspect"] == ""
    assert run(capsys, path, "--value", "x", "--missing", "-8")["value"] == 3


@pytest.mark.parametrize(
    ("argv", "value", "missing"),
    [
        (["--value", "x", "--kind", "share", "--yes", "5"], 40, 3),
        (["--value", "x", "--kind", "share", "--yes", "Don't know"], 200 / 7, 1),  # asked for: then it is an answer
        (["--value", "x", "--kind", "share", "--yes", "6"], 0, 3),  # nobody said it, but the file has the category
        (["--value", "x", "--kind", "ratio", "--per", "y"], 1.8, 3),
        (["--value", "x", "--casewise"], 3.6, 0),
    ],
)
def test_every_kind_leaves_them_out(tmp_path, capsys, argv, value, missing):
    found = run(capsys, labelled_file(tmp_path), *argv)
    assert (found["value"], found["missing"]) == pytest.approx((value, missing))


@pytest.mark.parametrize(
    ("values", "doubtful"),
    [
        ([1, 2, -9, -8], "x = -9; x = -8"),
        ([1, 5, 8, 9], "x = 8; x = 9"),
        ([0, 7, 10, 98, 99], "x = 98; x = 99"),
        ([0, 50, 100, 999], "x = 999"),
        ([-12.5, 3, -9], ""),  # a balance
        ([-2, -1, 0, 1, 2], ""),
        ([18, 65, 98, 99], ""),  # years of age
        ([1, 2, 3, 4, 5, 6, 7, 8, 9], ""),
    ],
)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_numbers_that_look_like_codes_are_counted_and_asked_about(tmp_path, capsys, values, doubtful, suffix):
    path = tmp_path / f"plain{suffix}"
    rows = pd.DataFrame({"x": values})
    rows.to_csv(path, index=False) if suffix == ".csv" else rows.to_excel(path, index=False)
    found = run(capsys, path, "--value", "x")
    assert (found["suspect"], found["missing"]) == (doubtful, 0)
    assert main(["estimate", str(path), "--value", "x"]) == 0
    assert ("Please check: " in capsys.readouterr().err) == bool(doubtful)
    if doubtful:
        codes = doubtful.replace("x = ", "").replace("; ", ",")
        assert run(capsys, path, "--value", "x", "--keep", codes)["suspect"] == ""
        settled = run(capsys, path, "--value", "x", "--missing", codes)
        assert (settled["suspect"], settled["missing"]) == ("", doubtful.count("="))


def test_words_that_say_no_answer_are_asked_about_among_answers_in_words(tmp_path, capsys):
    (tmp_path / "words.csv").write_text("x\n是\n否\n不知道/拒答\n不清楚政策\n", encoding="utf-8")
    found = run(capsys, tmp_path / "words.csv", "--value", "x", "--kind", "share", "--yes", "是")
    assert found["suspect"] == "x = 不知道/拒答"


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--yes", "3"], "nobody has the code 3 in c30; it has -9, 1, 2"),
        (["--yes", "1,Yes"], "nobody has the code Yes in c30"),
        (["--yes", "-9", "--missing", "-9"], "nobody has the code -9 in c30; it has 1, 2"),
        (["--yes", "是", "--language", "zh"], "列 c30 里没有编码 是；有的编码是：-9, 1, 2"),
    ],
)
@pytest.mark.parametrize("kind", ["share", "total"])
def test_a_yes_that_nobody_has_is_refused_with_the_codes_that_there_are(tmp_path, capsys, argv, said, kind):
    enterprises().to_csv(path := tmp_path / "es.csv", index=False)
    assert main(["estimate", str(path), "--value", "c30", "--kind", kind, *argv]) == 1
    assert said in capsys.readouterr().err
