"""What a wrong file costs: hostile files through every importer, and what the server is left to do meanwhile.

`python bench/imports.py [NAME…]` prints a JSON line each, {name, value, unit, baseline, ratio}; the baseline is what a
file within the limits may cost: 3 s, 100 MB more. `findings` beyond the ceiling are counted, not listed. Exit 1 where
anything costs more.
"""

import io
import json
import random
import resource
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import xlsxwriter  # noqa: E402

from access.actor import Actor  # noqa: E402
from casework.policies import PolicyForm, add_policy  # noqa: E402
from db.refused import Refused  # noqa: E402
from db.store import Store, open_store  # noqa: E402
from intake.beneficiaries import check_beneficiaries  # noqa: E402
from intake.files.imports import MOST_FINDINGS  # noqa: E402
from intake.files.upload import Upload  # noqa: E402
from intake.foreign_files import read_form_file, read_result_file  # noqa: E402
from intake.indicators.importing import check_indicators  # noqa: E402
from intake.register.enterprises import check_enterprises  # noqa: E402

AT = datetime(2024, 3, 1, 4, 0)
CLERK = Actor("clerk", "staff", "示例")
BASELINES = {"s": 3.0, "MB": 100.0, "findings": float(MOST_FINDINGS), "s of the server": 0.5}
WORDS = "经济指标统计年鉴全区规模以上工业企业增加值累计同比增长社会消费品零售总额2023年1-10月第三产业投资出口"
INDICATORS = ("规模以上工业总产值", "出口总额", "社会消费品零售总额", "一般公共预算收入", "固定资产投资")
Grid = list[list[Any]]


def words(random_: random.Random, length: int) -> str:
    return "".join(random_.choices(WORDS, k=length))


def grids() -> Iterator[tuple[str, list[Grid]]]:
    """Sheets as cells. Each stays within the limits of a file: 5 MB, 20,000 rows, 320 columns, 40 sheets."""
    r = random.Random(773)
    text = [[words(r, 40) for _ in range(20)] for _ in range(1_000)]  # 2.4 MB of text
    yield "text in cells", [[*text, ["总计", 1, 2, 3]]]
    yield "text and numbers", [[[words(r, 40), *(r.random() for _ in range(20))] for _ in range(8_000)]]
    yield "one heading of text a column", [[[words(r, 200) for _ in range(300)], ["出口总额", *range(299)]]]
    yield "long cells", [[["指标", "2023年1-10月"], *([words(r, 16_000), n] for n in range(50))]]
    yield "many sheets", [[[words(r, 30), n, words(r, 30)] for n in range(600)] for _ in range(40)]
    yield "wide", [[[words(r, 12) for _ in range(300)], *([words(r, 12), *range(299)] for _ in range(600))]]
    yield "many headings", [[*([words(r, 12) for _ in range(60)] for _ in range(1_500)), ["出口总额", *range(59)]]]
    months = [f"2023年1-{m}月" for m in range(2, 13)]
    numbers = ([r.choice(INDICATORS), *(r.random() * 100 for _ in range(211))] for _ in range(1_500))
    yield "all numbers", [[["指标", *months, *["同比"] * 200], *numbers]]
    yield "tall", [[[words(r, 8), n, n, n] for n in range(19_000)]]
    yield "bullets and brackets", [[["(一)" * 300, "(" * 900, n, "、".join("1234567890" * 30)] for n in range(500)]]
    yield "register", [[["企业名称", "统一社会信用代码", "行业", "镇街", "规模", "联系电话"],
                        *([words(r, 12) for _ in range(6)] for _ in range(19_000))]]  # fmt: skip
    yield "policy", [[["统一社会信用代码", "受益日期"], *([words(r, 18), words(r, 10)] for _ in range(19_000))]]
    sheets = ([n, "2023/10/1 10:00:00", *(words(r, 12) for _ in range(59))] for n in range(1_500))
    yield "results", [[["序号", "提交答卷时间", *(f"{n}、{words(r, 10)}" for n in range(1, 60))], *sheets]]
    items = (["select_one " + words(r, 9), f"q{n}", words(r, 30), "${q1} = '1' and " * 40] for n in range(1_900))
    yield "form", [[["type", "name", "label", "relevant"], *items]]
    values = ([r.choice(INDICATORS), words(r, 9), words(r, 9), words(r, 9), "x", "y"] for _ in range(15_000))
    yield "long format", [[["指标", "时期", "单位", "数值", "来源", "发布日期"], *values]]


def as_csv(sheets: list[Grid]) -> bytes:
    return "\n".join(",".join(str(cell) for cell in row) for row in sheets[0]).encode()


def as_xlsx(sheets: list[Grid]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for n, grid in enumerate(sheets):
            sheet = book.add_worksheet("survey" if not n else f"s{n}")
            for row, cells in enumerate(grid):
                sheet.write_row(row, 0, cells)
    return buffer.getvalue()


def one_long_shared_string() -> bytes:
    """One text of 30,000 letters that 40,000 cells name: 400 kB that a careless reader makes 1.2 GB of."""
    return as_xlsx([[["指标", "2023年1-10月"], *([WORDS * 500] * 40 for _ in range(1_000))]])


def as_page(sheets: list[Grid]) -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in sheets[0])
    return f"<html><table>{rows}</table></html>".encode()


def files() -> Iterator[tuple[str, bytes]]:
    for name, sheets in grids():
        for form, made in (("csv", as_csv), ("xlsx", as_xlsx), ("html", as_page)):
            if form == "xlsx" or (len(sheets) == 1 and (form == "csv" or name == "text in cells")):
                yield f"{name}.{form}", made(sheets)
    yield "one shared string.xlsx", one_long_shared_string()


def importers(store: Store) -> dict[str, Callable[[Upload], Any]]:
    known = {"actor": CLERK, "at": AT}
    form = PolicyForm("用电保障办法", "Securing power", "economy_it", date(2023, 1, 10))
    add_policy(store, actor=CLERK, policy_id="p1", form=form, at=AT)
    return {
        "indicators": lambda upload: check_indicators(store, upload=upload, **known),
        "enterprises": lambda upload: check_enterprises(store, upload=upload, **known),
        "xlsform": read_form_file,
        "wjx": read_result_file,
        "beneficiaries": lambda upload: check_beneficiaries(store, policy_id="p1", upload=upload, **known),
    }


class Pulse:
    """Looks on how large the children grow."""

    def __init__(self) -> None:
        self.children, self._done = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def _beat(self) -> None:
        while not self._done.wait(0.02):
            self.children = max(self.children, sum(map(grown, children())))

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()


def children() -> list[str]:
    return [pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()]


def grown(pid: str) -> float:
    """The most memory that a process of the given number had; nothing of one that has not begun its own program."""
    try:
        if b"db.limited" not in Path(f"/proc/{pid}/cmdline").read_bytes():
            return 0.0
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def peak(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


def serving() -> float:
    return sum(resource.getrusage(resource.RUSAGE_SELF)[:2])


def spent() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def count(outcome: Any) -> int:
    """The most of one code: what is listed of it."""
    reading = getattr(outcome, "reading", outcome)
    told = [*reading.refused, *getattr(reading, "warnings", ()), *getattr(reading, "unsupported", ())]
    return max(Counter(one.code for one in told).values(), default=0)


def measured(read: Callable[[Upload], Any], name: str, content: bytes) -> dict[str, float]:
    before, served, own = spent(), serving(), peak(resource.RUSAGE_SELF)
    with Pulse() as pulse:
        try:
            findings = count(read(Upload(name, content)))
        except Refused:
            findings = 1
    more = peak(resource.RUSAGE_SELF) - own + pulse.children
    return {"s": spent() - before, "MB": more, "findings": findings, "s of the server": serving() - served}


def main(wanted: list[str]) -> int:
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"duckdb:{folder}/store.duckdb")
        store.migrate()
        for name, content in files():
            for importer, read in importers(store).items():
                if wanted and not any(word in f"{importer}: {name}" for word in wanted):
                    continue
                for unit, value in measured(read, name, content).items():
                    baseline = BASELINES[unit]
                    worst = max(worst, value / baseline)
                    line = {"name": f"{importer}: {name}", "value": round(value, 2), "unit": unit,
                            "baseline": baseline, "ratio": round(value / baseline, 2)}  # fmt: skip
                    print(json.dumps(line, ensure_ascii=False), flush=True)
        store.close()
    return int(worst > 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
