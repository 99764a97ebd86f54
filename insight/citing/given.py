"""A citation as it is given away: its picture, its numbers as a table, and all of it as data."""

import json
from dataclasses import asdict
from datetime import date

import i18n
from db.figures.citations import Cited
from insight.citing.said import CitedPoint, Statement, from_json, plain_brush
from insight.citing.standing import Superseded
from insight.drawing.charts import Chart
from insight.drawing.past import PastPoint, past
from insight.drawing.svg import svg

SHOWN = 24  # periods of the picture, the newest
KINDS = ("svg", "csv", "json")
Cell = str | int | float | date | None
COLUMNS = ("figure", "period", "ends", "value", "growth", "n", "low", "high", "unit", "as_of", "revision", "definition",
           "source")  # fmt: skip


def chart(said: Statement, language: str) -> Chart:
    """Its past, oldest first."""
    points = list[PastPoint]()
    for before, point in zip([None, *said.points[-SHOWN:]], said.points[-SHOWN:], strict=False):
        if before and said.anew and before.end.year != point.end.year:
            points.append(PastPoint("", "", None))
        points.append(_drawn(said, point, language))
    unit = "%" if said.drawn == "growth" or said.most else ""
    return past(points, said.title[language], unit, plain_brush(language), most=said.most)


def _drawn(said: Statement, point: CitedPoint, language: str) -> PastPoint:
    value = point.growth if said.drawn == "growth" else point.value
    begins = point.begins[language] if point.begins else ""
    return PastPoint(point.period[language], point.shown[language], value, point.low, point.high, begins)


def notes(one: Cited, language: str, address: str, standing: Superseded | None) -> list[str]:
    """Below the picture: where its numbers are from, as of when, whether they still stand, and where it lives."""
    said, day = from_json(one.content), i18n.day(one.as_of, language)
    stands = [over(standing, language)] if standing else []
    revision = i18n.text("cite.revision", language, day=day, revision=one.n)
    return [*stands, said.source[language], f"{revision}　{address}"]


def over(standing: Superseded, language: str) -> str:
    return i18n.text("cite.superseded", language, now=standing.now[language], n=standing.changed)


def picture(one: Cited, language: str, address: str, standing: Superseded | None) -> str:
    return str(svg(chart(from_json(one.content), language), notes(one, language, address, standing),
                   plain_brush(language)))  # fmt: skip


def table(one: Cited, language: str) -> tuple[list[str], list[list[Cell]]]:
    """A row a period with all that it needs to be understood alone."""
    said = from_json(one.content)
    rows: list[list[Cell]] = [
        [said.name[language], point.when(language), point.end, point.value, point.growth, point.n, point.low,
         point.high, said.unit[language], one.as_of, one.n, said.definition[language], said.source[language]]
        for point in said.points
    ]  # fmt: skip
    return [i18n.text(f"cite.column.{name}", language) for name in COLUMNS], rows


def data(one: Cited, address: str, standing: Superseded | None) -> str:
    told = {"address": address, "kind": one.kind, "code": one.code, "as_of": one.as_of.isoformat(), "revision": one.n,
            "hash": one.hash, "superseded": asdict(standing) if standing else None}  # fmt: skip
    return json.dumps(told | json.loads(one.content), ensure_ascii=False, indent=1)
