"""After the survey: thanks, the receipt, what happens with it, and one question."""

import streamlit as st

from access.actor import Actor
from intake.survey import answering as survey
from intake.survey.answering import Receipt
from intake.survey.drafts import load_draft
from pages.shared.address import full_address
from pages.shared.here import lang, now, store, t
from pages.shared.links import here_link
from pages.shared.markup import show
from pages.shared.receipt import receipt
from pages.shared.site_links import site_link
from pages.survey import own_copy


def thanks(given: Receipt, person: Actor) -> None:
    st.title(t("survey.thanks"), anchor=False)
    st.markdown(t("open.received" if person.way == "open" else "survey.received"))
    address = full_address(f"/verify?n={given.number}&hash={given.code}")
    lines = [given.wave.title(lang()), t("receipt.code", code=given.code)]
    if code := own_copy.shown_code(given.form_id):
        lines.append(t("survey.own_code", code=code))
    receipt(given.number, given.at, address, lines)
    if code:
        st.markdown(t("survey.own_code_keep"))
        show(own_copy.mail_to_oneself(given.number, code, full_address("/verify"), "f2f-button"))
    if person.way == "open":  # there is no enterprise in whose name an issue could be raised
        st.markdown(t("open.once"))
        return
    _another(person)
    what_happens()
    with st.container(key="card-raise", border=True):
        waiting = load_draft(store(), actor=person, form="issue") is not None
        st.header(t("survey.anything_else"), anchor=False)
        st.markdown(t("survey.comment_waits" if waiting else "survey.we_take_it_up"))
        site_link("raise", t("survey.raise_waiting" if waiting else "survey.raise"), first=True)
        site_link("home", t("survey.no_thanks"))


def _another(person: Actor) -> None:
    """Where two waves are open at once: the receipt of the one is seen before the other is offered. A link has one."""
    if person.way != "account":
        return
    other = survey.offered(store(), actor=person, at=now())
    if other and other.receipt is None:
        with st.container(key="card-another", border=True):
            st.header(t("survey.another"), anchor=False)
            here_link(t("survey.another_go", title=other.wave.title(lang())), "/survey", primary=True)


def what_happens() -> None:
    """The same three steps on the thanks page and where a receipt is looked up."""
    st.header(t("survey.what_happens"), anchor=False)
    st.markdown("\n".join(f"{n}. {t(f'survey.happens_{n}')}" for n in (1, 2, 3)))
