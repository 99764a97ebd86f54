"""The one source of colour and type, `.streamlit/config.toml`, for all that Streamlit does not draw itself."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

CONFIG = Path(__file__).resolve().parents[1] / ".streamlit/config.toml"


@cache
def theme() -> dict[str, Any]:
    with CONFIG.open("rb") as file:
        return tomllib.load(file)["theme"]


def families() -> tuple[str, ...]:
    """The typefaces in the order of liking, without the generic one at the end."""
    named = [name.strip().strip("'\"") for name in theme()["font"].split(",")]
    return tuple(named[:-1])
