"""Before the forum: which issues come to the table, in which order; the agenda as Word."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

import i18n
from casework.forums.agenda import AgendaProposal, add_items, describe_item, move_item, proposals, remove_item
from casework.forums.rota import HOSTS
from db.forums.forum_day import AgendaItem, AgendaLine
from db.forums.forums import Forum
from pages.shared.asking import ask, attempt, by, save
from pages.shared.choices import choose, names
from pages.shared.here import actor, lang, now, store, t
from pages.shared.links import here_link
from pages.shared.markup import Markup, show
from pages.shared.names import Names
from pages.shared.plain import letters
from pages.shared.rows import empty


def agenda_plan(forum: Forum, lines: Sequence[AgendaLine], called: Names, *, may_change: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="agenda-do"):
        label, icon = t("forum_day.propose"), ":material/playlist_add:"
        if may_change and st.button(label, type="primary", icon=icon, key="agenda-add"):
            ask(label, partial(_propose, forum), width="large")
        if lines:
            here_link(t("forum_day.paper"), f"/agenda/{forum.id}.docx")
        st.text(t("forum_day.count", n=len(lines)), width="content")
    if not lines:
        empty(t("forum_day.nothing"), t("forum_day.nothing_hint"))
        return
    with st.container(key="list-plan", gap=None):
        for n, line in enumerate(lines, start=1):
            with st.container(key=f"row-plan-{n}", horizontal=True, vertical_alignment="center", gap="xsmall"):
                _row(line, called)
                if may_change:
                    _steps(forum, line.item, n, len(lines))


def _row(line: AgendaLine, called: Names) -> None:
    item = line.item
    more = [line.enterprise(lang()), line.number or t("forum_day.raised_here")]
    if item.named:
        more.append(t("forum_day.named_short"))
    lead = t("forum_day.proposed", body=called.who(item.suggested)) if item.suggested else t("forum_day.no_lead")
    who = t("forum_day.spoken_by", who=item.speaker) if item.speaker else ""
    show(
        Markup(
            '<div class="f2f-plan"><div class="f2f-forum-no">{}</div><div><b>{}</b>'
            '<div class="f2f-quiet">{}</div></div><div>{}<div class="f2f-quiet">{}</div></div></div>'
        ).format(item.position, item.title, i18n.DOT.join(more), lead, who)
    )


def _steps(forum: Forum, item: AgendaItem, place: int, last: int) -> None:
    facts = {"n": place}
    with st.container(horizontal=True, width="content", gap=None, key=f"plan-steps-{place}"):
        for key, icon, to in (
            ("up", ":material/arrow_upward:", place - 1),
            ("down", ":material/arrow_downward:", place + 1),
        ):
            word = t(f"forum_day.{key}", **facts)
            st.button(word, icon=icon, help=word, key=f"plan-{key}-{place}", on_click=_move, args=(forum, item, to),
                      disabled=not 1 <= to <= last, type="tertiary")  # fmt: skip
        word = t("forum_day.describe", **facts)
        if st.button(word, icon=":material/edit:", help=word, key=f"plan-edit-{place}", type="tertiary"):
            ask(word, partial(_describe, forum, item))
        word = t("forum_day.take_off", **facts)
        st.button(word, icon=":material/close:", help=word, key=f"plan-off-{place}", on_click=_take_off,
                  args=(forum, item), type="tertiary")  # fmt: skip


def _move(forum: Forum, item: AgendaItem, to: int) -> None:
    attempt(lambda: move_item(store(), forum_id=forum.id, item_id=item.id, to=to, **by()))


def _take_off(forum: Forum, item: AgendaItem) -> None:
    attempt(lambda: remove_item(store(), forum_id=forum.id, item_id=item.id, **by()))


def _propose(forum: Forum) -> None:
    found = proposals(store(), actor=actor(), forum_id=forum.id, at=now())
    if not found:
        empty(t("forum_day.none_proposed"), t("forum_day.none_proposed_hint"))
        return
    st.caption(t("forum_day.propose_hint"))
    with st.form("propose", border=False):
        with st.container(height=420, border=True):
            chosen = [one.case.id for one in found if st.checkbox(_said(one), key=f"take-{one.case.id}")]
        if st.form_submit_button(t("forum_day.take"), type="primary", key="propose-save"):
            save(lambda: add_items(store(), forum_id=forum.id, case_ids=chosen, **by()))


def _said(one: AgendaProposal) -> str:
    why = [t("forum_day.invited")] if one.invited else []
    why += [t("forum_day.of_sector")] if one.sector else []
    words = (one.case.title, one.case.enterprise(lang()), one.case.number, t(f"case.state.{one.case.state}"), *why)
    return i18n.DOT.join(letters(word) for word in words)


def _describe(forum: Forum, item: AgendaItem) -> None:
    bodies = {code: name for code, name in names("body", active_only=True).items() if code not in HOSTS}
    with st.form("describe", border=False):
        speaker = st.text_input(t("forum_day.speaker"), value=item.speaker or "", key=f"speaker-{item.id}")
        lead = choose(t("spot.lead"), bodies, key=f"suggested-{item.id}", value=item.suggested)
        named = st.checkbox(t("forum_day.named"), value=item.named, key=f"named-{item.id}")
        if st.form_submit_button(t("forum.save"), type="primary", key="describe-save"):
            describe = partial(describe_item, store(), forum_id=forum.id, item_id=item.id, seen=item.seq)
            save(lambda: describe(speaker=speaker, suggested=lead, named=named, **by()))
