"""What the drawer says of a case before anything may be done: head, facts, files, the answer that stands."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import streamlit as st

import i18n
from access.actor import Actor
from casework.cases import calling
from casework.cases.calling import ToCall
from casework.cases.counting import counting
from db import clock
from db.cases import attachments, holders
from db.cases.attachments import AttachmentLine
from db.cases.cases import Case
from db.people.enterprises import Enterprise
from i18n.writing import LANGUAGES
from pages.desk.confiding import named
from pages.desk.contact import call, said, unheard
from pages.desk.event_words import name_said
from pages.desk.row import due_word, state_word
from pages.shared.asking import by
from pages.shared.deadlines import counted_from
from pages.shared.here import actor, lang, now, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names, person
from pages.shared.plain import letters, plain
from pages.shared.rows import listed
from pages.shared.site_links import story_link


def case_head(case: Case) -> None:
    due = "" if case.due_on is None else due_word(case, clock.day_of(now()))
    kind = i18n.DOT.join((t(f"case.kind.{case.kind}"), t(f"case.channel.{case.channel}")))
    head = Markup('<div class="f2f-drawer-head">{}{}<span class="f2f-quiet">{}</span></div>')
    title = Markup('<h2 class="f2f-drawer-title">{}</h2>').format(case.title)
    show(head.format(state_word(case.state), due, kind) + title)


def case_facts(
    case: Case, enterprise: Enterprise | None, names: Names, merged: Mapping[str, Markup] = MappingProxyType({})
) -> None:
    """`enterprise`: None where the reader is shown no more of it than the case says; `merged`: what is joined to it."""
    who = actor()
    _, hand = store().read(lambda con: holders.names(con, who.scope, [case.id], who.desk)).get(case.id, ("", ""))
    helpers = t("desk.comma").join(names.who(code) for code in case.co)
    may_call = bool(enterprise) and calling.may_call(who)
    contact = calling.whom_to_call(store(), case_id=case.id, **by()) if may_call else ToCall()
    pairs = {
        "enterprise": case.enterprise(lang()),
        "sector": names.sector.get(case.sector_code),
        "town": names.town.get(case.town_code),
        "size": t(f"size.{enterprise.size}") if enterprise else "",
        "contact": said(contact),
        "category": names.category.get(case.category),
        "submitted": i18n.moment(clock.local(case.submitted_at), lang()),
        "lead": names.who(case.lead_body),
        "co": helpers,
        "holder": person(hand),
        "leader": name_said(case.leader_id),
        **merged,
        "confidential": named(case) if case.confidential else "",
        "due": _due(case),
        "instructed": _instructed(case),
        "promise": i18n.day(case.promised_on, lang()) if case.promised_on else "",
        "rating": t(f"case.rating.{case.rating}") if case.rating else "",
    }
    show(listed("f2f-desk-facts", ((t(f"desk.fact.{name}"), value) for name, value in pairs.items())))
    unheard(case)
    call(case, contact)
    if enterprise:
        story_link(enterprise.id, t("story.of", name=letters(enterprise.say(lang()))))


def _due(case: Case) -> str:
    if case.due_on is None:
        return ""
    rule = t(f"case.due_rule.{case.due_rule}") if case.due_rule else ""
    said = t("desk.due_by_rule", day=i18n.day(case.due_on, lang()), by=rule)
    said += t("desk.provisional") if case.due_provisional else ""
    return i18n.DOT.join([said, *(counting(since, case.due_on, lang()) for since in counted_from([case.id]).values())])


def _instructed(case: Case) -> str:
    if case.instructed_until is None:
        return ""
    late = case.instructed_until < clock.day_of(now())
    return t("desk.instructed_late" if late else "desk.instructed_until", day=i18n.day(case.instructed_until, lang()))


def case_files(who: Actor, case: Case) -> None:
    file_list(store().read(lambda con: attachments.of_case(con, who.scope, case.id)))


def file_list(lines: Sequence[AttachmentLine]) -> None:
    """Those of the issue itself: others stand beside the words that they came with, in the history."""
    if own := [line for line in lines if line.seq is None]:
        one = Markup(
            '<li><a href="/attachments/{0.id}" target="_blank" rel="noopener">{0.name}</a>'
            '<span class="f2f-quiet">{1}</span></li>'
        )
        shown = Markup().join(one.format(line, t("desk.kilobytes", n=max(1, line.size // 1024))) for line in own)
        show(Markup('<ul class="f2f-files">{}</ul>').format(shown))


def case_answer(case: Case, names: Names) -> None:
    """The answer that was given last, above what may be done about it."""
    if case.answer_text:
        kind = t(f"case.answer.{case.answer_kind}") if case.answer_kind else ""
        by = names.who(case.lead_body)
        with st.container(key="desk-answer"):
            show(Markup('<div class="f2f-answer-head"><b>{}</b><span>{}</span></div>').format(kind, by))
            plain(case.answer_text)
            if case.answer_translated:
                show(Markup('<div class="f2f-quiet">{}</div>').format(LANGUAGES[case.language].own_name))
                plain(case.answer_translated)
