"""The headline figures of a wave as tiles: value, interval, change, what the answers are worth."""

import i18n
from insight.survey.report import Report, ReportRow
from insight.survey.report_words import Speech
from insight.survey.wave_numbers import INDEX
from pages.shared.markup import Markup, show

ORDER = (INDEX, "satisfied", "top2", "top3", "nps", "diffusion")


def tiles(found: Report, say: Speech) -> None:
    show(tiles_markup(found, say))


def tiles_markup(found: Report, say: Speech) -> Markup:
    rows = [row for code in ORDER if (row := found.figure(code)) and row.told]
    rate = say.word("rate_of", answered=say.number(found.answered, 0), drawn=say.number(found.drawn, 0))
    last = _tile(say.word("rate"), i18n.percent(say.number(found.rate), say.language), [rate], large=False)
    figures = Markup().join(_figure(row, say, _no_change(found, row, say)) for row in rows)
    return Markup('<div class="f2f-tilesrow">{}{}</div>').format(figures, last)


def _no_change(found: Report, row: ReportRow, say: Speech) -> list[str]:
    """Why the index stands without a change; that it begins anew is said above."""
    if row.code != INDEX or row.by is not None or found.reweighted or INDEX in found.remade:
        return []
    return [say.word("no_before" if found.before_zh else "first")]


def _figure(row: ReportRow, say: Speech, beside: list[str]) -> Markup:
    unit = "%" if row.unit == "%" else ""
    lines = [*worth_lines(row, say), *beside]
    value = say.nothing(row) if row.value is None else say.number(row.value, row.decimals)
    return _tile(say.word(row.code), value + unit, lines, large=row.code == INDEX)


def worth_lines(row: ReportRow, say: Speech) -> list[str]:
    """Interval, change on the wave before, and what its n is worth, as far as they are told."""
    small = []
    if row.value is not None:
        small.append(say.interval(row))
    if row.by is not None and row.by_low is not None and row.by_high is not None:
        span = {"by": say.signed(row.by), "low": say.signed(row.by_low), "high": say.signed(row.by_high)}
        small.append(say.word("change", **span) + say.word("sure" if row.surely_moved else "unsure"))
    n = say.number(row.n, 0)
    if row.deff is None or row.effective is None:
        return [*small, say.word("dimensions.n", n=n)]
    return [*small, say.word("worth", n=n, effective=say.number(row.effective, 0), deff=say.number(row.deff, 2))]


def _tile(name: str, value: str, small: list[str], *, large: bool) -> Markup:
    lines = Markup().join(map(Markup("<small>{}</small>").format, small))
    look = Markup(' class="f2f-large"') if large else ""
    return Markup('<div class="f2f-tile"><span>{}</span><b{}>{}</b>{}</div>').format(name, look, value, lines)
