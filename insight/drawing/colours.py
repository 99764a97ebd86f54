"""The colours and the type of everything drawn."""

from functools import cache

from i18n.theme import theme
from insight.drawing.charts import Palette


@cache
def palette(*, dark: bool) -> Palette:
    scheme = theme()["dark" if dark else "light"]
    return Palette(
        text=scheme["textColor"],
        quiet=scheme["grayColor"],
        line=scheme["borderColor"],
        card=scheme["backgroundColor"],
        blue=scheme["primaryColor"],
        teal=scheme["chartCategoricalColors"][1],
        promise=scheme["chartCategoricalColors"][3],
        red=scheme["redColor"],
        pale=scheme["chartSequentialColors"][3 if dark else 2],
        late=scheme["orangeColor"],
        colorway=tuple(scheme["chartCategoricalColors"]),
        font=theme()["font"],
    )
