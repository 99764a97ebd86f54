"""One forum: its facts, who came, what was raised and how it stands now."""

import streamlit as st

import i18n
from db import clock
from db.cases import cases
from db.cases.cases import Case, CaseFilters
from db.forums import forum_invitees, forums
from db.forums.forums import Forum
from db.states import BY_CODE
from pages.forums.forms import ask_to_cancel, ask_to_change, ask_to_record
from pages.forums.invited import told_start
from pages.forums.people import forum_people
from pages.forums.row import DOTS, hosted_by
from pages.forums.spot_form import ask_what_was_raised
from pages.shared.here import actor, lang, now, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names, names
from pages.shared.plain import plain
from pages.shared.rows import back_button, empty, facts, quiet_line

MOST_ISSUES = 50


def forum_detail(forum_id: str) -> None:
    back_button("forum")
    forum = store().read(lambda con: forums.get(con, forum_id))
    if forum is None:
        empty(t("forum.not_found"), t("forum.not_found_hint"))
        return
    called, plans = names(), actor().may("plan_forum")
    told_start(forum)
    _head(forum, called, plans)
    invited = store().read(lambda con: forum_invitees.unnamed(con, actor().scope, forum.id))
    _issues(forum, called, plans)
    forum_people(forum, invited, called, plans)


def _head(forum: Forum, called: Names, plans: bool) -> None:
    state = Markup('<span class="{}">{}</span>').format(DOTS[forum.state], t(f"forum.state.{forum.state}"))
    title = f"{t('forum.number', number=forum.number)} · {forum.theme(lang())}"
    with st.container(key="card-forum", border=True):
        show(Markup('<div class="f2f-forum-head"><h1>{}</h1>{}</div>').format(title, state))
        facts(
            [
                (t("forum.held_on"), i18n.day(forum.held_on, lang())),
                (t("forum.format_label"), t(f"forum.format.{forum.format}")),
                (t("forum.host"), hosted_by(forum, called)),
                (t("forum.sector"), called.sector.get(forum.sector_code or "", t("forum.all_sectors"))),
                (t("forum.place"), forum.place(lang())),
            ]
        )
        if forum.summary:
            st.caption(t("forum.cancelled_because" if forum.state == "cancelled" else "forum.summary"))
            plain(forum.summary)
        if plans and forum.state != "cancelled":
            _steps(forum)


def _steps(forum: Forum) -> None:
    come = forum.held_on <= clock.day_of(now())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link("forum_day/forum_day.py", label=t("forum_day.go"), icon=":material/co_present:",
                     query_params={"forum": forum.id})  # fmt: skip
        label = t("forum.record" if forum.state == "planned" else "forum.record_again")
        if come and st.button(label, key="forum-record", icon=":material/task_alt:"):
            ask_to_record(forum)
        if st.button(t("forum.change"), key="forum-change", icon=":material/edit:"):
            ask_to_change(forum)
        if forum.state == "planned" and st.button(t("forum.cancel"), key="forum-cancel", icon=":material/event_busy:"):
            ask_to_cancel(forum)


def _issues(forum: Forum, called: Names, plans: bool) -> None:
    wanted = CaseFilters(today=clock.day_of(now()), forum=forum.id)
    found = store().read(lambda con: cases.find(con, actor().scope, wanted, sort="oldest", size=MOST_ISSUES))
    with st.container(key="card-issues", border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(t("spot.title"))
            can = plans and forum.state != "cancelled" and forum.held_on <= clock.day_of(now())
            if can and st.button(t("spot.add"), key="spot-add", type="primary", icon=":material/add:"):
                ask_what_was_raised(forum)
        if not found.rows:
            empty(t("spot.none"), t("spot.none_hint" if plans else "spot.none_read"))
        for case in found.rows:
            _issue(case, called)
        if found.total > len(found.rows):
            label = t("spot.more", n=found.total - len(found.rows))
            st.page_link("desk/desk.py", label=label, query_params={"forum": forum.id})


def _issue(case: Case, called: Names) -> None:
    answered = t(f"spot.{case.on_spot}") if case.on_spot else t("spot.unanswered")
    with st.container(key=f"row-{case.number}", horizontal=True, wrap=False, gap="xsmall"):
        st.page_link("desk/desk.py", label=case.number, query_params={"case": case.id})
        told = Markup("<div>{}{}</div>")
        whose = told.format(case.title, quiet_line(case.enterprise(lang())))
        by = told.format(answered, quiet_line(called.who(case.lead_body)))
        state = Markup('<div><span class="{}">{}</span></div>').format(_dot(case.state), t(f"case.state.{case.state}"))
        show(Markup('<div class="f2f-spot">{}{}{}</div>').format(whose, by, state))


def _dot(state: str) -> str:
    of = BY_CODE[state]
    return DOTS["held"] if of.settled else "f2f-dot f2f-bad" if of.tone == "red" else DOTS["planned"]
