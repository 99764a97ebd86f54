"""What was answered, or what is raised, in one short form that the keyboard alone fills in. It stays open, and keeps
what was typed, until the store has it."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

import i18n
from casework.forum_day.forum_day import LATER, Spoken, record
from casework.forum_day.spoken_days import read_day
from db import clock
from db.forums.forum_day import AgendaItem, AgendaLine
from db.forums.forums import Forum
from db.refused import MovedOn
from i18n.writing import MAIN
from pages.forum_day.answer_fields import in_another_language, lead_of, picked_day, typed_line
from pages.forum_day.asked import AnswerForm, close
from pages.forum_day.end import the_end
from pages.forum_day.matter import new_matter
from pages.shared import lead
from pages.shared.asking import attempt, by
from pages.shared.here import lang, now, store, t
from pages.shared.names import Names
from pages.shared.plain import told


def draw_dialog(forum: Forum, lines: Sequence[AgendaLine], asked: AnswerForm, called: Names) -> None:
    """Over the page, as long as it is asked for: a page drawn anew, because another clerk wrote, does not close it."""
    line = next((one for one in lines if one.item.id == asked.item_id), None)
    drawn: dict[str, Callable[[], None]] = {
        "end": lambda: the_end(forum, lines, called),
        "matter": lambda: new_matter(forum, asked, len(lines)),
    }
    title = t(f"forum_day.{asked.what}" if asked.what in drawn else f"forum_day.kind.{asked.what}")
    draw = drawn.get(asked.what) or (line and partial(_answer, line, asked, called))
    if draw:
        st.dialog(title, width="medium", position="right", on_dismiss=close)(draw)()
    else:
        close()


def _answer(line: AgendaLine, asked: AnswerForm, called: Names) -> None:
    item = line.item
    st.text(f"{item.position}　{item.title}")
    _tell_who_was_first(line, asked, called)
    case = in_another_language(item)
    with st.form(f"answer-{asked.key}", border=False):
        promised = asked.what == "committed"
        typed = typed_line("day", item.promised_on.isoformat() if item.promised_on else "", asked) if promised else ""
        hint = "words_later" if asked.what == LATER else "words"
        words = typed_line("words", item.words, asked, hint=hint, of=MAIN if case else "")
        lead.needed("answer", [f"words-{asked.key}"] if asked.what != LATER else [])
        other = typed_line("words", item.words_translated, asked, hint=hint, of=case.language) if case else ""
        body = lead_of(line, asked)
        who = typed_line("who", item.answered_by, asked)
        picked = picked_day(asked) if promised else None

        def spoken() -> Spoken:
            day = read_day(typed, clock.day_of(now())) or picked
            return Spoken(asked.what, body, day, who, words, other)

        refusals = st.container()
        if st.form_submit_button(t("forum_day.record"), type="primary", shortcut="Enter", key="record-save"):
            with refusals:
                _keep(item, asked, spoken)
    st.session_state[_drawn(asked)] = item.seq


def _drawn(asked: AnswerForm) -> str:
    """Where the version stands that was last on this clerk's screen."""
    return f"drawn-{asked.key}"


def _keep(item: AgendaItem, asked: AnswerForm, spoken: Callable[[], Spoken]) -> None:
    """Over the version that the clerk has seen: if somebody was first, the form is drawn anew and says so."""
    seen = st.session_state.get(_drawn(asked), asked.seen)
    try:
        kept = attempt(lambda: record(store(), item_id=item.id, spoken=spoken(), seen=seen, **by()))
    except MovedOn:
        st.rerun()
    if kept:
        close()
        st.session_state.pop(f"table-{item.forum_id}", None)  # on to the first that has no answer
        day = i18n.weekday_and_day(kept.promised_on, lang()) if kept.promised_on else ""
        st.toast(t("forum_day.kept", place=kept.position, day=day), icon=":material/check:")
        st.rerun()


def _tell_who_was_first(line: AgendaLine, asked: AnswerForm, called: Names) -> None:
    item = line.item
    if item.seq > asked.seen and item.answer_kind:
        what = t(f"forum_day.kind.{item.answer_kind}")
        facts = {"who": line.clerk or "", "what": what, "lead": called.who(item.lead_body)}
        st.warning(told("forum_day.was_first", **facts), icon=":material/group:")
