"""A result workbook of Wenjuanxing with choices by number, 1,044 answer sheets, recounted from the sheet itself."""

import random
from collections import Counter

import pytest

from db import sql
from intake.foreign_files import read_result_file, results_as_json
from intake.wjx.wave import import_wjx
from tests.conftest import NOON
from tests.intake.wjx.test_wjx import META, a_file, kinds

HEADINGS = [
    *META, "总分",
    "1、所在行业",
    "2、您对办事效率满意吗",
    "3、获取政策的渠道(网站)", "3、获取政策的渠道(窗口)", "3、获取政策的渠道(其他)",
    "4(厂房)", "4(用工)",
    "5、请打分—价格", "5、请打分—速度", "5、请打分—态度",
    "6、请排序(资金)", "6、请排序(人才)", "6、请排序(土地)",
    "7、员工人数", "8、利润增长（%）", "9、联系人", "10、联系电话", "11、上传附件", "12、意见",
]  # fmt: skip
SHEETS = 1_044


def a_sheet(n, draw):
    """One answer sheet. Every ninth was not asked about ways and needs (-3), some leave a question empty (-2)."""
    told = [n, "2023/11/20 9:05:12", "125秒", "链接", "直接访问", "115.199.1.2(浙江-绍兴)", draw.randint(10, 30)]
    skipped = n % 9 == 0
    ways = ["-3"] * 3 if skipped else [draw.choice("01"), draw.choice("01"), "其他〖报纸〗" if n % 7 == 0 else "0"]
    needs = ["-3"] * 2 if skipped else [draw.choice("01"), draw.choice("01")]
    ranks = draw.sample(["1", "2", "3"], 3)
    return [*told, draw.randint(1, 6), draw.choice(["1", "2", "3", "-2"]), *ways, *needs,
            *(draw.choice("12345") for _ in range(3)), *ranks, draw.randint(1, 900), draw.randint(-9, 30),
            f"张{n}", f"138{n:08d}", f"https://files.example/{n}.pdf", f"意见{n}"]  # fmt: skip


@pytest.fixture(scope="module")
def rows():
    draw = random.Random(5)
    return [a_sheet(n, draw) for n in range(1, SHEETS + 1)]


@pytest.fixture(scope="module")
def found(rows):
    return read_result_file(a_file(rows, HEADINGS))


def test_choices_by_number_ticks_ranks_and_scores_are_told_apart(found):
    assert kinds(found) == {
        "Q1": "single", "Q2": "single", "Q3": "multiple", "Q4": "multiple", "Q5": "matrix", "Q6": "matrix",
        "Q7": "number", "Q8": "number", "Q12": "text",
    }  # fmt: skip
    evidence = {guess.code: guess.evidence for guess in found.guesses}
    assert [evidence[code] for code in ("Q1", "Q3", "Q6")] == ["numbered", "ticked", "ranks"]
    asked = found.reading.questionnaire
    assert [o.zh for o in asked.item("Q3").options] == ["网站", "窗口", "其他"] and asked.item("Q3").options[2].words
    assert (asked.item("Q4").zh, [o.zh for o in asked.item("Q4").options]) == ("第 4 题", ["厂房", "用工"])
    assert all(option.value is None for option in asked.item("Q5").options), "nobody knows which number is best"


def test_who_somebody_is_and_their_files_are_named_and_not_taken(found, rows):
    left = {r.column: r.code for r in found.reading.unsupported if r.code in ("wjx_person", "wjx_file")}
    assert left == {"9、联系人": "wjx_person", "10、联系电话": "wjx_person", "11、上传附件": "wjx_file"}
    whole = f"{results_as_json(found, 'zh')} {found.sheets}"
    assert "张17" not in whole and "13800000017" not in whole and "files.example" not in whole


def test_every_count_is_the_one_recounted_from_the_sheet(store, people, found, rows):
    assert found.turned_away == ()
    assert import_wjx(store, actor=people.staff, content=b"numbered", found=found, at=NOON).responses == SHEETS
    stored = store.read(lambda con: sql.rows(con, "SELECT item, choice, value, text FROM answer"))
    by_item = Counter(row["item"] for row in stored)
    at = {heading: n for n, heading in enumerate(HEADINGS)}
    asked = found.reading.questionnaire
    words = {(item.code, o.code): o.zh for item in asked.items for o in item.options}
    chosen = Counter((row["item"], words.get((row["item"], row["choice"]))) for row in stored)
    for n in range(1, 7):
        assert chosen["Q1", str(n)] == sum(row[at["1、所在行业"]] == n for row in rows)
    assert by_item["Q2"] == sum(row[at["2、您对办事效率满意吗"]] != "-2" for row in rows)
    for way in ("网站", "窗口"):
        assert chosen["Q3", way] == sum(row[at[f"3、获取政策的渠道({way})"]] == "1" for row in rows)
    assert chosen["Q3", "其他"] == sum(n % 7 == 0 and n % 9 != 0 for n in range(1, SHEETS + 1))
    assert {row["text"] for row in stored if row["item"] == "Q3"} == {None, "报纸"}
    assert by_item["Q5.r1"] == by_item["Q6.r3"] == by_item["Q7"] == SHEETS
    growth = [row["value"] for row in stored if row["item"] == "Q8"]
    assert sum(growth) == sum(row[at["8、利润增长（%）"]] for row in rows), "-2 and -3 % are growth, no codes"


def test_codes_are_answers_where_the_file_says_skips_in_words():
    rows = [[n, "2023/11/20 9:05:12", "9秒", "", "", "", v, w] for n, v, w in
            [(1, "-2", "(跳过)"), (2, "5", "好"), (3, "-3", "好")]]  # fmt: skip
    found = read_result_file(a_file(rows, [*META, "1、增长", "2、看法"]))
    assert [sheet.answers.get("Q1") for sheet in found.sheets] == [-2, 5, -3]
