"""An enterprise's page of its officer's visits: which there were, and how each was."""

from functools import partial

import streamlit as st

import i18n
from casework import conduct as verbs
from casework.conduct import WordForm
from db import clock
from db.conduct import FELT, OwnVisit
from pages.conduct.words import was_asked
from pages.shared.asking import by, save
from pages.shared.choices import pick
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import person
from pages.shared.plain import letters, plain
from pages.shared.rows import empty
from pages.shared.style import style


def visit_card(one: OwnVisit, *, opened: bool) -> None:
    visit = one.visit
    with st.container(border=True, key=f"card-visit-{visit.id}"):
        by_officer = t("visit.theirs.by_officer", asked=was_asked(visit.asked))
        about = i18n.DOT.join((person(one.officer), t(f"visit.place.{visit.place}"), by_officer))
        line = Markup('<p class="f2f-case-title">{}</p><p class="f2f-quietly">{}</p>')
        show(line.format(i18n.day(visit.day, lang()), about))
        if visit.about:
            plain(visit.about)
        if visit.felt:
            felt = t("visit.theirs.done", felt=t(f"visit.felt.{visit.felt}"))
            day = i18n.day(clock.day_of(visit.said_at), lang()) if visit.said_at else ""
            show(Markup('<p class="f2f-says f2f-done">{}{}{}</p>').format(felt, i18n.DOT, day))
        with st.expander(t("visit.theirs.again" if visit.felt else "visit.theirs.open"), expanded=opened):
            _say(one)


def _say(one: OwnVisit) -> None:
    visit, key = one.visit, f"{one.visit.id}-{one.visit.seq}"
    did = {True: t("visit.did.yes"), False: t("visit.did.no")}
    asked = pick(st.segmented_control, t("visit.theirs.did_you"), did, default=visit.said_asked, key=f"did-{key}",
                 width="stretch")  # fmt: skip
    words = {code: t(f"visit.felt.{code}") for code in FELT}
    felt = pick(st.pills, t("visit.theirs.felt_label"), words, default=visit.felt, key=f"felt-{key}")
    said = st.text_area(t("visit.theirs.words"), visit.said or "", key=f"visit-said-{key}", max_chars=verbs.LONGEST,
                        height=90)  # fmt: skip
    named = st.checkbox(t("visit.theirs.named"), bool(visit.named), key=f"named-{key}")
    if st.button(t("visit.theirs.send"), type="primary", key=f"send-{key}", width="stretch"):
        form = WordForm(asked, felt or "", said or "", named)
        say = partial(verbs.say_of_visit, store(), visit_id=visit.id, form=form, seen=visit.seq)
        save(lambda: say(**by()))


style("issue/issue")
found = verbs.visits_here(store(), **by())
with st.container(key="narrow"):
    st.title(t("visit.theirs.title"), anchor=False)
    st.markdown(t("visit.theirs.lead"))
    if not found:
        empty(t("visit.theirs.none"), t("visit.theirs.none_hint"))
    else:
        st.caption(letters(t("visit.theirs.notice")))
    unsaid = next((one for one in found if one.visit.felt is None), None)
    for one in found:
        visit_card(one, opened=one is unsaid)
