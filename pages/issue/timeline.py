"""A case as an enterprise reads it: its sentence, its answer, its history, its files. Typed words are escaped."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

import i18n
from db import clock
from db.cases.attachments import AttachmentLine
from db.cases.cases import Case, CaseEvent
from db.states import PROMISED, SETTLED
from pages.issue.case_next import Sentence, what_is_next
from pages.issue.case_words import due_of, happened, visible, words_of
from pages.shared.here import lang, t
from pages.shared.markup import Markup, file_links, show


def says(said: Sentence) -> Markup:
    """The markup of a state sentence."""
    return Markup('<p class="f2f-says f2f-{}">{}</p>').format(said.tone, said.words)


def case_line(case: Case, bodies: Mapping[str, str], today: date) -> None:
    """A case in a list: the whole card leads to it."""
    with st.container(border=True, key=f"card-line-{case.id}"):
        st.page_link("issue/case.py", label=line_of(case), query_params={"id": case.id})
        show(Markup('<p class="f2f-case-title">{}</p>{}').format(case.title, says(what_is_next(case, bodies, today))))


def line_of(case: Case) -> str:
    """Which case it is, on one line."""
    day = i18n.day(clock.day_of(case.submitted_at), lang())
    return i18n.DOT.join((case.number, t(f"case.kind.{case.kind}"), t("mine.submitted_on", day=day)))


def heading(case: Case, said: Sentence) -> Markup:
    head = Markup('<p class="f2f-quietly">{}</p><h1 class="f2f-case-title" id="f2f-case">{}</h1>{}')
    return head.format(line_of(case), case.title, says(said))


def standing_answer(case: Case, events: Sequence[CaseEvent]) -> CaseEvent | None:
    """The answer that stands on top; none where none was given or it was turned down."""
    given = [e for e in events if e.kind in ("answer", "fulfil")]
    return given[-1] if given and case.state in (*SETTLED, *PROMISED) else None


def answer(case: Case, last: CaseEvent, bodies: Mapping[str, str], today: date) -> Markup:
    """By which body, of which kind, when, in its own words."""
    said, when = happened(last, case, bodies, today), i18n.moment(clock.local(last.happened_at), lang())
    return Markup(
        '<div class="f2f-answer"><p><strong>{}</strong></p><p class="f2f-quietly">{}</p>'
        '<p class="f2f-words">{}</p>{}</div>'
    ).format(said, when, words_of(last, case), file_links(last.detail.get("files", ())))


def timeline(
    case: Case, events: Sequence[CaseEvent], bodies: Mapping[str, str], today: date, on_top: CaseEvent | None
) -> Markup:
    """What happened, newest first; the words of the answer that stands on top are not said twice."""
    lines = Markup().join(_line(e, case, bodies, today, quoted=e is not on_top) for e in visible(list(events)))
    return Markup('<ol class="f2f-timeline">{}</ol>').format(lines)


def files(attached: Sequence[AttachmentLine]) -> Markup:
    """Links that save a file; the route asks again who is there."""
    rows = Markup().join(
        Markup('<li><a href="/attachments/{}" download><span>{}</span><small>{}</small></a></li>').format(
            file.id, file.name, _size(file.size)
        )
        for file in attached
    )
    return Markup('<ul class="f2f-files">{}</ul>').format(rows)


def written(words: str) -> Markup:
    """Somebody's words with their line breaks."""
    return Markup('<p class="f2f-words">{}</p>').format(words)


def empty(title: str, hint: str, *, level: int = 2) -> None:
    """Nothing here, and what to do about it; of level 1 where the page has no other heading."""
    show(Markup('<div class="f2f-empty"><h{0}>{1}</h{0}><p>{2}</p></div>').format(level, title, hint))


def _line(event: CaseEvent, case: Case, bodies: Mapping[str, str], today: date, *, quoted: bool) -> Markup:
    when = i18n.moment(clock.local(event.happened_at), lang())
    due, words = due_of(event, today), words_of(event, case) if quoted else ""
    return (
        Markup("<li><time>{}</time><p>{}</p>").format(when, happened(event, case, bodies, today))
        + (Markup('<p class="f2f-quietly">{}</p>').format(due) if due else "")
        + (Markup('<p class="f2f-words">{}</p>').format(words) if words else "")
        + (file_links(event.detail.get("files", ())) if quoted else "")
        + Markup("</li>")
    )


def _size(size: int) -> str:
    if size >= 1024**2:
        return f"{i18n.number(size / 1024**2, lang(), 1)} MB"
    return f"{i18n.number(max(1, size / 1024), lang())} KB"
