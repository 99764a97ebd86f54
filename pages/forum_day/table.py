"""The clerk's screen: the issue that is talked about, with the four answers under four keys, and a row an issue."""

from collections.abc import Sequence

import streamlit as st

import i18n
from casework.forum_day.forum_day import ANSWERS
from db.forums.forum_day import AgendaLine
from db.forums.forums import Forum
from pages.forum_day.agenda_line import agenda_row, said_of
from pages.forum_day.asked import AnswerForm, ask, asked_for
from pages.forum_day.record import draw_dialog
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names
from pages.shared.rows import empty

KEYS = dict(zip("1234", ANSWERS, strict=True))


def clerks_screen(forum: Forum, lines: Sequence[AgendaLine], called: Names) -> None:
    place = _place(forum, lines)
    if lines:
        _at_the_table(lines, place, called)
    else:
        empty(t("forum_day.nothing"), t("forum_day.nothing_hint"))
    _keys(forum, lines, place)
    with st.container(key="list-agenda", gap=None):
        for n, line in enumerate(lines):
            with st.container(key=f"agenda-row-{n}", gap=None):
                agenda_row(line, called, current=n == place)
                st.button(
                    t("forum_day.go_to", place=line.item.position), key=f"agenda-open-{n}", on_click=_go,
                    args=(forum, n), type="tertiary", width="stretch",
                )  # fmt: skip
    asked = asked_for(forum.id)
    if asked:
        draw_dialog(forum, lines, asked, called)


def _place(forum: Forum, lines: Sequence[AgendaLine]) -> int:
    """Which row: the one last gone to, else the first that has no answer."""
    first = next((n for n, line in enumerate(lines) if line.item.answer_kind is None), 0)
    return min(st.session_state.get(f"table-{forum.id}", first), max(0, len(lines) - 1))


def _go(forum: Forum, place: int) -> None:
    st.session_state[f"table-{forum.id}"] = place


def _step(forum: Forum, lines: Sequence[AgendaLine], by: int) -> None:
    """From where one is by now: two keys that are taken together are two steps."""
    _go(forum, min(max(_place(forum, lines) + by, 0), len(lines) - 1))


def _at_the_table(lines: Sequence[AgendaLine], place: int, called: Names) -> None:
    line = lines[place]
    with st.container(key="card-at-the-table", border=True):
        speaker = t("forum_day.spoken_by", who=line.item.speaker) if line.item.speaker else ""
        said = [line.enterprise(lang()), called.category.get(line.item.category, ""), speaker]
        show(
            Markup(
                '<div class="f2f-now"><div class="f2f-forum-no">{}</div><div><h2>{}</h2>'
                '<div class="f2f-quiet">{}</div><div>{}</div></div></div>'
            ).format(line.item.position, line.item.title, i18n.DOT.join(w for w in said if w), said_of(line, called))
        )
        with st.container(horizontal=True, key="table-answers"):
            for key, kind in KEYS.items():
                st.button(
                    t(f"forum_day.kind.{kind}"), shortcut=key, key=f"say-{kind}", on_click=ask,
                    args=(AnswerForm(line.item.forum_id, kind, line.item.id, line.item.seq),),
                    type="primary" if line.item.answer_kind == kind else "secondary",
                )  # fmt: skip


def _keys(forum: Forum, lines: Sequence[AgendaLine], place: int) -> None:
    """What else a key does; the progress beside it."""
    with st.container(horizontal=True, vertical_alignment="center", key="table-keys"):
        for label, key, by in (("previous", "k", -1), ("next", "j", 1)):
            st.button(
                t(f"forum_day.{label}"), shortcut=key, key=f"table-{label}", on_click=_step, args=(forum, lines, by),
                disabled=not 0 <= place + by < len(lines), type="tertiary",
            )  # fmt: skip
        st.button(
            t("forum_day.matter"), shortcut="n", key="table-matter", on_click=ask, icon=":material/add:",
            args=(AnswerForm(forum.id, "matter"),), type="tertiary",
        )  # fmt: skip
        recorded = sum(line.item.answer_kind is not None for line in lines)
        st.text(t("forum_day.progress", n=recorded, of=len(lines)), width="content")
        st.button(
            t("forum_day.end"), shortcut="e", key="table-end", on_click=ask, args=(AnswerForm(forum.id, "end"),),
            disabled=not lines, type="primary",
        )  # fmt: skip
