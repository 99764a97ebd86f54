"""A letter that went out is corrected by another, which names it."""

from uuid import uuid4

import streamlit as st

from casework.letters import letters
from db.cases import cases, handed_over
from db.letters import letters as kept
from db.letters.letters import Letter
from pages.shared.asking import ask, by, save
from pages.shared.here import actor, store, t


def ask_to_correct(letter: Letter) -> None:
    def draw() -> None:
        st.text(t("letter.correct_hint", number=letter.content["number"]))
        note = st.text_area(t("letter.note"), key="letter-correct-note")
        if st.button(t("letter.correct"), type="primary", key="letter-correct-go"):
            save(lambda: _correct(letter, note))

    ask(t("letter.correct"), draw)


def _correct(letter: Letter, note: str) -> Letter:
    """Of the cases that the body, or what took its place, still has."""
    case_ids, copied = store().read(lambda con: (kept.case_ids(con, letter.id), kept.copied(con, letter.id)))
    gone = {one.case_id for one in store().read(lambda con: handed_over.of_letters(con, [letter.id]))[letter.id]}
    left = [one for one in case_ids if one not in gone]
    leads = {case.lead_body for case in store().read(lambda con: cases.these(con, actor().scope, left)).values()}
    return letters.issue_letter(
        store(), letter_id=str(uuid4()), lead=next(filter(None, leads), letter.lead_body), copied=copied, note=note,
        **by(), case_ids=left, corrects=letter.id,
    )  # fmt: skip
