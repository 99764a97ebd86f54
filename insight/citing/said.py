"""What a figure says when it is cited: its value and its past with name, definition, unit and source, in every
language, so that nothing that happens later changes it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

import i18n
from db import clock
from db.events import canonical
from db.figures.figures import Filters
from db.scope import ALL
from db.sql import Connection
from db.survey import estimates as stored
from db.survey.surveys import Wave
from i18n.writing import MAIN
from insight import wording
from insight.cases.history import history, month_ends
from insight.drawing.charts import Brush, CodeNames, read_names
from insight.drawing.colours import palette
from insight.economy.charts import source, title
from insight.economy.published import Indicator, Point, published
from insight.measures import Measure, untold
from insight.survey.comparison import Break, begun, measured
from insight.survey.mood import OVERALL
from insight.survey.protection import FEWEST
from insight.survey.wave_numbers import INDEX, Figures, read_figures

WAVES = 8
Texts = Mapping[str, str]  # by language


def say(texts: Texts, language: str) -> str:
    """Who made them need not offer the reader's language."""
    return texts.get(language, texts[MAIN])


@dataclass(frozen=True)
class CitedPoint:
    """One period: `value` in the figure's unit, `growth` in percent where one was published, `n` and the interval of an
    estimate, `begins` why it is another figure than before, where it is."""

    end: date
    period: Texts
    shown: Texts
    value: float | None
    growth: float | None = None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    begins: Texts | None = None

    def when(self, language: str) -> str:
        """The period, with the reason where the figure begins anew."""
        period = self.period[language]
        if self.begins is None:
            return period
        return i18n.text("results.begins.after", language, wave=period, why=self.begins[language])

    @property
    def known(self) -> tuple[object, ...]:
        """What a revision would change."""
        return self.end, self.value, self.growth


@dataclass(frozen=True)
class Statement:
    """`drawn` is what its picture shows, `value` or `growth`; `anew`: each year begins
    again, so that nothing joins two of them; `most` the end of a scale that has one. The last point is
    the figure itself."""

    name: Texts
    title: Texts
    definition: Texts
    unit: Texts
    source: Texts
    drawn: str
    most: float | None
    points: tuple[CitedPoint, ...]
    anew: bool = False  # a field that comes later has a value here: what was cited before lacks it

    @property
    def last(self) -> CitedPoint:
        return self.points[-1]

    def as_json(self) -> str:
        return canonical(asdict(self))


def from_json(text: str) -> Statement:
    return from_said(json.loads(text))


def from_said(found: Mapping[str, Any]) -> Statement:
    """Raises KeyError, TypeError or ValueError for what is none."""
    points = tuple(CitedPoint(**{**one, "end": date.fromisoformat(one["end"])}) for one in found["points"])
    return Statement(**{**found, "points": points})


def says(con: Connection, kind: str, codes: Sequence[str], asked: str, as_of: date) -> Mapping[str, Statement]:
    """As the records stand, by code, in one reading. None of a figure that there is not, or of which nothing is yet."""
    return SAYS[kind](con, codes, asked, as_of) if kind in SAYS else {}


def asked_of(filters: Filters) -> str:
    """Filters as an address says them; '' for everything."""
    given = {"from": filters.since, "to": filters.until, "sector": filters.sector, "town": filters.town}
    return urlencode({name: str(value) for name, value in given.items() if value})


def filters_of(asked: str) -> Filters:
    given = dict(parse_qsl(asked))
    since, until = (date.fromisoformat(given[name]) if name in given else None for name in ("from", "to"))
    return Filters(since, until, given.get("sector", ""), given.get("town", ""))


def few(measure: Measure) -> Measure:
    """A share of fewer than ten is not told: a citation travels further than the page it was made on."""
    return untold(measure) if measure.unit == "%" and measure.n < FEWEST else measure


def _every(make: Callable[[str], str]) -> Texts:
    return {language: make(language) for language in i18n.everywhere()}


def _text(key: str, **facts: object) -> Texts:
    return _every(lambda language: i18n.text(key, language, **facts))


def _of_cases(con: Connection, codes: Sequence[str], asked: str, as_of: date) -> dict[str, Statement]:
    """On the last day and at the ends of the twelve months before."""
    filters = filters_of(asked)
    days = month_ends(as_of)
    past = [history(con, scope=ALL, filters=replace(filters, until=None), day=day) for day in days[:-1]]
    now = history(con, scope=ALL, filters=filters, day=as_of)
    within = _within(con, filters)
    return {code: _of_case_figure([*past, now], code, within) for code in codes if code in now}


def _of_case_figure(stood: Sequence[Mapping[str, Measure]], code: str, within: Texts) -> Statement:
    *past, now = (day[code] for day in stood if code in day)
    points = (*(measured_point(one, last=False) for one in past), measured_point(now))
    name = _every(lambda language: i18n.text(f"figure.{code}.name", language) + within[language])
    return Statement(
        name, _title(name, points[-1], now.as_of), _both(code), _every(lambda lang: wording.axis_unit(now.unit, lang)),
        _text("cite.source_cases"), "value", 100.0 if now.unit == "%" else None, points,
    )  # fmt: skip


def _both(code: str) -> Texts:
    parts = ("definition", "formula")
    return _every(lambda language: " ".join(i18n.text(f"figure.{code}.{part}", language) for part in parts))


def _title(name: Texts, last: CitedPoint, day: date) -> Texts:
    def told(language: str) -> str:
        facts = {"name": name[language], "value": last.shown[language], "day": i18n.day(day, language)}
        return i18n.text("cite.title", language, **facts)

    return _every(told)


def measured_point(measure: Measure, *, last: bool = True) -> CitedPoint:
    one, when = few(measure), i18n.day if last else i18n.month
    value = None if one.value is None else i18n.rounded(one.value, wording.decimals(one))
    low, high = (None if end is None or value is None else i18n.rounded(end, 1) for end in (one.low, one.high))
    return CitedPoint(
        one.as_of,
        _every(lambda language: when(one.as_of, language)),
        _every(lambda language: wording.measured(one, language)),
        value,
        n=one.n,
        low=low,
        high=high,
    )


def _within(con: Connection, filters: Filters) -> Texts:
    """Of which part of the district and of which days, in brackets; nothing for everything."""
    if filters == Filters():
        return _every(lambda _: "")

    def told(language: str) -> str:
        names = read_names(con, language)
        places = [names.of(of, code) for of, code in (("town", filters.town), ("sector", filters.sector)) if code]
        days = [i18n.text(f"cite.{of}", language, day=i18n.day(day, language))
                for of, day in (("since", filters.since), ("until", filters.until)) if day]  # fmt: skip
        return i18n.LANGUAGES[language].aside.format(i18n.listed([*places, *days], language))

    return _every(told)


def _of_economy(con: Connection, codes: Sequence[str], _asked: str, as_of: date) -> dict[str, Statement]:
    """Every period that was published by the day."""
    return {one.code: _of_indicator(one) for one in published(con, as_of) if one.code in codes}


def _of_indicator(one: Indicator) -> Statement:
    grows = any(point.growth is not None for point in one.points)
    return Statement(
        _every(one.say), _every(lambda language: title(one, plain_brush(language))),
        _every(lambda language: _defined(one, language)),
        _every(lambda language: i18n.text(f"import.unit_name.{one.unit}", language)),
        _every(lambda language: source(one, plain_brush(language))), "growth" if grows else "value", None,
        tuple(_published(one, point) for point in one.points), one.period_kind.startswith("ytd"),
    )  # fmt: skip


def _defined(one: Indicator, language: str) -> str:
    """Unit, periods, basis and scope, in a line."""
    told = (f"import.unit_name.{one.unit}", f"economy.kind.{one.period_kind}", f"economy.scope.{one.scope}")
    return i18n.listed([*(i18n.text(key, language) for key in told), wording.basis(one, language)], language)


def _published(one: Indicator, point: Point) -> CitedPoint:
    def shown(language: str) -> str:
        level = "" if point.value is None else wording.amount(point.value, one.unit, point.decimals, language)
        growth = "" if point.growth is None else wording.growth(point.growth, language)
        return " ".join(filter(None, (level if one.has_level else "", growth))) or "—"

    period = _every(lambda language: wording.dated_period(one, point, language))
    return CitedPoint(point.end, period, _every(shown), point.value, point.growth)


def _of_mood(con: Connection, codes: Sequence[str], _asked: str, as_of: date) -> dict[str, Statement]:
    """The index or a dimension, wave by wave, each under its protection."""
    waves = stored.closed_waves(con, clock.start_of_day(as_of))[:WAVES][::-1]
    known = [read_figures(con, wave) for wave in waves]
    told = {code: _of_sense(waves, known, code) for code in codes if known}
    return {code: one for code, one in told.items() if one}


def _of_sense(waves: Sequence[Wave], known: Sequence[Figures], code: str) -> Statement | None:
    asked = INDEX if code == OVERALL else code
    found, anew = [measured(one, asked) for one in known], begun(known, asked)
    if found[-1].value is None:
        return None
    points = tuple(_of_wave(wave, one, anew.get(wave.number)) for wave, one in zip(waves, found, strict=True))
    name, part = _text(f"mood.dimension.{code}"), "index" if code == OVERALL else "dimension"
    definition = _every(lambda language: i18n.text(f"glance.drawer.{part}", language, name=name[language]))
    return Statement(name, _title(name, points[-1], found[-1].as_of), definition, _text("cite.points"),
                _text("cite.source_mood"), "value", 100.0, points)  # fmt: skip


def _of_wave(wave: Wave, measure: Measure, why: Break | None) -> CitedPoint:
    return replace(
        measured_point(measure, last=False),
        period=_every(lambda language: wave.say(language, "title")),
        begins=_text(f"results.begins.{why}") if why else None,
    )


def plain_brush(language: str) -> Brush:
    """For what names no body or town, on paper."""
    return Brush(palette(dark=False), CodeNames(), language)


SAYS: dict[str, Callable[[Connection, Sequence[str], str, date], dict[str, Statement]]] = {
    "cases": _of_cases,
    "economy": _of_economy,
    "mood": _of_mood,
}
