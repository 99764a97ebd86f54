"""Exports carry text, numbers and dates, and never a formula."""

import csv
import io
import json
import re
import tracemalloc
import zipfile
from datetime import date, datetime
from tempfile import TemporaryFile

import pytest
from python_calamine import CalamineWorkbook

from access.typed import could_run
from casework.documents.exports import to_csv, to_workbook, to_xlsx, write_table
from tests.paths import SHARED

HOSTILE = [
    '=DDE("cmd";"/C calc";"!A0")A0',
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "+cmd|' /C notepad'!'A1'",
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\u3000＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "\ufeff=1+1",
    '=HYPERLINK("http://example.invalid","看这里")',
    "http://example.invalid/",
    "'=1",
    "{=1+1}",
]


def reopened(content: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def live_parts(content: bytes) -> list[str]:
    """Formulas, links and outside references in any part of a workbook."""
    found, marks = [], ("<f>", "<f ", "<hyperlink", "externalLink", "ddeLink")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            text = parts.read(name).decode("utf-8")
            found += [f"{name}: {mark}" for mark in marks if mark in text]
    return found


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("payload", HOSTILE)
def test_a_workbook_holds_a_payload_as_text_in_every_place(payload):
    content = to_xlsx([payload, "数"], [[payload, 1]], sheet=payload, note=payload)
    assert live_parts(content) == []
    assert reopened(content)[1][0] == payload
    assert reopened(content)[0][0] == payload


@pytest.mark.parametrize("payload", HOSTILE)
def test_a_csv_cell_never_starts_like_a_formula(payload):
    for cell in cells(to_csv([payload], [[payload]])):
        assert not could_run(cell[0])
        assert cell[0].removeprefix("'") in (payload, payload.removeprefix("'"))


def test_numbers_stay_numbers_and_dates_stay_dates():
    row = [-5, 3.25, date(2023, 11, 30), datetime(2023, 11, 30, 12, 5), "13800005678", None, float("nan"), True]
    content = to_xlsx([str(n) for n in range(8)], [row], sheet="导出")
    shown = reopened(content)[1]
    assert shown[:5] == [-5, 3.25, date(2023, 11, 30), datetime(2023, 11, 30, 12, 5), "13800005678"]
    assert shown[5:7] == ["", ""]
    assert cells(to_csv(list("abcdefgh"), [row]))[1] == [
        "-5", "3.25", "2023-11-30", "2023-11-30 12:05", "13800005678", "", "", "True"
    ]  # fmt: skip


def test_a_csv_opens_in_excel_as_chinese():
    assert to_csv(["标题"], [["融资,难\n第二行"]]) == '\ufeff标题\r\n"融资,难\n第二行"\r\n'.encode()


def test_the_note_stands_below_the_table():
    assert reopened(to_xlsx(["a"], [["x"], ["y"]], sheet="s", note="截至2023年11月30日"))[-1] == ["截至2023年11月30日"]


def test_a_workbook_may_have_several_sheets():
    content = to_workbook([("一/二", ["a"], [["x"]], ""), ("三", ["b"], [], "")])
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names == ["一 二", "三"]


def test_published_payloads_are_inert():
    path = SHARED / "bad_input/csv_injection/Intruder/csv-payload.txt"
    if not path.exists():
        pytest.skip(f"the shared test data is not beside this checkout: {path.name}")
    payloads = path.read_text(encoding="utf-8").splitlines()
    content = to_xlsx(["载荷"], [[p] for p in payloads], sheet="载荷")
    assert live_parts(content) == []
    assert [row[0] for row in reopened(content)[1:]] == payloads
    assert not any(could_run(row[0]) for row in cells(to_csv(["载荷"], [[p] for p in payloads])))


def test_naughty_strings_come_through_exports():
    path = SHARED / "bad_input/blns/blns.json"
    if not path.exists():
        pytest.skip(f"the shared test data is not beside this checkout: {path.name}")
    naughty = json.loads(path.read_text(encoding="utf-8"))
    content = to_xlsx(["串"], [[text] for text in naughty], sheet="串", note="完")
    assert live_parts(content) == []
    assert len(reopened(content)) == len(naughty) + 3
    csv_rows = cells(to_csv(["串"], [[text] for text in naughty]))
    assert not any(could_run(row[0]) for row in csv_rows if row)
    assert not re.search(r"\0", to_csv(["串"], [[t] for t in naughty]).decode("utf-8-sig"))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_is_written_a_row_at_a_time(kind):
    """Of 20,000 rows of 1,000 characters, 20 MB and more, a few are in memory at once."""
    rows = ([n, "诉求" * 500] for n in range(20_000))
    with TemporaryFile() as out:
        tracemalloc.start()
        write_table(out, kind, ["n", "text"], rows, sheet="s", note="done")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 2_000_000
        out.seek(0)
        if kind == "csv":
            assert sum(1 for _ in csv.reader(io.TextIOWrapper(out, "utf-8-sig", newline=""))) == 20_001
        else:
            sheet = CalamineWorkbook.from_filelike(out).get_sheet_by_index(0).to_python()
            assert (len(sheet), sheet[20_000][0], sheet[-1][0]) == (20_003, 19_999, "done")
