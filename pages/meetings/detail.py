"""One meeting: who met where, about which cases, its minutes, its decisions and what became of them."""

from collections.abc import Mapping, Sequence

import streamlit as st

import i18n
from db import clock
from db.plans import meetings
from db.plans.meetings import Decision, Meeting, MetAbout
from pages.meetings.forms import ask_for_decision, ask_to_correct, ask_to_settle
from pages.meetings.minutes_files import minutes_files_part
from pages.plans.meetings import title_of
from pages.plans.row import due_words, state_of
from pages.shared.here import actor, lang, now, store, t
from pages.shared.links import paper_links
from pages.shared.markup import Markup, show
from pages.shared.names import Names, names, person
from pages.shared.plain import plain
from pages.shared.rows import back_button, empty, facts


def meeting_detail(meeting_id: str) -> None:
    back_button("meeting")
    scope = actor().scope
    meeting = store().read(lambda con: meetings.get(con, scope, meeting_id))
    if meeting is None:
        empty(t("meeting.not_found"), t("meeting.not_found_hint"))
        return
    called, edits = names(), actor().may("edit_plan")
    about = store().read(lambda con: meetings.cases_of(con, scope, meeting.id))
    came = store().read(lambda con: meetings.bodies(con, meeting.id))
    decided = store().read(lambda con: meetings.decisions(con, scope, meeting_id=meeting.id))
    _head(meeting, came, about, called, edits)
    _decisions(meeting, decided, about, called, edits)
    _about(about)


def _head(meeting: Meeting, came: Sequence[str], about: Sequence[MetAbout], called: Names, edits: bool) -> None:
    with st.container(key="card-meeting", border=True):
        show(Markup('<div class="f2f-plan-head"><h1>{}</h1></div>').format(meeting.topic))
        facts(
            [
                (t("meeting.title"), title_of(meeting)),
                (t("meeting.held_on"), i18n.day(meeting.held_on, lang())),
                (t("meeting.place"), meeting.place),
                (t("meeting.chair"), person(meeting.chair)),
                (t("meeting.bodies"), t("desk.comma").join(called.who(code) for code in came)),
            ]
        )
        for label, words in (("meeting.people", meeting.people), ("meeting.minutes", meeting.minutes)):
            if words:
                st.caption(t(label))
                plain(words)
        minutes_files_part("meeting", meeting.id)
        with st.container(horizontal=True):
            paper_links(f"/meetings/{meeting.id}", t("meeting.word"))
            if edits and st.button(t("meeting.correct"), key="meeting-correct", icon=":material/edit:"):
                ask_to_correct(meeting, came, about)


def _decisions(
    meeting: Meeting, decided: Sequence[Decision], about: Sequence[MetAbout], called: Names, edits: bool
) -> None:
    numbers = {case.id: case.number for case in about}
    with st.container(key="card-decisions", border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(t("meeting.decisions"))
            if edits and st.button(t("meeting.decide"), key="decision-add", type="primary", icon=":material/add:"):
                ask_for_decision(meeting, about)
        if not decided:
            empty(t("meeting.decisions_none"), t("meeting.decisions_none_hint"))
        for one in decided:
            with st.container(key=f"row-decision-{one.id}", gap=None):
                show(_decision(one, numbers, called))
                if edits and one.state == "open":
                    _settle_buttons(meeting, one)


def _settle_buttons(meeting: Meeting, one: Decision) -> None:
    with st.container(horizontal=True, gap="small"):
        for how, icon in (("done", ":material/check:"), ("drop", None)):
            if st.button(t(f"meeting.do.{how}"), key=f"{how}-{one.id}", icon=icon, type="tertiary"):
                ask_to_settle(meeting, one, how)


def _decision(one: Decision, numbers: Mapping[str, str], called: Names) -> Markup:
    when = due_words(one.due_on, clock.day_of(now())) if one.state == "open" else state_of(one.state, "step.state")
    done = i18n.day(one.done_on, lang()) if one.done_on else ""
    outcome = (
        Markup('<div class="f2f-quiet">{}</div>').format(" ".join([done, one.outcome or ""])) if one.outcome else ""
    )
    about = i18n.DOT.join((numbers.get(one.case_id, ""), called.who(one.body_code)))
    return Markup('<div class="f2f-decision"><div><b>{}</b></div><div class="f2f-quiet">{}　{}</div>{}</div>').format(
        one.words, about, when, outcome
    )


def _about(about: Sequence[MetAbout]) -> None:
    with st.container(key="card-about", border=True):
        st.header(t("meeting.about"))
        for case in about:
            with st.container(key=f"row-about-{case.number}", horizontal=True, vertical_alignment="center"):
                st.page_link("desk/desk.py", label=case.number, query_params={"case": case.id})
                words = f"{case.enterprise(lang())}{i18n.DOT}{t(f'case.state.{case.state}')}"
                show(Markup('<div>{}<div class="f2f-quiet">{}</div></div>').format(case.title, words), width="stretch")
