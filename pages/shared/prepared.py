"""A figure as the browser gets it, written once: Streamlit copies, checks and writes a figure anew at each run."""

from typing import Any

import plotly.io
from plotly.basedatatypes import BaseFigure


class _Spec(dict[str, Any]):
    """What Streamlit looks at of a figure, with the text that the browser gets."""

    text = ""


class Prepared(BaseFigure):
    """A figure whose JSON was written once. Drawing it copies, checks and writes nothing; nobody changes it."""

    def __init__(self, figure: BaseFigure, height: int) -> None:
        self._spec = _Spec(data=[], layout={"height": height})
        self._spec.text = _to_json(figure, validate=False) or ""

    def to_dict(self) -> _Spec:
        return self._spec


_to_json = plotly.io.to_json


def _once(figure: Any, *given: Any, **named: Any) -> str | None:  # noqa: ANN401 - as the library has it
    return figure.text if isinstance(figure, _Spec) else _to_json(figure, *given, **named)


plotly.io.to_json = _once
