"""The headline figures of a wave as tiles: value, interval, change, what the answers are worth."""

from html import escape

import streamlit as st

from insight.report import Report, Row
from insight.report_words import Speech
from insight.wave_numbers import INDEX

ORDER = (INDEX, "satisfied", "top2", "top3", "nps", "diffusion")


def tiles(found: Report, say: Speech) -> None:
    st.html(tiles_markup(found, say))


def tiles_markup(found: Report, say: Speech) -> str:
    rows = [row for code in ORDER if (row := found.figure(code)) and row.value is not None]
    rate = say.word("rate_of", answered=say.number(found.answered, 0), drawn=say.number(found.drawn, 0))
    last = _tile(say.word("rate"), f"{say.number(found.rate)}%", [rate], large=False)
    return f'<div class="f2f-tilesrow">{"".join(_figure(row, say) for row in rows)}{last}</div>'


def _figure(row: Row, say: Speech) -> str:
    unit = "%" if row.unit == "%" else ""
    name = say.word(row.code)
    return _tile(name, say.number(row.value or 0) + unit, worth_lines(row, say), large=row.code == INDEX)


def worth_lines(row: Row, say: Speech) -> list[str]:
    """Interval, change on the wave before, and what its n is worth."""
    small = []
    if row.low is not None and row.high is not None:
        small.append(say.word("interval", low=say.number(row.low), high=say.number(row.high)))
    if row.by is not None and row.by_low is not None and row.by_high is not None:
        span = {"by": say.signed(row.by), "low": say.signed(row.by_low), "high": say.signed(row.by_high)}
        small.append(say.word("change", **span) + ("" if row.surely_moved else say.word("unsure")))
    deff, effective = say.number(row.deff or 1, 2), say.number(row.effective or row.n, 0)
    small.append(say.word("worth", n=say.number(row.n, 0), effective=effective, deff=deff))
    return small


def _tile(name: str, value: str, small: list[str], *, large: bool) -> str:
    lines = "".join(f"<small>{escape(line)}</small>" for line in small)
    look = ' class="f2f-large"' if large else ""
    return f'<div class="f2f-tile"><span>{escape(name)}</span><b{look}>{escape(value)}</b>{lines}</div>'
