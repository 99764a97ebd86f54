"""Names in a table that are no indicator's: a person says what each means, and it is kept for the source."""

import streamlit as st

from db.indicators import indicators
from intake.indicators.checking import Checked
from intake.indicators.terms.given import LEFT_OUT
from intake.indicators.terms.known import name_of
from pages.shared.here import lang, store, t

MOST = 60
_OPEN = "?"  # not said: left out this time, asked again next time


def names_said(key: str) -> dict[str, str]:
    """Folded name → code of an indicator or LEFT_OUT, as far as somebody has said so."""
    said = {name: st.session_state.get(f"name-{key}-{name}", _OPEN) for name in _asked(key)}
    return {name_of(name): code for name, code in said.items() if code != _OPEN}


def say_names(outcome: Checked, key: str) -> None:
    """One choice a name. A name that was mapped stays in the list, so that it can be changed."""
    asked = _asked(key)
    asked.update(dict.fromkeys(one.name for one in outcome.unknown))
    st.session_state[f"names-{key}"] = asked
    if not asked:
        return
    known = {one.code: one.say(lang()) for one in store().read(indicators.indicators)}
    words = {_OPEN: t("indicators.name_open"), LEFT_OUT: t("indicators.name_left"), **known}
    with st.expander(t("indicators.names", n=len(asked)), icon=":material/label:"):
        st.caption(t("indicators.names_lead"))
        with st.grid(3, min_column_width=260, gap="small"):
            for name in list(asked)[:MOST]:
                st.selectbox(name, list(words), format_func=lambda code: words[code], key=f"name-{key}-{name}")


def _asked(key: str) -> dict[str, None]:
    return st.session_state.get(f"names-{key}", {})
