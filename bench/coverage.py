"""Whether 95 % means 95 %: surveys drawn from a population that is known, with strata, refusals and raking.

`python bench/coverage.py [SURVEYS]` prints, for each figure, the share of surveys whose interval holds the true value.
Every share has to lie between 93 and 97 %.
"""

import sys
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from insight.survey import weighting
from insight.survey.estimates import SurveyDesign, mean, share
from insight.survey.scores import at_least, diffusion, promoters

ENTERPRISES, DRAWN = 6000, 1200
SIZES, SECTORS, TOWNS = ("large", "medium", "small", "micro"), "CEFGIL", 16
NEEDED = (93.0, 97.0)


class Population:
    """Enterprises whose answers depend on their size, sector and town, and so does whether they answer."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.size = rng.choice(4, ENTERPRISES, p=[0.03, 0.12, 0.4, 0.45])
        self.sector = rng.choice(len(SECTORS), ENTERPRISES, p=[0.4, 0.1, 0.2, 0.1, 0.1, 0.1])
        self.town = rng.choice(TOWNS, ENTERPRISES)
        level = 68 + 5 * (self.size == 0) - 4 * (self.size == 3) + 2 * self.sector - 0.5 * self.town
        mood = level + rng.normal(0, 16, ENTERPRISES)
        self.index = np.clip(25 * np.round(mood / 25 * 2) / 2, 0, 100)
        self.recommend = np.clip(np.round(mood / 10 + rng.normal(0, 1, ENTERPRISES)), 0, 10)
        self.better = np.clip(25 * np.round((mood - 15 + rng.normal(0, 15, ENTERPRISES)) / 25), 0, 100)
        self.answers = 0.35 + 0.3 * (self.size < 2) + 0.03 * self.sector
        self.town_group = self.town // 4
        self.stratum = np.unique(
            np.stack([self.size, self.sector, self.town_group], axis=1), axis=0, return_inverse=True
        )[1].reshape(-1)

    def survey(self, rng: np.random.Generator) -> tuple[np.ndarray, SurveyDesign]:
        """Who answered, and how they came about."""
        frame = np.bincount(self.stratum)
        wanted = np.minimum(np.maximum(np.round(DRAWN * frame / ENTERPRISES), 4), frame).astype(int)
        order = rng.permutation(ENTERPRISES)
        order = order[np.argsort(self.stratum[order], kind="stable")]
        starts = np.concatenate([[0], np.cumsum(frame)[:-1]])
        drawn = np.concatenate([order[start : start + n] for start, n in zip(starts, wanted, strict=True)])
        who = drawn[rng.random(len(drawn)) < self.answers[drawn]]
        return who, self._design(who, frame, wanted)

    def _design(self, who: np.ndarray, frame: np.ndarray, wanted: np.ndarray) -> SurveyDesign:
        margins = [
            weighting.margin([str(c) for c in codes[who]], {str(c): n for c, n in Counter(codes.tolist()).items()})
            for codes in (self.size, self.sector, self.town)
        ]
        raked = weighting.rake((frame / wanted)[self.stratum[who]], margins)
        return SurveyDesign(raked.weight, self.stratum[who], frame=frame, drawn=wanted, margins=margins)

    def truth(self) -> dict[str, float]:
        large = self.size <= 1
        return {
            "index": self.index.mean(),
            "index of one town": self.index[self.town == 3].mean(),
            "index of large and medium": self.index[large].mean(),
            "top-2 share": 100 * (self.index >= 75).mean(),
            "NPS": promoters(self.recommend).mean(),
            "diffusion": diffusion(self.better).mean(),
        }

    def intervals(self, who: np.ndarray, design: SurveyDesign) -> dict[str, tuple[float, float]]:
        index = self.index[who]
        found = {
            "index": mean(design, index),
            "index of one town": mean(design, index, self.town[who] == 3),
            "index of large and medium": mean(design, index, self.size[who] <= 1),
            "top-2 share": share(design, at_least(index, 75)),
            "NPS": mean(design, promoters(self.recommend[who])),
            "diffusion": mean(design, diffusion(self.better[who])),
        }
        return {name: (one.low, one.high) for name, one in found.items()}


def coverage(surveys: int, seed: int = 20231130) -> dict[str, float]:
    """Percent of intervals that hold the truth."""
    rng = np.random.default_rng(seed)
    population = Population(rng)
    truth = population.truth()
    held: Counter[str] = Counter()
    for _ in range(surveys):
        for name, (low, high) in population.intervals(*population.survey(rng)).items():
            held[name] += low <= truth[name] <= high
    return {name: 100 * held[name] / surveys for name in truth}


def main(surveys: int) -> int:
    found = coverage(surveys)
    for name, percent in found.items():
        print(f"95 % interval of {name}: held the truth in {percent:.1f} % of {surveys} surveys")
    return int(any(not NEEDED[0] <= percent <= NEEDED[1] for percent in found.values()))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
