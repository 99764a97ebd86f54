"""The end of a forum: what will happen, in numbers, and one button; afterwards what came of it."""

from collections.abc import Sequence

import streamlit as st

from casework.forum_day.forum_day import ANSWERS, LATER
from casework.forum_day.forum_finish import FinishedForum, HandOver, finish, hand_overs, summary_of
from db.forums.forum_day import AgendaLine
from db.forums.forums import Forum
from pages.forum_day.asked import close
from pages.meetings.minutes_files import minutes_files_part
from pages.shared.asking import attempt, by
from pages.shared.here import actor, lang, store, t
from pages.shared.links import paper_links
from pages.shared.markup import Markup, show
from pages.shared.names import Names
from pages.shared.rows import empty, facts


def the_end(forum: Forum, lines: Sequence[AgendaLine], called: Names) -> None:
    _counts(lines)
    silent = [line.item for line in lines if line.item.answer_kind is None]
    if silent:
        places = t("desk.comma").join(str(item.position) for item in silent)
        st.warning(t("forum_day.silent", n=len(silent), places=places), icon=":material/info:")
    changes = hand_overs(store(), actor=actor(), forum_id=forum.id)
    st.caption(t("forum_day.end_hint"))
    with st.form("finish", border=False, enter_to_submit=False):
        proposed = summary_of([line.item for line in lines], "zh")
        summary = st.text_area(t("forum.summary"), value=forum.summary or proposed, key="finish-summary", height=120)
        agreed = _agreed(changes, called) if changes else False
        refusals = st.container()
        if st.form_submit_button(t("forum_day.end_now"), type="primary", shortcut="Ctrl+Enter", key="finish-save"):
            with refusals:
                _finish(forum, summary or "", changes if agreed else ())


def _finish(forum: Forum, summary: str, agreed: Sequence[HandOver]) -> None:
    if attempt(lambda: finish(store(), forum_id=forum.id, summary=summary, agreed=agreed, **by())):
        close()
        st.query_params.pop("view", None)
        st.query_params["forum"] = forum.id
        st.rerun()


def _agreed(changes: Sequence[HandOver], called: Names) -> bool:
    """Every change of lead, and the question once more; a list that changed meanwhile asks anew."""
    line = Markup("<li><b>{0.position}　{0.number}　{0.title}</b><div>{1}</div></li>")
    lines = Markup().join(
        line.format(one, t("forum_day.hand_over", before=called.who(one.before), after=called.who(one.after)))
        for one in changes
    )
    show(Markup('<ul class="f2f-hand-overs">{}</ul>').format(lines))
    return st.checkbox(t("forum_day.hand_over_agree", n=len(changes)), key=f"finish-agree-{hash(tuple(changes))}")


def came_of_it(forum: Forum, lines: Sequence[AgendaLine], done: FinishedForum | None, called: Names) -> None:
    """The documents, who was told, and each issue with its case."""
    if done is None:
        empty(t("forum_day.not_ended"), t("forum_day.not_ended_hint"))
        return
    with st.container(key="card-outcome", border=True):
        _counts(lines)
        paper_links(f"/minutes/{forum.id}", t("forum_day.minutes"), primary=True)
        minutes_files_part("forum", forum.id)
        st.caption(t("forum_day.told", n=done.told))
        if done.left:
            places = t("desk.comma").join(str(item.position) for item in done.left)
            st.caption(t("forum_day.left", places=places))
    _letters(done, called)
    with st.container(key="list-outcome", gap=None):
        for line in lines:
            _line(line, called)


def _counts(lines: Sequence[AgendaLine]) -> None:
    kinds = [line.item.answer_kind or LATER for line in lines]
    facts([(t(f"forum_day.kind.{kind}"), t("forum_day.items", n=kinds.count(kind))) for kind in ANSWERS])


def _letters(done: FinishedForum, called: Names) -> None:
    with st.container(key="card-outcome-letters", border=True):
        st.header(t("forum_day.letters", n=len(done.letters)), anchor=False)
        st.caption(t("forum_day.letters_hint"))
        for letter in done.letters:
            said = t("forum_day.letter", number=letter.content["number"], body=called.who(letter.lead_body),
                     n=letter.items)  # fmt: skip
            show(Markup('<a class="f2f-letter-link" href="/letters/{}.docx">{}</a>').format(letter.id, said))


def _line(line: AgendaLine, called: Names) -> None:
    item = line.item
    with st.container(key=f"row-outcome-{item.position}", horizontal=True, vertical_alignment="center", wrap=False):
        if line.number:
            st.page_link("desk/desk.py", label=line.number, query_params={"case": item.subject})
        kind = t(f"forum_day.kind.{item.answer_kind or LATER}")
        state = t(f"case.state.{line.state}") if line.state else ""
        whole = Markup(
            '<div class="f2f-spot"><div>{}<div class="f2f-quiet">{}</div></div>'
            '<div>{}<div class="f2f-quiet">{}</div></div><div>{}</div></div>'
        )
        by = called.who(item.lead_body or item.suggested)
        show(whole.format(item.title, line.enterprise(lang()), kind, by, state))
