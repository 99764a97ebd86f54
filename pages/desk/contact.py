"""Whom to call about a case, and the whole of them for a reason."""

import re
from functools import partial

import streamlit as st

import i18n
from casework.cases import calling
from casework.cases.calling import ToCall
from casework.notices import notices
from db.cases.cases import Case
from pages.notices.contact import address_of
from pages.shared.asking import by
from pages.shared.here import actor, lang, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import person
from pages.shared.plain import letters
from pages.system.why_whole import ask_why

_WORDS = re.compile(r"[^\W\d_]")  # of an extension, which is dialled by hand once somebody answers


def said(found: ToCall) -> str:
    return f"{person(found.name)} {found.number}".strip()


def call(case: Case, found: ToCall, *, caller: bool = False) -> None:
    """What there is to press: say why, or dial. `caller`: who called the hotline."""
    if found.hidden:
        title = t("desk.call.caller" if caller else "desk.call.title")
        told = partial(calling.show_whom_to_call, case_id=case.id, caller=caller)
        ask_why(f"caller-{case.id}" if caller else f"call-{case.id}", letters(f"{title}{i18n.DOT}{said(found)}"),
                ":material/call:", t("desk.call.show"), lambda why: told(store(), reason=why, **by()))  # fmt: skip
    elif any(sign.isdigit() for sign in found.number):
        dialled = re.sub(r"[^\d+]", "", _WORDS.split(found.number)[0])
        link = Markup('<a class="f2f-button" href="tel:{}">{}</a>')
        show(link.format(dialled, t("desk.call.number", number=found.number)))


def unheard(case: Case) -> None:
    """To those who call: what the enterprise should have been told and was not, by which channel and why."""
    who = actor()
    missed = notices.unheard(store(), actor=who, case=case) if who.may("triage_case") else None
    if missed:
        why = t(f"notices.why.{(missed.last_error or 'unusable').partition(' ')[0]}")
        told = {"said": notices.said_of(missed, lang()), "channel": address_of(missed.channel_url), "why": why}
        st.warning(letters(t("desk.unheard", **told)), icon=":material/mail_off:")
