"""Estimates beside the truth of the whole frame, weights and response rates beside a count by hand."""

from collections import Counter
from typing import Any

import numpy as np

from bench.wave.district import ITEMS, Run
from db import sql
from db.survey import samples, surveys
from insight.survey import answers
from insight.survey.report import report
from insight.survey.wave_numbers import read_numbers

DIMENSION = {"P1": "policy", "F1": "finance", "F2": "finance", "C1": "costs", "C2": "costs", "L1": "labour",
             "L2": "labour", "I1": "infrastructure", "R1": "regulation", "R2": "regulation", "J1": "law", "J2": "law",
             "S1": "service"}  # fmt: skip


def compare(run: Run, wave: surveys.Wave) -> dict[str, Any]:
    """Estimates beside the truth of the whole frame, weights and rates beside a count by hand."""
    with run.step("results"):
        found = report(run.store.read(lambda con: read_numbers(con, wave)), None)
    sample = run.store.read(lambda con: answers.read_sample(con, wave))
    strata = run.store.read(lambda con: samples.strata(con, wave.id))
    units = run.store.read(
        lambda con: sql.rows(con, "SELECT * FROM sample_unit WHERE wave_id = $wave", {"wave": wave.id})
    )
    by_hand = Counter(unit["stratum"] for unit in units if unit["enterprise_id"] in run.answered)
    margins = [float(np.abs(np.bincount(m.codes, sample.raked.weight, len(m.totals)) - m.totals).max())
               for m in sample.design.margins]  # fmt: skip
    return {
        "frame": found.population,
        "drawn": found.drawn,
        "answered": found.answered,
        "answered by hand": len(run.answered),
        "by open link": found.outside,
        "sum of weights less frame": float(sample.raked.weight.sum() - len(units)),
        "margins off by at most": margins,
        "weights cut back": sample.raked.trimmed,
        "strata": len(strata),
        "strata whose count differs": sum(by_hand[one.stratum] != one.answered for one in strata),
        "doubtful": found.doubtful,
        "figures": {name: _beside(found.figure(name), true) for name, true in _true(run, units).items()},
        "towns held": _towns(run, found, units),
    }


def _true(run: Run, units: list) -> dict[str, float]:
    them = [run.truth[unit["enterprise_id"]] for unit in units]
    satisfied = np.array([25 * one["O1"] for one in them])
    recommend = np.array([one["O2"] for one in them])
    return {
        "index": float(np.mean([_index(one) for one in them])),
        "satisfied": float(satisfied.mean()),
        "top2": float(100 * (satisfied >= 75).mean()),
        "top3": float(100 * (satisfied >= 50).mean()),
        "nps": float(100 * ((recommend >= 9).mean() - (recommend <= 6).mean())),
        "diffusion": float(np.mean([(one["O3"] > 2) * 100 + (one["O3"] == 2) * 50 for one in them])),
    }


def _index(one: dict) -> float:
    dimensions = {}
    for item in ITEMS:
        dimensions.setdefault(DIMENSION[item], []).append(25 * one[item])
    return float(np.mean([np.mean(values) for values in dimensions.values()]))


def _beside(row: Any, true: float) -> dict[str, Any]:
    return {"true": round(true, 2), "estimate": row.value, "low": row.low, "high": row.high,
            "held": row.low <= true <= row.high, "deff": row.deff}  # fmt: skip


def _towns(run: Run, found: Any, units: list) -> str:
    held = 0
    rows = found.tables["town"].get("index", ())
    for row in rows:
        true = np.mean([_index(run.truth[u["enterprise_id"]]) for u in units if u["town_code"] == row.code])
        held += row.low <= true <= row.high
    return f"{held} of {len(rows)}"
