"""What was answered, or what is raised, in one short form that the keyboard alone fills in. It stays open, and keeps
what was typed, until the store has it."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import streamlit as st

import i18n
from casework.cases.two_languages import in_two_languages
from casework.forum_day.forum_day import LATER, Spoken, record
from casework.forum_day.spoken_days import read_day
from casework.forums.rota import HOSTS
from db import clock
from db.cases import cases
from db.cases.cases import Case
from db.forums.forum_day import AgendaItem, AgendaLine
from db.forums.forums import Forum
from db.refused import MovedOn
from i18n.writing import LANGUAGES, MAIN
from pages.forum_day.asked import AnswerForm, close
from pages.forum_day.end import the_end
from pages.forum_day.matter import new_matter
from pages.shared.asking import attempt, by
from pages.shared.choices import choose, names, pick_day
from pages.shared.here import actor, lang, now, store, t
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
    case = _in_another_language(item)
    with st.form(f"answer-{asked.key}", border=False):
        promised = asked.what == "committed"
        typed = _line("day", item.promised_on.isoformat() if item.promised_on else "", asked) if promised else ""
        hint = "words_later" if asked.what == LATER else "words"
        words = _line("words", item.words, asked, hint=hint, of=MAIN if case else "")
        other = _line("words", item.words_translated, asked, hint=hint, of=case.language) if case else ""
        lead = _lead(line, asked)
        who = _line("who", item.answered_by, asked)
        picked = _picked(asked) if promised else None

        def spoken() -> Spoken:
            day = read_day(typed, clock.day_of(now())) or picked
            return Spoken(asked.what, lead, day, who, words, other)

        refusals = st.container()
        if st.form_submit_button(t("forum_day.record"), type="primary", shortcut="Enter", key="record-save"):
            with refusals:
                _keep(item, asked, spoken)
    st.session_state[_drawn(asked)] = item.seq


def _in_another_language(item: AgendaItem) -> Case | None:
    """The case, where what is answered to it stands in two languages."""
    scope, case_id = actor().scope, item.case_id
    case = store().read(lambda con: cases.get(con, scope, case_id)) if case_id else None
    return case if case and in_two_languages(case) else None


def _drawn(asked: AnswerForm) -> str:
    """Where the version stands that was last on this clerk's screen."""
    return f"drawn-{asked.key}"


def _line(name: str, before: str | None, asked: AnswerForm, *, hint: str = "", of: str = "") -> str:
    """One line, in which Enter records. `of`: the language of what is typed, where there are two."""
    label, hint = t(f"forum_day.{name}"), t(f"forum_day.{hint or name}_hint")
    label = t("desk.in_language", words=label, of=LANGUAGES[of].own_name) if of else label
    key = f"{name}-{asked.key}" if of in ("", MAIN) else f"{name}-{of}-{asked.key}"
    return st.text_input(label, value=before or "", key=key, placeholder=hint) or ""


def _picked(asked: AnswerForm) -> date | None:
    """Last of all: the keyboard goes from the day that is typed straight to the rest."""
    today, label = clock.day_of(now()), t("forum_day.day_pick")
    picked = pick_day(label, value=None, min_value=today, key=f"pick-{asked.key}")
    return picked if isinstance(picked, date) else None


def _lead(line: AgendaLine, asked: AnswerForm) -> str | None:
    """Some letters of its name find it; the one in charge, or that settled such cases most often, is there already."""
    item = line.item
    bodies = {code: name for code, name in names("body", active_only=True).items() if code not in HOSTS}
    lead = choose(t("spot.lead"), bodies, key=f"lead-{asked.key}", value=item.lead_body or line.lead or item.suggested)
    usual = store().read(lambda con: cases.usual_leads(con, actor().scope, item.category))
    if usual:
        said = t("desk.comma").join(t("desk.usual_one", body=bodies.get(code, code), n=n) for code, n in usual)
        st.caption(told("forum_day.usual", bodies=said))
    return lead


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
