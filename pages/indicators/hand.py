"""One figure by hand, through the checks that a file goes through."""

import streamlit as st

from db.indicators import indicators
from intake.indicators.terms.given import Supplement
from intake.indicators.terms.headings import STATUSES
from intake.indicators.typed import by_hand
from pages.imports.preview import import_id, told_done
from pages.indicators.asked import FORM_WIDTH, ask_sure, day_text, is_sure
from pages.indicators.importing import take
from pages.shared.choices import pick, pick_day
from pages.shared.here import lang, store, t


def hand_panel() -> None:
    """What was typed stays where a rule refuses it."""
    st.caption(t("indicators.hand_lead"))
    told_done("hand", "import.done")
    with st.form("hand", enter_to_submit=False, width=FORM_WIDTH):
        with st.grid(2, min_column_width=260, gap="small"):
            cells = _cells()
        doubtful = st.container()
        pressed = st.form_submit_button(t("indicators.hand_save"), type="primary")
    if pressed and (refused := take(by_hand(cells), "hand", Supplement(sure=is_sure("hand")))):
        with doubtful:
            ask_sure(refused, "hand")


def _cells() -> dict[str, str]:
    listed = {one.code: one for one in store().read(indicators.indicators)}
    known = {code: one.say(lang()) for code, one in listed.items()}
    statuses = {code: t(f"import.status.{code}") for code in STATUSES}
    hints = {name: t(f"indicators.{name}_example") for name in ("period", "unit", "source")}

    def word(name: str) -> str:
        return t(f"import.field.{name}")

    def key(name: str) -> str:
        return f"hand-{name}-{import_id('hand')}"

    def typed(name: str) -> str:
        return st.text_input(word(name), placeholder=hints.get(name), key=key(name))

    code = pick(st.selectbox, word("indicator"), known, key=key("indicator"))
    texts = {name: typed(name) for name in ("period", "value", "unit", "yoy", "source")}
    released = day_text(pick_day(word("released"), value=None, key=key("released")))
    status = pick(st.selectbox, word("status"), statuses, key=key("status"))
    texts["source"] = texts["source"].strip() or listed[code].source
    return {"indicator": code, "released": released, "status": status, **texts}
