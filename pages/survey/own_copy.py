"""The holder's own copy of a survey's answers: its code is shown on the receipt, to the browser that sent them, and
opens it on the page that verifies receipts."""

from urllib.parse import quote

import streamlit as st

from access.tokens import code_for, new_code
from intake.survey import answering as survey
from pages.shared.here import lang, receipts_mark, store, t
from pages.shared.markup import Markup
from pages.shared.plain import plain
from pages.shared.style import style
from pages.survey import frame
from pages.survey.questions import visible_on

_CODES = "survey-own-codes"  # by form, where the browser carries no mark: a second press sends the same one


def code_of(form_id: str) -> str:
    """The code that goes with this form: it follows from the browser's mark, so that a reload has it again."""
    mark = receipts_mark()
    return code_for(mark, form_id) if mark else _codes().setdefault(form_id, new_code())


def shown_code(form_id: str) -> str:
    """For the receipt; '' in another browser, which cannot have it again."""
    code = code_of(form_id) if receipts_mark() or form_id in _codes() else ""
    return code if code and survey.has_copy(store(), code=code) else ""


def mail_to_oneself(number: str, code: str, address: str, look: str) -> Markup:
    """Opens the holder's own mail program: neither the code nor their address goes through this house. `address` is
    where the code opens their answers."""
    subject = t("receipt.received", number=number)
    body = t("survey.own_mail_body", number=number, code=code, address=address)
    link = Markup('<a class="{}" href="mailto:?subject={}&amp;body={}">{}</a>')
    return link.format(look, quote(subject), quote(body), t("survey.own_mail"))


def _codes() -> dict[str, str]:
    return st.session_state.setdefault(_CODES, {})


def own_copy() -> None:
    with st.expander(t("survey.own_copy"), icon=":material/lock:"):
        st.markdown(t("survey.own_copy_lead"))
        with st.form("own-copy", border=False):
            typed = st.text_input(t("survey.own_copy_code"), key="own-copy-code", max_chars=40, autocomplete="off")
            asked = st.form_submit_button(t("survey.own_copy"), key="own-copy-open")
        if asked:
            _opened(typed or "")


def _opened(typed: str) -> None:
    found = survey.own_copy(store(), code=typed)
    if found is None:
        st.warning(t("survey.own_copy_none"), icon=":material/search_off:")
        return
    style("survey/survey")
    plain(t("survey.own_copy_of", title=found.wave.title(lang()), number=found.number))
    for screen in found.asked.screens:
        shown = visible_on(found.asked, found.answers, screen.code)
        frame.answered(found.asked, screen.say(lang()), shown, found.answers, {}, ())
