"""The survey for somebody who scanned a wall's code: of no enterprise, so they may say which kind they come from."""

from uuid import uuid4

import streamlit as st

from access.actor import Actor
from intake.register.rows import SIZES
from intake.survey import answering as survey
from intake.survey.answering import Offer
from intake.survey.respondents import SOURCE
from intake.survey.responses import Receipt
from pages.shared.address import full_address
from pages.shared.asking import attempt
from pages.shared.choices import choose, sectors
from pages.shared.here import lang, now, store, t
from pages.shared.names import names
from pages.shared.receipt import receipt
from pages.survey import frame


def introduction(offer: Offer, person: Actor) -> None:
    """What it is and who sees it, three questions that may stay open, one button."""
    frame.introduction(offer, SOURCE[person.way])
    st.markdown(t("open.lead"))
    declared = {
        "size": choose(t("open.size"), {size: t(f"size.{size}") for size in SIZES}, key="open-size"),
        "sector": choose(t("open.sector"), sectors(), key="open-sector"),
        "town": choose(t("open.town"), names().town, key="open-town"),
    }
    said = {name: code for name, code in declared.items() if code}

    def start() -> None:
        attempt(lambda: survey.begin(store(), actor=person, offer=offer, form_id=str(uuid4()), declared=said, at=now()))

    st.button(t("survey.start"), type="primary", width="stretch", on_click=start, key="survey-start")


def thanks(given: Receipt) -> None:
    """Thanks and the number; there is no enterprise in whose name an issue could be raised."""
    st.title(t("survey.thanks"), anchor=False)
    st.markdown(t("open.received"))
    address = full_address(f"/verify?n={given.number}&hash={given.code}")
    receipt(given.number, given.at, address, (given.wave.title(lang()), t("receipt.code", code=given.code)))
    st.markdown(t("open.once"))
