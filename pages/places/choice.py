"""Which town or sector, and which beside it: codes in the address (`?town=…`, `?sector=…`, `&with=…`)."""

import streamlit as st

from db.figures.figures import Filters
from insight.drawing.charts import CodeNames
from pages.figures.filters import sector_words
from pages.shared.here import t


def chosen_places(names: CodeNames, sectors: list[str]) -> tuple[str, list[Filters]]:
    """The kind (town or sector) with one place or two. What the address names and nobody knows is the first."""
    kind = "sector" if "sector" in st.query_params else "town"
    known = names.lists["town"] if kind == "town" else sector_words(names, sectors)
    if not known:
        return kind, [Filters()]
    code = st.query_params.get(kind, "")
    code = code if code in known else next(iter(known))
    beside = st.query_params.get("with", "")
    _choice("kind", {"town": t("dashboard.town"), "sector": t("dashboard.sector")}, kind)
    _choice(kind, known, code)
    others = {other: word for other, word in known.items() if other != code}
    _choice("with", {"": t("place.alone")} | others, beside if beside in others else "")
    codes = [code, *([beside] if beside in others else [])]
    return kind, [Filters(town=one) if kind == "town" else Filters(sector=one) for one in codes]


def _choice(name: str, words: dict[str, str], value: str) -> None:
    key = f"place-{name}"
    st.session_state[key] = value
    st.selectbox(t(f"place.{name}"), list(words), key=key, format_func=lambda code: words[code],
                 on_change=_to_address, args=(name,))  # fmt: skip


def _to_address(name: str) -> None:
    """A change of kind begins anew: a town has no place among sectors."""
    value = st.session_state[f"place-{name}"]
    if name == "kind":
        kept = {"as_of": st.query_params["as_of"]} if "as_of" in st.query_params else {}
        st.query_params.from_dict(kept | ({"sector": ""} if value == "sector" else {}))
    elif value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)
