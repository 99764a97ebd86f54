"""The colours and the type of everything drawn: read from `.streamlit/config.toml`, the one place where they stand."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from insight.charts import Palette

CONFIG = Path(__file__).resolve().parents[1] / ".streamlit/config.toml"


@cache
def palette(*, dark: bool) -> Palette:
    theme = _theme()
    scheme = theme["dark" if dark else "light"]
    return Palette(
        text=scheme["textColor"],
        quiet=scheme["grayColor"],
        line=scheme["borderColor"],
        card=scheme["backgroundColor"],
        blue=scheme["primaryColor"],
        teal=scheme["chartCategoricalColors"][1],
        amber=scheme["chartCategoricalColors"][2],
        red=scheme["redColor"],
        pale=scheme["chartSequentialColors"][3 if dark else 2],
        colorway=tuple(scheme["chartCategoricalColors"]),
        font=theme["font"],
    )


@cache
def _theme() -> dict[str, Any]:
    with CONFIG.open("rb") as file:
        return tomllib.load(file)["theme"]
