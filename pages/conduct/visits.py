"""An enterprise's page of its officer's visits: which there were, and how each was."""

from functools import partial
from uuid import uuid4

import streamlit as st

import i18n
from casework import conduct as verbs
from casework.conduct import ToldForm, WordForm
from db import clock
from db.conduct import ABSENT, FELT, OfficerVisit, OwnVisit
from pages.conduct.words import places, who_came, whose_record
from pages.shared.asking import by, day_or_never, save
from pages.shared.choices import choose, handling, pick, pick_day
from pages.shared.here import lang, now, store, t
from pages.shared.markup import Markup, show
from pages.shared.plain import letters, plain
from pages.shared.rows import empty
from pages.shared.style import style


def visit_card(one: OwnVisit, *, opened: bool) -> None:
    visit = one.visit
    with st.container(border=True, key=f"card-visit-{visit.id}"):
        about = i18n.DOT.join(
            (who_came(one.officer, visit.body_code), t(f"visit.place.{visit.place}"), whose_record(one))
        )
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
    form = _word(key, visit)
    if st.button(t("visit.theirs.send"), type="primary", key=f"send-{key}", width="stretch"):
        say = partial(verbs.say_of_visit, store(), visit_id=visit.id, form=form, seen=visit.seq)
        save(lambda: say(**by()))


def _tell() -> None:
    """A visit that no officer recorded."""
    st.caption(t("visit.tell.lead"))
    key, today = st.session_state.setdefault("tell-visit", str(uuid4())), clock.day_of(now())
    day = pick_day(t("visit.day"), today, min_value=today - verbs.BACK, max_value=today, key=f"visit-day-{key}")
    body = choose(t("visit.tell.body"), handling(), key=f"visit-body-{key}")
    place = pick(st.segmented_control, t("visit.place_label"), places(), key=f"visit-place-{key}", width="stretch")
    form = _word(key, None)
    if st.button(t("visit.theirs.send"), type="primary", key="send-told", width="stretch"):
        tell = partial(verbs.tell_visit, store(), visit_id=key, form=form)
        told = ToldForm(day_or_never(day), body_code=body or "", place=place or "")
        save(lambda: tell(told=told, **by()),
             then=lambda: st.session_state.pop("tell-visit"))  # fmt: skip


def _word(key: str, visit: OfficerVisit | None) -> WordForm:
    """How it was, as it stands; of a visit that is told there was one."""
    said_asked, felt, said = (visit.said_asked, visit.felt, visit.said) if visit else (None, None, None)
    did = {True: t("visit.did.yes"), False: t("visit.did.no")}
    asked = pick(st.segmented_control, t("visit.theirs.did_you"), did, default=said_asked, key=f"did-{key}",
                 width="stretch")  # fmt: skip
    words = {code: t(f"visit.felt.{code}") for code in FELT if visit or code != ABSENT}
    felt = pick(st.pills, t("visit.theirs.felt_label"), words, default=felt, key=f"felt-{key}")
    said = st.text_area(t("visit.theirs.words"), said or "", key=f"visit-said-{key}", height=90)
    named = st.checkbox(t("visit.theirs.named"), bool(visit and visit.named), key=f"named-{key}")
    return WordForm(asked, felt or "", said or "", named)


style("issue/issue")
found = verbs.visits_here(store(), **by())
with st.container(key="narrow"):
    st.title(t("visit.theirs.title"), anchor=False)
    st.markdown(t("visit.theirs.lead"))
    if not found:
        empty(t("visit.theirs.none"), t("visit.theirs.none_hint"))
    st.caption(letters(t("visit.theirs.notice")))
    unsaid = next((one for one in found if one.visit.felt is None), None)
    for one in found:
        visit_card(one, opened=one is unsaid)
    with st.expander(t("visit.tell.open"), icon=":material/edit_square:"):
        _tell()
