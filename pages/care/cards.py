"""The officer's page in pieces: four numbers, what falls due, one card an enterprise."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

import i18n
from casework.cases.supervision import UNHEARD_FOR, unheard
from db.people.care import CarePromise, InCare
from pages.conduct.recording import visit_button
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.rows import number_tiles


def tiles(found: Sequence[InCare], today: date) -> None:
    silent = sum(unheard(one.heard_on, today) for one in found)
    numbers = (
        (len(found), t("care.enterprises"), ""),
        (silent, t("care.unheard", n=UNHEARD_FOR.days), "f2f-late" if silent else ""),
        (sum(one.open_cases for one in found), t("care.open_cases"), ""),
        (sum(one.judging for one in found), t("care.judging"), ""),
    )
    number_tiles("f2f-tiles", numbers)


def due(one: CarePromise, bodies: Mapping[str, str], today: date, special: str) -> None:
    """A day, the case that falls due on it, the days that it counts, and its way to the desk; what is late says so."""
    if one.due_on is None:
        return
    late = one.due_on < today
    day = i18n.weekday_and_day(one.due_on, lang()) if one.due_on.year == today.year else i18n.day(one.due_on, lang())
    body = bodies.get(one.lead_body or "") or t("next.the", who=t("next.office"))
    said = t("care.late", n=(today - one.due_on).days) if late else t(f"case.due_rule.{one.due_rule}")
    about = i18n.DOT.join(filter(None, (one.number, one.say(lang()), body, said, special)))
    with st.container(key=f"due-{one.case_id}", horizontal=True, wrap=False, vertical_alignment="center"):
        line = Markup(
            '<div class="f2f-due {}"><p class="f2f-day">{}</p><div><p><strong>{}</strong></p>'
            '<p class="f2f-quietly">{}</p></div></div>'
        )
        show(line.format("f2f-late" if late else "", day, one.title, about))
        st.page_link("desk/desk.py", label=t("care.look"), query_params={"case": one.case_id})


def card(one: InCare, sectors: Mapping[str, str], towns: Mapping[str, str], today: date) -> None:
    about = i18n.DOT.join((sectors.get(one.sector_code, one.sector_code), towns.get(one.town_code, one.town_code)))
    tone = "late" if unheard(one.heard_on, today) else "done"
    counts = [t("care.cases", n=one.open_cases)] if one.open_cases else []
    counts += [t("care.to_judge", n=one.judging)] if one.judging else []
    with st.container(border=True, key=f"card-care-{one.id}", horizontal=True, vertical_alignment="center"):
        line = Markup('<p class="f2f-case-title">{}</p><p class="f2f-quietly">{}</p><p class="f2f-says f2f-{}">{}</p>')
        show(line.format(one.say(lang()), about, tone, _heard(one, today)))
        if counts:
            st.page_link("desk/desk.py", label=i18n.DOT.join(counts), query_params={"text": one.name_zh})
        st.page_link("issue/report.py", label=t("care.report"), icon=":material/add_comment:",
                     query_params={"enterprise": one.id})  # fmt: skip
        visit_button(one)


def _heard(one: InCare, today: date) -> str:
    last = one.heard_on
    if last is None:
        return t("care.never")
    how = "forum" if last == one.met_on else "issue" if last == one.raised_on else "visit"
    day = t(f"care.last_{how}", day=i18n.day(last, lang()))
    ago = (today - last).days
    return f"{day}{i18n.DOT}{t('care.days_ago', n=ago) if ago else t('care.today')}"
