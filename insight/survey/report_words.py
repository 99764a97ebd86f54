"""A report in words: the sentence on top, how far to trust it, its method. Every reader gets the same ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

import i18n
from insight import wording
from insight.drawing.charts import CodeNames
from insight.noise import decimals, estimated, way
from insight.survey.estimates import Estimate
from insight.survey.protection import FEWEST
from insight.survey.report import RULE, Report, ReportRow
from insight.survey.wave_numbers import INDEX
from insight.survey.weighting import MISSED

METHOD = ("frame", "weight", "score", "error", "rank", "protect")
WIDENED = 3  # the rule of protection from which every figure is asked, and intervals of missed margins are wider
NAMED = 2  # dimensions that the sentence names at either end


@dataclass(frozen=True)
class Speech:
    """What turns codes into words: the language, and the names of towns, sectors and sizes."""

    language: str
    names: CodeNames

    def word(self, key: str, **facts: object) -> str:
        return i18n.text(f"results.{key}", self.language, **facts)

    def number(self, value: float, decimals: int = 1) -> str:
        return i18n.number(value, self.language, decimals).replace("-", "−")  # as `signed` writes it

    def exact(self, value: float) -> str:
        """With the digits that it has."""
        return self.number(value, places(value))

    def signed(self, value: float) -> str:
        """A change, or an end of its interval."""
        return i18n.signed(value, self.language, decimals(value))

    def moved(self, value: float) -> str:
        """How much, whichever way."""
        return self.number(abs(value), decimals(value))

    def figure(self, code: str) -> str:
        """A headline figure's name, or a dimension's."""
        key = f"mood.dimension.{code}"
        return i18n.text(key, self.language) if key in i18n.catalogue() else self._headline(code)

    def _headline(self, code: str) -> str:
        return self.word(code) if f"results.{code}" in i18n.catalogue() else code

    def group(self, table: str, code: str) -> str:
        if table == "size":
            return i18n.text(f"size.{code}", self.language)
        return self.names.of("town" if table == "town" else "sector", code)

    def nothing(self, row: ReportRow) -> str:
        """Why a row has no value: too few answered, or the value is near an end of its scale."""
        if row.low is None or row.high is None:
            return self.word("suppressed")
        return wording.at_end(row.low, row.high, self.language)

    def interval(self, row: ReportRow) -> str:
        if row.low is None or row.high is None:
            return self.word("no_interval")
        return self.word("interval", low=self.number(row.low, row.decimals), high=self.number(row.high, row.decimals))

    def listed(self, words: list[str]) -> str:
        return self.word("sentence.comma").join(words)


def places(value: float) -> int:
    return len(np.format_float_positional(value, trim="-").partition(".")[2])


def sentence(found: Report, say: Speech) -> str:
    """The index, whether it moved more than chance, and the ends of the ranking."""
    index = found.figure(INDEX)
    if index is None or not index.told:
        return say.word("no_index", n=found.answered) if found.answered >= FEWEST else say.word("few")
    missed = (
        say.word("sentence.missed", off=say.number(100 * found.off, 0))
        if found.off > MISSED and found.rule >= WIDENED
        else ""
    )
    said = missed + _said(found.title(say.language), index, say)
    if index.value is None:
        return said + say.word("sentence.first") + _ends(found, say)
    return said + _movement(found, index, say) + _ends(found, say)


def _said(wave: str, index: ReportRow, say: Speech) -> str:
    if index.value is None:
        return say.word("sentence.index_end", wave=wave, value=_value(index, say))
    if index.low is None:
        return say.word("sentence.index_alone", wave=wave, value=_value(index, say))
    return say.word("sentence.index", wave=wave, **_span(index, say))


def _movement(found: Report, index: ReportRow, say: Speech) -> str:
    if INDEX in found.remade:
        return say.word("sentence.remade")
    if found.reweighted:
        return say.word("sentence.reweighted")
    if index.by is None:
        return say.word("sentence.first")
    if not index.surely_moved:
        return say.word("sentence.same", by=say.signed(index.by))
    return say.word("sentence.up" if index.by > 0 else "sentence.down", by=say.moved(index.by))


def _ends(found: Report, say: Speech) -> str:
    known = [row for row in found.dimensions if row.best is not None and row.worst is not None]
    low = [row for row in known if row.worst == len(known) and row.best != 1][::-1][:NAMED]
    high = [row for row in known if row.best == 1 and row.worst != len(known)][:NAMED]
    if not low or not high:  # one whose interval spans them all is at neither end
        return ""
    names = [say.listed([say.figure(row.code) for row in rows]) for rows in (low, high)]
    space = i18n.LANGUAGES[say.language].sentences
    return space + say.word("sentence.weakest", names=names[0]) + space + say.word("sentence.strongest", names=names[1])


def trust(found: Report, say: Speech) -> list[str]:
    """Response, non-response, weights and doubtful answers, one line each."""
    facts = {"population": found.population, "drawn": found.drawn, "answered": found.answered}
    lines = [say.word("trust.answered", rate=say.number(found.rate), **{k: say.number(n, 0) for k, n in facts.items()})]
    if found.outside:
        lines.append(say.word("trust.outside", n=found.outside))
    lines += _open(found, say)
    lines += [line for table in ("size", "section", "town") if (line := _rates(found, table, say))]
    lines.append(_lateness(found, say))
    lines.append(say.word("trust.weights", off=say.number(100 * found.off, 2), n=found.trimmed))
    return [*lines, *_doubts(found, say)]


def _open(found: Report, say: Speech) -> list[str]:
    """What came by a wall's code, beside the estimates and never in them."""
    told = [say.word("trust.open_one", name=say.word(row.code), value=_value(row, say)) for row in found.open]
    return [say.word("trust.open", n=found.open[0].n, figures=say.listed(told))] if told else []


def _value(row: ReportRow, say: Speech) -> str:
    value = say.nothing(row) if row.value is None else say.number(row.value, row.decimals)
    return value + ("%" if row.unit == "%" else "")


def _rates(found: Report, table: str, say: Speech) -> str:
    rates = [(100 * one.answered / one.drawn, one.code) for one in found.rates if one.table == table and one.drawn]
    if len(rates) < 2:
        return ""
    (low, lowest), (high, highest) = min(rates), max(rates)
    return say.word(
        "trust.rates", table=say.word(f"where.{table}"), low=say.group(table, lowest), low_rate=say.number(low),
        high=say.group(table, highest), high_rate=say.number(high),
    )  # fmt: skip


def _lateness(found: Report, say: Speech) -> str:
    late = found.late
    if late is None or late.by is None:
        return say.word("trust.late_none")
    bounds = {"low": say.signed(late.by_low or 0), "high": say.signed(late.by_high or 0)}
    if not late.surely_moved:
        return say.word("trust.late_same", by=say.signed(late.by), **bounds)
    direction = say.word("trust.higher" if late.by > 0 else "trust.lower")
    return say.word("trust.late_moved", direction=direction, by=say.moved(late.by), **bounds)


def _doubts(found: Report, say: Speech) -> list[str]:
    known = {kind: n for kind, n in found.doubtful.items() if n}
    if not known:
        return [say.word("trust.doubts_none")]
    kinds = say.listed([say.word("trust.kind", name=say.word(f"doubt.{kind}"), n=n) for kind, n in known.items()])
    return [say.word("trust.doubts", n=sum(known.values()), kinds=kinds), _without(found.without, say)]


def _without(index: ReportRow | None, say: Speech) -> str:
    if index is None or not index.told:
        return say.word("trust.without_few")
    if index.value is None or index.low is None:
        return say.word("trust.without_alone", value=_value(index, say))
    return say.word("trust.without", **_span(index, say))


def _protected(found: Report) -> tuple[str, ...]:
    """What the method adds, by the rule of protection that a report was made by."""
    earlier = ("earlier",) if found.rule < RULE else ()
    if found.rule < WIDENED:
        return earlier
    few = any(row.whole for row in (*found.figures, *found.dimensions))
    return (*earlier, "cells", "few") if few else (*earlier, "cells")


def method(found: Report, say: Speech) -> list[str]:
    told = say.listed([f"{say.figure(code)} {weight:g}" for code, weight in found.weights.items()])
    lines = (*METHOD, *_protected(found), *(("questions",) if found.questions else ()))
    anew = [_anew(found.remade, say)] if found.remade else []
    return [*(say.word(f"method.{name}") for name in lines), *anew, say.word("method.weights_of", weights=told)]


def _anew(codes: Sequence[str], say: Speech) -> str:
    return say.word("method.remade", names=say.listed([say.figure(code) for code in codes]))


def dimensions_source(found: Report, say: Speech) -> str:
    """How the rows are read, and why some stand without a change."""
    anew = [row.code for row in found.dimensions if row.code in found.remade]
    return say.word("dimensions.source") + (_anew(anew, say) if anew else "")


def dimensions_finding(found: Report, say: Speech) -> str:
    known = [row for row in found.dimensions if row.value is not None]
    if not _apart(known):
        return say.word("dimensions.finding_tied")
    return say.word("dimensions.finding", best=say.figure(known[0].code), worst=say.figure(known[-1].code))


def _apart(rows: Sequence[ReportRow]) -> bool:
    """Whether the first lies surely above the last: their intervals do not meet."""
    if len(rows) < 2 or rows[0].low is None or rows[-1].high is None:
        return False
    return rows[0].low > rows[-1].high


def cells_finding(table: str, rows: tuple[ReportRow, ...], say: Speech) -> str:
    if len(rows) < 2:
        return say.word("where.one" if rows else "where.none")
    if not _apart(rows):
        return say.word("where.tied")
    return say.word("where.apart", best=say.group(table, rows[0].code), worst=say.group(table, rows[-1].code))


def priorities(found: Report) -> list[tuple[ReportRow, bool]]:
    """Dimensions by importance, and whether each matters more and scores less than the average."""
    known = [row for row in found.dimensions if row.importance is not None and row.value is not None]
    if not known:
        return []
    matters = sum(row.importance or 0 for row in known) / len(known)
    scores = sum(row.value or 0 for row in known) / len(known)
    ordered = sorted(known, key=lambda row: -(row.importance or 0))
    return [(row, (row.importance or 0) > matters and (row.value or 0) < scores) for row in ordered]


def priorities_finding(found: Report, say: Speech) -> str:
    first = [say.figure(row.code) for row, act in priorities(found) if act]
    return say.word("priorities.finding", names=say.listed(first)) if first else say.word("priorities.none")


def time_finding(name: str, points: list[Estimate], say: Speech, *, anew: bool) -> str:
    """Whether the newest wave differs from the first, as two samples; its value alone where that cannot be said. `anew`
    where they are those since the figure began anew."""
    moved = estimated(points[-1], points[0]) if len(points) > 1 else None
    if moved is None:
        value = say.number(points[-1].value, points[-1].decimals) if points else "—"
        return say.word("time.finding_one", name=name, value=value)
    first = say.word("time.first_anew" if anew else "time.first")
    return say.word(f"time.finding_{way(moved)}", name=name, by=say.moved(moved.by), first=first)


def _span(row: ReportRow, say: Speech) -> dict[str, str]:
    numbers = {"value": row.value, "low": row.low, "high": row.high}
    return {name: say.number(value, row.decimals) if value is not None else "—" for name, value in numbers.items()}
