"""Whether 95 % means 95 %: surveys drawn from a population that is known, with strata, refusals and raking.

`python bench/coverage.py [SURVEYS]` prints, for each figure, the share of surveys whose interval holds the true value,
and on which side the others miss it, for surveys of some 580 answers and of some 105. Towns are taken together by what
their answers are worth; those worth fewer than eight, or of which one answer weighs more than an eighth, have no
interval. Every share has to be 93 % at least; those of shares may be too long (Korn and Graubard's never promise too
much). In a third part micro enterprises hardly answer, so that raking misses margins by more than a tenth: those
surveys have rows of their own, whose intervals are wider.
"""

import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from insight.survey import weighting
from insight.survey.cells import WORTH, told
from insight.survey.estimates import Estimate, SurveyDesign, mean, share, worth
from insight.survey.protection import FEWEST
from insight.survey.scores import at_least, diffusion, promoters

ENTERPRISES = 6000
SCENARIOS = ((1200, 1.0), (200, 1.0), (1200, 0.15))  # how many are drawn; what part of their answers micro ones give
SIZES, SECTORS, TOWNS = ("large", "medium", "small", "micro"), "CEFGIL", 16
NEEDED = 93.0
BANDS = {"worth under 8": (0, WORTH), "worth 8 to 15": (WORTH, 15), "worth 15 and more": (15, np.inf)}
ENOUGH = 300  # intervals that say something of a row
MISSING = "margins"


class Population:
    """Enterprises whose answers depend on their size, sector and town, and so does whether they answer."""

    def __init__(self, rng: np.random.Generator, micro: float) -> None:
        self.size = rng.choice(4, ENTERPRISES, p=[0.03, 0.12, 0.4, 0.45])
        self.sector = rng.choice(len(SECTORS), ENTERPRISES, p=[0.4, 0.1, 0.2, 0.1, 0.1, 0.1])
        self.town = rng.choice(TOWNS, ENTERPRISES)
        level = 68 + 5 * (self.size == 0) - 4 * (self.size == 3) + 2 * self.sector - 0.5 * self.town
        mood = level + rng.normal(0, 16, ENTERPRISES)
        self.index = np.clip(25 * np.round(mood / 25 * 2) / 2, 0, 100)
        self.recommend = np.clip(np.round(mood / 10 + rng.normal(0, 1, ENTERPRISES)), 0, 10)
        self.better = np.clip(25 * np.round((mood - 15 + rng.normal(0, 15, ENTERPRISES)) / 25), 0, 100)
        self.answers = (0.35 + 0.3 * (self.size < 2) + 0.03 * self.sector) * np.where(self.size == 3, micro, 1)
        self.rare = rng.random(ENTERPRISES) < 0.015 + 0.05 * (self.size == 2)
        self.common = rng.random(ENTERPRISES) > 0.015 + 0.05 * (self.size == 3)
        self.town_group = self.town // 4
        self.stratum = np.unique(
            np.stack([self.size, self.sector, self.town_group], axis=1), axis=0, return_inverse=True
        )[1].reshape(-1)

    def survey(self, rng: np.random.Generator, drawn: int) -> tuple[np.ndarray, SurveyDesign]:
        """Who answered, and how they came about."""
        frame = np.bincount(self.stratum)
        wanted = np.minimum(
            np.maximum(np.round(drawn * frame / ENTERPRISES), 1 + 3 * (drawn > ENTERPRISES / 10)), frame
        ).astype(int)
        order = rng.permutation(ENTERPRISES)
        order = order[np.argsort(self.stratum[order], kind="stable")]
        starts = np.concatenate([[0], np.cumsum(frame)[:-1]])
        asked = np.concatenate([order[start : start + n] for start, n in zip(starts, wanted, strict=True)])
        who = asked[rng.random(len(asked)) < self.answers[asked]]
        return who, self._design(who, frame, wanted)

    def _design(self, who: np.ndarray, frame: np.ndarray, wanted: np.ndarray) -> SurveyDesign:
        margins = [
            weighting.margin([str(c) for c in codes[who]], {str(c): n for c, n in Counter(codes.tolist()).items()})
            for codes in (self.size, self.sector, self.town)
        ]
        raked = weighting.rake((frame / wanted)[self.stratum[who]], margins)
        missed = raked.off if raked.off > weighting.MISSED else 0.0
        return SurveyDesign(raked.weight, self.stratum[who], frame=frame, drawn=wanted, margins=margins, cautious=True,
                            missed=missed)  # fmt: skip

    def rows(self, who: np.ndarray, design: SurveyDesign) -> list[tuple[str, Estimate, float]]:
        """Each figure's estimate, and what it should be."""
        index = self.index[who]
        of_all = [
            ("index", mean(design, index), self.index.mean()),
            ("NPS", mean(design, promoters(self.recommend[who])), promoters(self.recommend).mean()),
            ("diffusion", mean(design, diffusion(self.better[who])), diffusion(self.better).mean()),
            ("top-2 share", share(design, at_least(index, 75)), 100 * (self.index >= 75).mean()),
            ("share of 4 %", share(design, self.rare[who].astype(float)), 100 * self.rare.mean()),
            ("share of 96 %", share(design, self.common[who].astype(float)), 100 * self.common.mean()),
        ]
        cells = [("large and medium", self.size <= 1), *(("a town", self.town == town) for town in range(TOWNS))]
        return of_all + [row for name, inside in cells if (row := self._of_cell(who, design, name, inside))]

    def _of_cell(
        self, who: np.ndarray, design: SurveyDesign, name: str, members: np.ndarray
    ) -> tuple[str, Estimate, float] | None:
        inside = members[who]
        if inside.sum() < FEWEST:
            return None
        size = worth(mean(design, self.index[who], inside), design.weight[inside])
        band = next(words for words, (low, high) in BANDS.items() if low <= size < high)
        return f"index of {name}, {band}", told(design, "index", self.index[who], inside), self.index[members].mean()


def coverage(surveys: int, drawn: int, micro: float, seed: int = 20231130) -> dict[str, Counter[str]]:
    """Of each figure how many intervals held the truth, lay below it or above."""
    rng = np.random.default_rng(seed)
    population, held = Population(rng, micro), defaultdict(Counter)
    for _ in range(surveys):
        who, design = population.survey(rng, drawn)
        held[MISSING][f"{10 * int(10 * design.missed)} %" if design.missed else "none"] += 1
        off = "margins missed: " if design.missed else ""
        for name, found, truth in population.rows(who, design):
            side = "below" if found.high < truth else "above" if found.low > truth else "held"
            held[off + name]["none" if np.isnan(found.value + found.low) else side] += 1
    return held


def main(surveys: int) -> int:
    wrong = 0
    for drawn, micro in SCENARIOS:
        rows = coverage(surveys, drawn, micro)
        print(f"{drawn} drawn of {ENTERPRISES}; margins missed by so much or more: {dict(rows.pop(MISSING))}")
        for name, found in rows.items():
            shown = found.total() - found["none"]
            percent = {side: 100 * found[side] / max(shown, 1) for side in ("held", "below", "above")}
            short = percent["held"] < NEEDED and shown >= ENOUGH
            wrong += short
            print(f"  {name}: held {percent['held']:.1f} %, below {percent['below']:.1f} %, above "
                  f"{percent['above']:.1f} % of {shown} intervals, {found['none']} have none"
                  f"{' TOO SHORT' if short else ''}")  # fmt: skip
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
