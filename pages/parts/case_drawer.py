"""The drawer of one case: what it says, how it stands, what may be done, what happened. The list stays behind it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

import i18n
from access.actor import Actor
from db import attachments, cases, clock, enterprises, milestones, promises
from db.cases import Case, CaseEvent
from db.enterprises import Enterprise
from pages.parts.case_actions import case_actions, forget
from pages.parts.case_history import case_history
from pages.parts.case_plan import case_plan
from pages.parts.case_row import due_word, state_word
from pages.parts.here import actor, lang, now, store, t
from pages.parts.letter_of_case import letter_of_case
from pages.parts.names import Names
from pages.parts.plain import letters, plain
from pages.parts.promise import promise_ledger
from pages.parts.site_links import story_link


def drawer(asked: str, around: Sequence[str], names: Names) -> None:
    """Open it for the case that the address names, by id or number. `around` are the ids of the page's rows."""
    scope = actor().scope
    case = store().read(lambda con: cases.get(con, scope, asked) or cases.by_number(con, scope, asked))
    title = t("desk.case", number=case.number) if case else t("desk.no_case")
    opened = st.dialog(title, width="medium", position="right", on_dismiss=_close)(_draw)
    opened(case.id if case else "", around, names)


def _draw(case_id: str, around: Sequence[str], names: Names) -> None:
    """Runs by itself whenever something in the drawer is touched, so it asks again who is here."""
    who = actor()
    case = store().read(lambda con: cases.get(con, who.scope, case_id))
    if case is None:
        st.info(t("error.case_unknown"), icon=":material/search_off:")
        return
    happened = store().read(lambda con: cases.history(con, who.scope, case_id))
    plans_too = who.may("see_case_plan")
    beside = store().read(lambda con: milestones.of_case(con, who.scope, case_id)) if plans_too else []
    _neighbours(case_id, around)
    _head(case)
    _facts(case, _enterprise(who, case), names)
    plain(case.text)
    _files(who, case)
    _answer(case, names)
    letter_of_case(who, case)
    promise = promises.of_history(case, happened)
    if promise:
        promise_ledger(promise, names, clock.day_of(now()))
    case_plan(who, case, names)
    case_actions(who, case, happened, names)
    _history(milestones.among(happened, beside), names)


def _close() -> None:
    forget(st.query_params.pop("case", ""))


def _go(case_id: str) -> None:
    st.query_params["case"] = case_id


def _neighbours(case_id: str, around: Sequence[str]) -> None:
    """The row above and the row below, also by the keys k and j."""
    place = around.index(case_id) if case_id in around else -1
    if place < 0 or len(around) < 2:
        return
    with st.container(horizontal=True, key="desk-neighbours"):
        for label, icon, key, to in (
            ("desk.previous", ":material/keyboard_arrow_up:", "k", place - 1),
            ("desk.next", ":material/keyboard_arrow_down:", "j", place + 1),
        ):
            there = 0 <= to < len(around)
            if st.button(t(label), icon=icon, shortcut=key, key=f"go-{key}", disabled=not there, type="tertiary"):
                forget(case_id)
                _go(around[to])
                st.rerun()


def _head(case: Case) -> None:
    due = "" if case.due_on is None else due_word(case, clock.day_of(now()))
    kind = escape(f"{t(f'case.kind.{case.kind}')} · {t(f'case.channel.{case.channel}')}")
    st.html(
        f'<div class="f2f-drawer-head">{state_word(case.state)}{due}<span class="f2f-quiet">{kind}</span></div>'
        f'<h2 class="f2f-drawer-title">{escape(case.title)}</h2>'
    )


def _enterprise(who: Actor, case: Case) -> Enterprise | None:
    return store().read(lambda con: enterprises.get(con, who.enterprise_scope, case.enterprise_id))


def _facts(case: Case, enterprise: Enterprise | None, names: Names) -> None:
    helpers = t("desk.comma").join(names.who(code) for code in case.co)
    pairs = {
        "enterprise": case.enterprise(lang()),
        "sector": names.sector.get(case.sector_code),
        "town": names.town.get(case.town_code),
        "size": t(f"size.{enterprise.size}") if enterprise else "",
        "category": names.category.get(case.category),
        "submitted": i18n.moment(clock.local(case.submitted_at), lang()),
        "lead": names.who(case.lead_body),
        "co": helpers,
        "due": _due(case),
        "promise": i18n.day(case.promised_on, lang()) if case.promised_on else "",
        "rating": t(f"case.rating.{case.rating}") if case.rating else "",
    }
    shown = "".join(
        f"<div><dt>{escape(t(f'desk.fact.{name}'))}</dt><dd>{escape(value)}</dd></div>"
        for name, value in pairs.items()
        if value
    )
    st.html(f'<dl class="f2f-desk-facts">{shown}</dl>')
    if enterprise:
        story_link(enterprise.id, t("story.of", name=letters(enterprise.name(lang()))))


def _due(case: Case) -> str:
    if case.due_on is None:
        return ""
    rule = t(f"case.due_rule.{case.due_rule}") if case.due_rule else ""
    said = t("desk.due_by_rule", day=i18n.day(case.due_on, lang()), by=rule)
    return said + (t("desk.provisional") if case.due_provisional else "")


def _files(who: Actor, case: Case) -> None:
    lines = store().read(lambda con: attachments.of_case(con, who.scope, case.id))
    if lines:
        shown = "".join(
            f'<li><a href="/attachments/{escape(line.id)}" target="_blank" rel="noopener">{escape(line.name)}</a>'
            f'<span class="f2f-quiet">{escape(t("desk.kilobytes", n=max(1, line.size // 1024)))}</span></li>'
            for line in lines
        )
        st.html(f'<ul class="f2f-files">{shown}</ul>')


def _answer(case: Case, names: Names) -> None:
    """The answer that was given last, above what may be done about it."""
    if case.answer_text:
        kind = t(f"case.answer.{case.answer_kind}") if case.answer_kind else ""
        by = names.who(case.lead_body)
        with st.container(key="desk-answer"):
            st.html(f'<div class="f2f-answer-head"><b>{escape(kind)}</b><span>{escape(by)}</span></div>')
            plain(case.answer_text)


def _history(happened: Sequence[CaseEvent], names: Names) -> None:
    st.html(f'<h3 class="f2f-drawer-part">{escape(t("desk.history"))}</h3>')
    case_history(happened, names)
