"""What a person adds to a file that it does not say, or not clearly."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LEFT_OUT = ""  # what a name is mapped to that is not kept


@dataclass(frozen=True)
class Supplement:
    """Its source and release, what unknown names mean, and the answers to what was asked."""

    source: str = ""
    released: str = ""
    names: Mapping[str, str] = field(default_factory=dict)  # folded name → code of an indicator, or LEFT_OUT
    place: str = ""  # whose figures they are, where the file does not say or names another place: of places.CHOICES
    hidden: bool = False  # hidden sheets, rows and columns are read too
    sure: bool = False  # figures that vanish or fall against their growth are meant: see plausibility.doubts
    growth: Mapping[str, str] = field(default_factory=dict)  # column → how its growth is written: see fractions
    periods: tuple[str, ...] = ()  # the month up to which a year counts that a table states alone, as 2022-11
