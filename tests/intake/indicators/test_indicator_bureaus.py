"""What a bureau's table says is read as it is meant, whosever it is: tables and readings are in bureaus.txt."""

import csv
import io
from datetime import datetime
from pathlib import Path

import pytest

from access.actor import Actor
from db.system import settings
from intake.files.upload import Upload
from intake.indicators.importing import check_indicators, import_indicators
from intake.indicators.terms.given import Supplement
from intake.indicators.terms.units import read_number

CLERK = Actor("clerk", "staff", "示例")
AT = datetime(2024, 3, 1, 4, 0)
TABLES = (Path(__file__).parent / "bureaus.txt").read_text(encoding="utf-8").split("\n\n## ")[1:]


def upload(rows: list[str], name: str = "x.csv") -> Upload:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([cell.strip() for cell in row.split("|")] for row in rows)
    return Upload(name, buffer.getvalue().encode())


def said(table: str) -> tuple[Upload, str, set[str], set[str], set[str]]:
    """The file, the place chosen, what is read, refused and warned of."""
    title, *lines = table.rstrip("\n").split("\n")
    marks = {mark: {line[2:] for line in lines if line.startswith(f"{mark} ")} for mark in "=!?"}
    name = next((line[6:] for line in lines if line.startswith("file: ")), "x.csv")
    rows = [line for line in lines if not line.startswith(("= ", "! ", "? ", "file: "))]
    return upload(rows, name), title.partition("@")[2], marks["="], marks["!"], marks["?"]


def shown(value) -> str:
    return "_" if value is None else f"{float(value):g}"


def read(outcome) -> set[str]:
    return {
        f"{r.geography} {r.indicator.code} {r.period.end.year} {r.period.start.month}-{r.period.end.month} "
        f"{shown(r.value)} {shown(r.yoy)}"
        for r in outcome.read if r.value is not None or r.yoy is not None
    }  # fmt: skip


def as_written(line: str) -> str:
    *words, value, growth = line.split()
    return " ".join([*words, *(v if v == "_" else f"{float(v):g}" for v in (value, growth))])


@pytest.fixture
def check(store):
    def checked(file, place=""):
        given = Supplement("区统计局", "2024-02-20", place=place)
        return check_indicators(store, actor=CLERK, upload=file, at=AT, given=given)

    return checked


def test_every_table_says_what_was_written_down_before_it_was_read(check):
    """One store for all: nothing is written."""
    wrong = {}
    for table in TABLES:
        file, place, expected, refused, warned = said(table)
        outcome = check(file, place)
        found = (read(outcome), {one.code for one in outcome.refused})
        missing = warned - {one.code for one in outcome.warnings}
        if found != ({as_written(line) for line in expected}, refused) or missing:
            wrong[table.partition("\n")[0]] = (*found, missing)
    assert wrong == {}
    assert len(TABLES) > 100


def test_a_table_of_another_place_is_refused_until_the_place_is_chosen(store, check):
    file = upload(["2023年1-10月越城区主要经济指标|||", "指标|单位|累计|同比±%", "出口总额|亿元|300.1|3.1"])
    outcome = check(file)
    assert [(one.cell, one.code) for one in outcome.refused] == [("C3", "other_place"), ("D3", "other_place")]
    assert "越城区" in outcome.refused[0].reason("zh")
    given = Supplement("区统计局", "2024-02-20", place="city")
    assert import_indicators(store, actor=CLERK, upload=file, at=AT, given=given).written == 1
    assert read(check(file, "city")) == set(), "the same release of the city's is stored now"


def test_the_district_s_own_name_is_the_one_that_the_operator_set(store, check):
    """Towns of another code stay another district's until they are changed."""
    file = upload(["2023年1-10月{}主要经济指标|||", "指标|单位|累计", "出口总额|亿元|300.1"])
    ours = Upload("x.csv", file.content.replace(b"{}", "越城区".encode()))
    theirs = Upload("x.csv", file.content.replace(b"{}", "柯桥区".encode()))
    assert (len(check(ours).read), len(check(theirs).read)) == (0, 1)
    store.write(lambda con: settings.put(con, "district_zh", "越城区"))
    assert (len(check(ours).read), len(check(theirs).read)) == (1, 0)


def test_a_footnote_s_mark_behind_a_number_is_no_digit_of_it():
    assert [str(read_number(cell, percent=True)) for cell in ("1190②", "8.2%¹", "1,190.5⑴")] == [
        "1190", "8.2", "1190.5"
    ]  # fmt: skip
