"""One wave's results as plain rows: what the page, the public page, the files and the Word report all say.

A report holds only what may be shown. As JSON it is what gets published, so it must stay readable for years: fields
are added, never renamed.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import timedelta
from typing import Any

import i18n
from db import clock
from i18n.names import Named
from insight.measures import Measure
from insight.noise import Moved, surely
from insight.survey.cells import SCORED
from insight.survey.comparison import broken, cell, changes, measured
from insight.survey.estimates import Estimate, ranks
from insight.survey.questions import ToldAnswer, ToldQuestion
from insight.survey.wave_numbers import INDEX, WaveNumbers

TABLES = ("town", "section", "division", "size")
HEADLINES = (INDEX, *SCORED)
# Of protection: 1 is decision 0009, 2 decision 0020, 3 asks every figure by weights (0009, second part), 4 tells the
# whole as a cell where it has no more answers than one (0020), 5 leaves fewer than ten answers their room by every
# interval and row (0009, fourth part), 6 tells no mean that a step of one answer moves much, and no end of a scale that
# the rest of the whole tells better (0050); 7 no digits that count a stratum or tell the heaviest answer, and no
# importance of what is told without digits (0057); 8 counts weights that are nearly the same as one, and leaves nothing
# out by which it is known that all said the same (0057, second part); 9 tells by no table what another that is missing
# for what was said would sharpen (0057, third part); 10 no rows that together leave somebody nearer an end than a cell
# tells (0057, fourth part), and how many answered in tens (0057, fifth part); 11 no whole number that tells of an odd
# weight what it answered, and of ten that somebody cannot be one of them (0061).
RULE = 11
DECIMALS = {"effective": 0}  # of a row; all others 2
ONE_SHOWN = frozenset({"value", "low", "high", "by", "by_low", "by_high"})  # with one decimal on every page


@dataclass(frozen=True)
class ReportRow:
    """One figure of `n` answers or more (in tens): `value` None where it is suppressed. `by` is the change on the
    wave before, `best` and `worst` the ranks it may have. `importance` is a dimension's correlation with overall
    satisfaction. `whole`: of a few, told in whole numbers; between `low` and `high` without a value it is near an
    end of its scale."""

    code: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    effective: float | None = None
    deff: float | None = None
    by: float | None = None
    by_low: float | None = None
    by_high: float | None = None
    best: int | None = None
    worst: int | None = None
    importance: float | None = None
    whole: bool = False

    @property
    def decimals(self) -> int:
        return 0 if self.whole else 1

    @property
    def told(self) -> bool:
        """In a number, or as near an end of its scale."""
        return self.value is not None or self.low is not None

    @property
    def surely_moved(self) -> bool:
        return surely(self.by_low, self.by_high)


@dataclass(frozen=True)
class Rated:
    """Who was asked and who answered, in a cell of a table ('' the whole)."""

    table: str
    code: str
    answered: int
    drawn: int


@dataclass(frozen=True)
class Report(Named):
    """`tables[table][figure]` are the cells that may be shown, `hidden[table]` how many are not. `late` is the index
    of the later half of the answers less that of the earlier; `without` the index without doubtful answers;
    `reweighted`: the index has other weights than the wave before, so its change is not given; `remade` are figures
    that the wave before made of other questions;
    `open` the figures of answers by open links, a mean of whoever came and no estimate; `rule` which rule of protection
    it was made by: what was published by an earlier one stays as it was; `questions` those that no figure counts."""

    number: int
    title_zh: str
    title_en: str
    opened: str
    closed: str
    before_zh: str
    before_en: str
    population: int
    drawn: int
    answered: int
    outside: int
    figures: tuple[ReportRow, ...]
    dimensions: tuple[ReportRow, ...]
    tables: dict[str, dict[str, tuple[ReportRow, ...]]]
    hidden: dict[str, int]
    rates: tuple[Rated, ...]
    late: ReportRow | None
    without: ReportRow | None
    doubtful: dict[str, int]
    weights: dict[str, float]
    off: float
    trimmed: int
    reweighted: bool = False
    remade: tuple[str, ...] = ()
    open: tuple[ReportRow, ...] = ()
    rule: int = 1
    questions: tuple[ToldQuestion, ...] = ()

    def title(self, language: str) -> str:
        return self.say(language, "title")

    def before(self, language: str) -> str:
        return self.say(language, "before")

    @property
    def rate(self) -> float:
        return 100 * self.answered / self.drawn if self.drawn else 0.0

    def figure(self, code: str) -> ReportRow | None:
        return next((row for row in self.figures if row.code == code), None)


def report(now: WaveNumbers, before: WaveNumbers | None) -> Report:
    moved, wave = changes(now, before), now.wave
    return Report(
        number=wave.number,
        title_zh=wave.title_zh,
        title_en=wave.title_en,
        opened=clock.day_of(wave.opens_at).isoformat(),
        closed=clock.day_of(wave.closes_at - timedelta(seconds=1)).isoformat(),
        before_zh=before.wave.title_zh if before else "",
        before_en=before.wave.title_en if before else "",
        population=now.population,
        drawn=now.drawn,
        answered=now.answered,
        outside=now.outside,
        figures=tuple(_row(code, measured(now, code), moved.get(code)) for code in HEADLINES if _asked(now, code)),
        dimensions=_dimensions(now, moved),
        tables={name: {code: _cells(now, name, code) for code in now.cells[name]} for name in TABLES},
        hidden={name: len(now.tables[name].hidden) for name in TABLES},
        rates=tuple(Rated(name, one.code, one.answered, one.drawn) for name, rs in now.rates.items() for one in rs),
        late=_late(now),
        without=_row(INDEX, measured(now, INDEX, now.without), None) if now.without else None,
        doubtful=dict(now.integrity.counts),
        weights=dict(now.weights),
        off=now.off,
        trimmed=now.trimmed,
        reweighted=before is not None and broken(now, before, INDEX) == "reweighted",
        remade=tuple(code for code in (INDEX, *now.dimensions, *SCORED) if before and _remade(now, before, code)),
        open=tuple(_of_open(_row(code, measured(now, code, one), None)) for code, one in now.open.items()),
        rule=RULE,
        questions=now.questions,
    )


def chosen(whole: Report, parts: Iterable[str]) -> Report:
    """What of it the district publishes: 'dimensions', 'questions' and tables by name; the headlines always."""
    wanted = set(parts)
    return replace(
        whole,
        dimensions=whole.dimensions if "dimensions" in wanted else (),
        tables={name: cells for name, cells in whole.tables.items() if name in wanted},
        hidden={name: n for name, n in whole.hidden.items() if name in wanted},
        rates=tuple(rate for rate in whole.rates if rate.table in wanted),
        questions=whole.questions if "questions" in wanted else (),
    )


def to_json(found: Report) -> str:
    return json.dumps(asdict(found), ensure_ascii=False, sort_keys=True)


def from_json(content: str) -> Report:
    told = json.loads(content)
    made = {
        "figures": _rows(told["figures"]),
        "dimensions": _rows(told["dimensions"]),
        "tables": {name: {code: _rows(rows) for code, rows in cells.items()} for name, cells in told["tables"].items()},
        "open": _rows(told.get("open", ())),
        "questions": tuple(_question(one) for one in told.get("questions", ())),
        "remade": tuple(told.get("remade", ())),
        "rates": tuple(Rated(**rate) for rate in told["rates"]),
        "late": _known(ReportRow, told["late"]) if told["late"] else None,
        "without": _known(ReportRow, told["without"]) if told["without"] else None,
    }
    return _known(Report, told | made)


def _rows(told: Sequence[dict[str, Any]]) -> tuple[ReportRow, ...]:
    return tuple(_known(ReportRow, row) for row in told)


def _question(told: dict[str, Any]) -> ToldQuestion:
    return _known(ToldQuestion, told | {"rows": tuple(_known(ToldAnswer, row) for row in told["rows"])})


def _known(record: type, told: dict[str, Any]) -> Any:  # noqa: ANN401
    names = {one.name for one in fields(record)}
    return record(**{name: value for name, value in told.items() if name in names})


def _remade(now: WaveNumbers, before: WaveNumbers, code: str) -> bool:
    """One that both have."""
    return code in now.made_of.keys() & before.made_of.keys() and broken(now, before, code) == "remade"


def _asked(now: WaveNumbers, code: str) -> bool:
    """A figure of an item that this version does not ask is no suppressed one."""
    return code in now.figures or code == INDEX


def _dimensions(now: WaveNumbers, moved: dict[str, Moved]) -> tuple[ReportRow, ...]:
    """The best first, then those that are not shown."""
    rows = [_row(code, measured(now, code), moved.get(code), now.importance.get(code)) for code in now.dimensions]
    return _ranked(rows, [now.figures.get(code) for code in now.dimensions])


def _cells(now: WaveNumbers, table: str, figure: str) -> tuple[ReportRow, ...]:
    cells = now.cells[table][figure]
    rows = [_row(code, cell(now, table, code, figure), None) for code in cells]
    return _ranked(rows, list(cells.values()))


def _ranked(rows: Sequence[ReportRow], estimates: Sequence[Estimate | None]) -> tuple[ReportRow, ...]:
    known = [one for one in estimates if one is not None]
    places = iter(ranks(known))
    placed = [
        (row, next(places) if one is not None else (None, None)) for row, one in zip(rows, estimates, strict=True)
    ]
    made = [replace(row, best=best, worst=worst) for row, (best, worst) in placed]
    return tuple(sorted(made, key=_place))


def _place(row: ReportRow) -> tuple[bool, float, str]:
    """By what is written of it, so that the order of two says no more; what is not shown is last."""
    best = row.value if row.value is not None else row.low
    return best is None, -(best or 0), row.code


def _row(code: str, found: Measure, moved: Moved | None, importance: Estimate | None = None) -> ReportRow:
    at_end = found.value is None and found.low is not None
    made = ReportRow(
        code, found.unit, found.value, found.low, found.high, found.n, found.effective, found.deff,
        moved.by if moved else None, moved.low if moved else None, moved.high if moved else None,
        importance=importance.value if importance else None, whole=at_end or isinstance(found.value, int),
    )  # fmt: skip
    return _rounded(made)


def _of_open(row: ReportRow) -> ReportRow:
    """Without an interval, which would speak of enterprises that nobody drew; ends say which of the scale is near."""
    return row if row.value is None else replace(row, low=None, high=None, effective=None, deff=None)


def _late(now: WaveNumbers) -> ReportRow | None:
    if now.lateness is None:
        return None
    late = now.lateness
    made = ReportRow("late", "points", late.late.value, late.late.low, late.late.high, late.late.n,
               by=late.moved, by_low=late.low, by_high=late.high, whole=late.late.whole)  # fmt: skip
    return _rounded(made)


def _rounded(row: ReportRow) -> ReportRow:
    """Two decimals in every file: a weighted mean of ten answers with all its digits can be solved for the ten."""
    numbers = {name: x for name, x in vars(row).items() if isinstance(x, float) and not math.isnan(x)}
    return replace(row, **{name: kept(name, x) for name, x in numbers.items()})


def kept(name: str, value: float) -> float:
    """What a page would round a second time the wrong way is cut instead: 0.846 to 0.84, for 0.85 would show as 0.9."""
    near = i18n.rounded(value, DECIMALS.get(name, 2))
    if name not in ONE_SHOWN or i18n.rounded(near, 1) == i18n.rounded(value, 1):
        return near
    return i18n.rounded(near - math.copysign(0.01, value), 2)
