"""Notes pinned to the charts: those that stand, and a form for another."""

from functools import partial

import streamlit as st

import i18n
from db.figures.chart_notes import ChartNote, chart_notes
from insight.glance.pinning import ABOUT, LONGEST, pin_note, remove_note
from pages.shared.asking import attempt, by
from pages.shared.choices import pick, pick_day
from pages.shared.here import kept, lang, store, t
from pages.shared.markup import Markup, show


def note_list() -> None:
    st.caption(t("pinning.lead"))
    for one in reversed(kept(chart_notes)):
        _line(one)
    with st.form("note", enter_to_submit=False, clear_on_submit=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            day = pick_day(t("pinning.day"), value=None, key="note-day")
            about = pick(st.segmented_control, t("pinning.about"), {one: t(f"pinning.{one}") for one in ABOUT},
                         default=ABOUT[0])  # fmt: skip
        words = st.text_input(t("pinning.words"), max_chars=LONGEST, placeholder=t("pinning.example"), key="note-words")
        pressed = st.form_submit_button(t("pinning.add"), key="note-add")
    if pressed:
        pin = partial(pin_note, store(), about=about or ABOUT[0], day=day, words=words)
        if attempt(lambda: pin(**by())):
            st.rerun()


def _line(one: ChartNote) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"note-{one.id}"):
        line = Markup("<div>{} <b>{}</b> <small>{}</small></div>")
        show(line.format(i18n.day(one.day, lang()), one.words, t(f"pinning.{one.about}")))
        st.button(t("pinning.remove"), key=f"note-remove-{one.id}", on_click=_remove, args=(one.id,))


def _remove(note_id: str) -> None:
    attempt(lambda: remove_note(store(), note_id=note_id, **by()))
