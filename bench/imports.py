"""What files cost through every importer, right or wrong, and what the server is left to do meanwhile.

`python bench/imports.py [NAME…] [--files PATH…]` prints a JSON line each, {name, value, unit, baseline, ratio}; the
baseline is what a file within the limits may cost: 3 s and 100 MB more where it is wrong, 20 s where 3,000 rows are
right and written, a fifth more for the answers of a page meanwhile. `--files` takes files and folders of others instead
of those made here. `findings` beyond the ceiling are counted, not listed. Exit 1 where anything costs more.
"""

import argparse
import html
import io
import json
import random
import resource
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from heapq import nlargest
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import xlsxwriter  # noqa: E402
from stdnum.cn import uscc  # noqa: E402

from access.actor import Actor  # noqa: E402
from casework.cases.act import Given, act_together  # noqa: E402
from casework.policies import PolicyForm, add_policy  # noqa: E402
from db import demo, references  # noqa: E402
from db.cases import cases  # noqa: E402
from db.cases.cases import CaseFilters  # noqa: E402
from db.refused import Refused  # noqa: E402
from db.scope import EVERY  # noqa: E402
from db.sql import Connection  # noqa: E402
from db.store import Store, open_store  # noqa: E402
from intake.beneficiaries import check_beneficiaries, import_beneficiaries  # noqa: E402
from intake.files.imports import MOST_FINDINGS  # noqa: E402
from intake.files.upload import MOST_BYTES, Upload  # noqa: E402
from intake.foreign_files import read_form_file, read_result_file  # noqa: E402
from intake.history.importing import LEDGERS, check_ledger, import_ledger  # noqa: E402
from intake.history.sheets.every import SHEETS  # noqa: E402
from intake.indicators.importing import check_indicators, import_indicators  # noqa: E402
from intake.register.enterprises import check_enterprises, import_enterprises  # noqa: E402
from intake.wjx.wave import import_wjx  # noqa: E402

AT = datetime(2024, 3, 1, 4, 0)
CLERK, ADMIN = Actor("clerk", "staff", "示例"), Actor("admin", "admin", "示例")
# What is there before.
NEEDED = {"cases": "register.xlsx", "12345": "register.xlsx", "attendance": "forums.xlsx",
          "12345-outcomes": "12345.xlsx"}  # fmt: skip
BASELINES = {"s": 3.0, "MB": 100.0, "findings": float(MOST_FINDINGS), "s of the server": 0.5}
MOST_SECONDS, MOST_SLOWER, RIGHT = 20.0, 1.2, 3_000  # where that many rows are right
WHOLE = random.Random(1)
WORDS = "经济指标统计年鉴全区规模以上工业企业增加值累计同比增长社会消费品零售总额2023年1-10月第三产业投资出口"
INDICATORS = ("规模以上工业总产值", "出口总额", "社会消费品零售总额", "一般公共预算收入", "固定资产投资")
SLOWEST = 5  # files of each importer that are read once more, beside somebody who looks at a page
Grid = list[list[Any]]
Timed = tuple[float, str, bytes]  # seconds, the file's name and its content


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
    known = [words(r, 8) for _ in range(4_000)]
    yield "the same words again", [[[*r.choices(known, k=14), n] for n in range(7_900)]]
    named = ([f"出口总额:{r.choice(known)}", "亿元", "月", "统计局", f"{2000 + n % 20}年1-10月", n]
             for n in range(19_000))  # fmt: skip
    yield "series of a database", [[["指标名称", "单位", "频率", "来源", "时间", "数值"], *named]]
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
        **{name: partial(checked_ledger, store, name) for name in LEDGERS},
    }


def checked_ledger(store: Store, name: str, upload: Upload) -> Any:
    return check_ledger(store, name, actor=who_brings(name), upload=upload, at=AT)


def brought_ledger(store: Store, name: str, upload: Upload) -> Any:
    return import_ledger(store, name, actor=who_brings(name), upload=upload, at=AT)


def who_brings(name: str) -> Actor:
    return CLERK if CLERK.may(LEDGERS[name].permission) else ADMIN


def ledger(name: str, rows: int) -> list[list[Any]]:
    """The template's row again and again, each under a number, a code or a name of its own."""
    columns = SHEETS[name].columns
    own: dict[str, Callable[[int], Any]] = {
        "old_number": lambda n: f"2021-{n}", "uscc": uscc_of, "login": lambda n: f"user.{n}",
        "list_code": lambda n: f"33070{n:04}" if name == "towns" else f"body_{n}",
        "list_name_zh": lambda n: f"示例{n}", "list_name_en": lambda n: f"Example {n}",
        "forum": lambda n: n + 1 if name == "forums" else 1, "person": lambda n: f"示例{n}",
        "order_number": lambda n: f"KQ20231128{n:06}", "case_number": lambda n: f"{AT.year}-{n + 1:04}",
    }  # fmt: skip
    without = {"cases": {"enterprise", "forum"}, "12345": {"enterprise"}, "accounts": {"uscc", "enterprise"}}.get(
        name, set()
    )

    def cell(field: str, n: int) -> Any:
        return "" if field in without else own[field](n) if field in own else columns[field].example

    return [[column.words[0] for column in columns.values()], *([cell(f, n) for f in columns] for n in range(rows))]


def right(rows: int = RIGHT) -> Iterator[tuple[str, bytes, str]]:
    """Files of so many rows without a fault: name, content, importer."""
    codes = [uscc_of(n) for n in range(rows)]
    heads = ["企业名称", "统一社会信用代码", "行业", "镇街", "规模", "联系电话"]
    firms = [[f"示例{n}纺织有限公司", code, "C17", "柯桥", "小型", "0575-84120000"] for n, code in enumerate(codes)]
    yield "register.xlsx", as_xlsx([[heads, *firms]]), "enterprises"
    yield "register.csv", as_csv([[heads, *firms]]), "enterprises"
    months = [(year, month) for year in range(1955, 2024) for month in range(2, 13)][-rows // 4 :]
    figures = [[name, f"{year}年1-{month}月", "亿元", 10 * month, "统计局", "2024-02-20"]
               for name in INDICATORS[:4] for year, month in months]  # fmt: skip
    yield "long format.xlsx", as_xlsx([[["指标", "时期", "单位", "数值", "来源", "发布日期"], *figures]]), "indicators"
    levels, ticked = ["非常满意", "满意", "一般", "不满意"], ["网站", "窗口", "网站┋窗口"]
    sheets = [[n, f"2023/10/{1 + n % 28} 10:00:{n % 60:02}", *([WHOLE.choice(levels)] * 20), WHOLE.choice(ticked)]
              for n in range(rows)]  # fmt: skip
    asked = ["序号", "提交答卷时间", *(f"{n}、对第{n}项工作的满意度" for n in range(1, 21)), "21、渠道[多选题]"]
    yield "results.xlsx", as_xlsx([[asked, *sheets]]), "wjx"
    yield (
        "policy.xlsx",
        as_xlsx([[["统一社会信用代码", "受益日期"], *([c, "2023-05-06"] for c in codes)]]),
        "beneficiaries",
    )
    for name in LEDGERS:
        yield f"{name}.xlsx", as_xlsx([ledger(name, rows)]), name


def uscc_of(n: int) -> str:
    body = f"91330603MA{n:07}"
    return body + uscc.calc_check_digit(body)


def bringers(store: Store) -> dict[str, Callable[[Upload], Any]]:
    known = {"actor": CLERK, "at": AT}
    return {
        "indicators": lambda upload: import_indicators(store, upload=upload, **known),
        "enterprises": lambda upload: import_enterprises(store, upload=upload, **known),
        "wjx": lambda upload: import_wjx(store, content=upload.content, found=read_result_file(upload), **known),
        "beneficiaries": lambda upload: import_beneficiaries(store, policy_id="p1", upload=upload, **known),
        **{name: partial(brought_ledger, store, name) for name in LEDGERS},
    }


def hand_over(store: Store) -> None:
    """What came from the hotline goes back to it: an outcome is of a case that it has."""
    given = Given(reason="属市级部门")

    def write(con: Connection) -> None:
        seen = cases.versions(con, EVERY, CaseFilters(AT.date(), channel="hotline"), most=RIGHT)
        wanted = {case_id: (seq, given) for case_id, (seq, _) in seen.items()}
        act_together(con, wanted, actor=CLERK, action="transfer", at=AT)

    store.write(write)


class Page:
    """Somebody who looks at a page again and again while others import: how long each answer takes."""

    def __init__(self, store: Store) -> None:
        self.store, self.waits, self._done = store, list[float](), threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def _look(self) -> None:
        while not self._done.wait(0.02):
            begun = time.perf_counter()
            self.store.read(lambda con: sectors(con))
            self.waits.append(time.perf_counter() - begun)

    def __enter__(self) -> "Page":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()


def sectors(con: Any) -> int:
    """What a page does: reads lists and makes words of them."""
    found = [item for _ in range(4) for item in references.items(con, "sector")]
    return len(json.dumps([f"<li>{html.escape(item.name_zh)}</li>" for item in found]))


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


def tell(name: str, value: float, unit: str, baseline: float) -> float:
    ratio = value / baseline
    line = {
        "name": name,
        "value": round(value, 2),
        "unit": unit,
        "baseline": round(baseline, 4),
        "ratio": round(ratio, 2),
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)
    return ratio


def brought(store: Store, name: str, content: bytes, importer: str) -> Iterator[float]:
    """A right file read and written while somebody looks at a page."""
    before = idle(store)
    with Page(store) as busy:
        begun = time.perf_counter()
        done = bringers(store)[importer](Upload(name, content))
        took = time.perf_counter() - begun
    refused = getattr(done, "refused", ())
    written = getattr(done, "written", None) or getattr(done, "responses", 0)
    assert not refused and written >= RIGHT / 2, (name, refused[:3], written)
    yield tell(f"{importer}: {name}, {written} rows written", took, "s", MOST_SECONDS)
    yield looked(f"a page while {name} is brought in", busy, [*before, *idle(store)])


def made_ready(store: Store, importer: str, made: Mapping[str, tuple[bytes, str]], there: set[str]) -> None:
    """What the importer's file speaks of is brought in before it, where it is not there."""
    if (before := NEEDED.get(importer, "")) and before not in there:
        content, its = made[before]
        made_ready(store, its, made, there)
        bringers(store)[its](Upload(before, content))
        there.add(before)
    if importer == "12345-outcomes":
        hand_over(store)


def idle(store: Store) -> list[float]:
    """How long a page's answers take while nobody imports: asked before and after, since others use the machine too."""
    with Page(store) as page:
        time.sleep(2)
    return page.waits


def looked(name: str, busy: Page, idly: list[float]) -> float:
    return tell(f"{name}, of {len(busy.waits)} looks", median(busy.waits), "s", median(idly) * MOST_SLOWER)


def read_beside(store: Store, importer: str, read: Callable[[Upload], Any], slowest: list[Timed]) -> float:
    """The files that took longest once more, while somebody looks at a page."""
    before = idle(store)
    with Page(store) as busy:
        for _, name, content in slowest:
            with suppress(Refused):
                read(Upload(f"again {name}", content))  # under its name its answer is kept
    return looked(f"a page while {len(slowest)} files go through {importer}", busy, [*before, *idle(store)])


def others(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if one.is_file():
                yield one.name, one.read_bytes()[: MOST_BYTES + 1]


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wanted", nargs="*", metavar="NAME")
    parser.add_argument("--files", nargs="+", type=Path, default=[])
    asked, worst = parser.parse_args(argv), [0.0]

    def is_wanted(name: str) -> bool:
        return not asked.wanted or any(word in name for word in asked.wanted)

    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"duckdb:{folder}/store.duckdb")
        store.migrate()
        demo.begin_district(store)
        reading = importers(store)
        slowest: dict[str, list[Timed]] = {importer: [] for importer in reading}
        for name, content in others(asked.files) if asked.files else files():
            for importer, read in reading.items():
                if is_wanted(f"{importer}: {name}"):
                    found = measured(read, name, content)
                    slowest[importer] = nlargest(SLOWEST, [*slowest[importer], (found["s"], name, content)])
                    worst += [
                        tell(f"{importer}: {name}", value, unit, BASELINES[unit]) for unit, value in found.items()
                    ]
        worst += [read_beside(store, one, reading[one], known) for one, known in slowest.items() if known]
        made = {} if asked.files else {name: (content, importer) for name, content, importer in right()}
        there = set[str]()
        for name, (content, importer) in made.items():
            if is_wanted(f"{importer}: {name}"):
                made_ready(store, importer, made, there)
                worst += brought(store, name, content, importer)
                there.add(name)
        store.close()
    return int(max(worst) > 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
