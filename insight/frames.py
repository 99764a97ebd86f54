"""Frames between the store and the figures."""

from typing import Any, TypeAlias

# pandas annotates every column as a union of three types, from which a checker learns nothing.
Frame: TypeAlias = Any  # a pandas.DataFrame
Column: TypeAlias = Any  # a pandas.Series
