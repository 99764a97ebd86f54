"""Meetings as rows below their months, and what the year adds up to."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import streamlit as st

import i18n
from casework.meetings.meetings import KINDS
from db.plans.meetings import MeetingLine
from pages.plans.meetings import title_of
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.names import person
from pages.shared.rows import number_tiles, pressed_row


def year_counts(found: Sequence[MeetingLine], year: int) -> None:
    """Four figures of the year: meetings of each kind, decisions carried out, decisions overdue."""
    kinds = {code: sum(line.meeting.kind == code for line in found) for code in KINDS}
    decisions, done, late = (sum(getattr(line, name) for line in found) for name in ("decisions", "done", "late"))
    tiles = [(kinds[code], t(f"meeting.count.{code}", year=year), "") for code in KINDS]
    tiles += [(done, t("meeting.count.done", n=i18n.number(decisions, lang())), "")]
    tiles += [(late, t("meeting.count.late"), "f2f-late" if late else "")]
    number_tiles("f2f-tiles", tiles)


def by_month(shown: Sequence[MeetingLine], everything: Sequence[MeetingLine], today: date) -> None:
    """The rows of a page; a month's head counts the whole month, also what stands on another page."""
    for month, lines in groupby(shown, key=lambda line: line.meeting.held_on.replace(day=1)):
        whole = [line for line in everything if line.meeting.held_on.replace(day=1) == month]
        show(Markup('<h2 class="f2f-month">{}<span>{}</span></h2>').format(i18n.month(month, lang()), _sums(whole)))
        with st.container(key=f"list-meetings-{month:%Y%m}", gap=None):
            for line in lines:
                _row(line)


def _sums(lines: Sequence[MeetingLine]) -> str:
    said = [
        t("meeting.sum", kind=t(f"meeting.kind.{code}"), n=n)
        for code in KINDS
        if (n := sum(line.meeting.kind == code for line in lines))
    ]
    return i18n.DOT.join(said)


def _row(line: MeetingLine) -> None:
    id_, label = line.meeting.id, t("meeting.open", title=title_of(line.meeting))
    pressed_row(_markup(line), f"press-row-{id_}", f"press-{id_}", label, "meeting", id_)


def _markup(line: MeetingLine) -> Markup:
    meeting = line.meeting
    dot = "f2f-dot f2f-next" if meeting.kind == "coordination" else "f2f-dot"
    late = Markup('<span class="f2f-late">{}</span>').format(t("meeting.late", n=line.late)) if line.late else ""
    decided = t("meeting.decided", done=line.done, n=line.decisions) if line.decisions else t("meeting.no_decision")
    chaired = t("meeting.by", chair=person(meeting.chair))
    by = Markup('<span class="{}">{}</span>　{}').format(dot, title_of(meeting), chaired)
    day, cases = i18n.day(meeting.held_on, lang()), t("meeting.cases", n=line.cases)
    return Markup(
        '<div class="f2f-meeting"><div class="f2f-quiet">{}</div><div><b>{}</b><div class="f2f-quiet">{}</div></div>'
        "<div>{}</div><div>{} {}</div></div>"
    ).format(day, meeting.topic, by, cases, decided, late)
