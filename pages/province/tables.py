"""All figures by their median, and who sends: the tables of the page."""

from collections.abc import Sequence

import i18n
from db import clock
from insight.citing.said import say
from insight.province.sent import DistrictFigures
from insight.province.side_by_side import is_late, keys, number, side_by_side, usual_period
from pages.shared.here import lang, now, t
from pages.shared.markup import Markup, show


def all_figures(found: Sequence[DistrictFigures], chosen: str) -> None:
    """Each of its usual period; its name opens it."""
    rows = Markup().join(_figure(found, key, chosen) for key in keys(found))
    show(_narrow([t(f"province.column.{name}") for name in ("figure", "median", "range", "n")], rows))


def senders(found: Sequence[DistrictFigures]) -> None:
    line = Markup("<tr><th scope=row>{}</th><td{}>{}</td></tr>")
    rows = Markup().join(line.format(one.say(lang()), _look(one), _sent(one)) for one in found)
    if rows:
        show(_narrow([t(f"province.column.{name}") for name in ("district", "sent")], rows))


def table(heads: Sequence[str], rows: Markup) -> Markup:
    cells = Markup().join(Markup('<th scope="col">{}</th>').format(head) for head in heads)
    made = Markup('<table class="f2f-districts"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>')
    return made.format(cells, rows)


def _narrow(heads: Sequence[str], rows: Markup) -> Markup:
    return Markup('<div class="f2f-of-all">{}</div>').format(table(heads, rows))


def _figure(found: Sequence[DistrictFigures], key: str, chosen: str) -> Markup:
    one = side_by_side(found, key, usual_period(found, key), now())
    spread = "—"
    if one.low is not None and one.high is not None:
        spread = f"{number(one, one.low, lang())} – {number(one, one.high, lang())}"
    line = Markup(
        '<tr><th scope=row><a href="?i={}" target="_self"{}>{}</a></th><td>{}</td><td>{}</td><td>{}</td></tr>'
    )
    return line.format(
        key, Markup(' aria-current="page"') if key == chosen else "", say(one.said.name, lang()),
        "—" if one.median is None else number(one, one.median, lang()), spread, len(one.telling),
    )  # fmt: skip


def _sent(one: DistrictFigures) -> str:
    if one.fault:
        return t(f"province.fault.{one.fault}")
    day = i18n.day(clock.day_of(one.at), lang())
    return late_since(one) if is_late(one, now()) else t("province.sent", day=day, n=len(one.figures))


def late_since(one: DistrictFigures) -> str:
    return t("province.late", day=i18n.day(clock.day_of(one.at), lang()))


def _look(one: DistrictFigures) -> Markup:
    return Markup(' class="f2f-late"') if one.fault or is_late(one, now()) else Markup()
