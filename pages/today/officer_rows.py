"""A service officer as a row: whom they look after, how many cases are open, when one was last heard."""

from datetime import date

import streamlit as st

import i18n
from casework.cases.supervision import UNHEARD_FOR, unheard
from db.cases.supervision import OfficerCare
from pages.shared.here import lang, t
from pages.shared.names import Names
from pages.shared.rows import cell, row, strong


def officer_row(one: OfficerCare, names: Names, today: date) -> None:
    silent = t("officers.silent", n=one.silent, days=UNHEARD_FOR.days) if one.silent else ""
    with st.container(key=f"row-{one.id}", gap=None):
        row(
            "officers",
            [
                strong(one.name, quiet=names.town.get(one.town_code or "", "")),
                cell(t("officers.enterprises", n=one.enterprises), quiet=silent),
                cell(t("officers.open_cases", n=one.open_cases)),
                cell(_heard(one, today), style=_tone(one, today)),
            ],
        )


def _heard(one: OfficerCare, today: date) -> str:
    if not one.enterprises:
        return t("officers.no_enterprise")
    if one.heard_on is None:
        return t("officers.never")
    return t("officers.heard", day=i18n.day(one.heard_on, lang()), n=(today - one.heard_on).days)


def _tone(one: OfficerCare, today: date) -> str:
    if not one.enterprises:
        return "f2f-quiet"
    return "f2f-dot f2f-late" if unheard(one.heard_on, today) else "f2f-dot f2f-on"
