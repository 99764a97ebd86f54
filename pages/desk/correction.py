"""What triage may put right of a case: each field stands as it is, and what is left so is not touched."""

import streamlit as st

from casework.cases.correction import KINDS, LONGEST_TITLE
from casework.cases.lifecycle import CORRECTED
from db.cases.cases import Case
from pages.shared import choices
from pages.shared.here import t


def fields(case: Case) -> dict[str, str | None]:
    offered = {
        "kind": {code: t(f"case.kind.{code}") for code in KINDS},
        "category": choices.names("category", active_only=True),
        "sector_code": choices.sectors(),
        "town_code": choices.names("town", active_only=True),
    }
    given: dict[str, str | None] = {}
    for name in CORRECTED:
        label, key, stands = t(f"correction.{name}"), f"correct-{name}-{case.id}-{case.seq}", getattr(case, name)
        if name in offered:
            given[name] = choices.choose(label, offered[name], key=key, value=stands)
        else:
            given[name] = st.text_input(label, value=stands, key=key, max_chars=LONGEST_TITLE)
    st.caption(t("correction.hint"))
    return given
