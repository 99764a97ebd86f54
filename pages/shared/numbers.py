"""Numbers of cases as people type several: one a line, or with commas of either language between them."""

import re


def numbers_in(typed: str | None) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[\s,;\u3001\uff0c\uff1b]+", typed or "") if word)
