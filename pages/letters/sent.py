"""Letters that went out, and their corrections; the letter of a case."""

from collections.abc import Sequence
from uuid import uuid4

import streamlit as st

import i18n
from access.actor import Actor
from casework.documents import documents
from casework.letters import letters
from db import clock
from db.cases import cases, handed_over
from db.cases.cases import Case
from db.cases.handed_over import Gone
from db.letters import letters as kept
from db.letters.letters import Letter
from db.states import UNDER_WAY
from pages.shared.asking import ask, by, save
from pages.shared.here import actor, lang, store, t
from pages.shared.links import here_link
from pages.shared.markup import Markup, show
from pages.shared.names import Names
from pages.shared.paging import page_of
from pages.shared.plain import letters as letters_of
from pages.shared.rows import cell, records, row, strong
from pages.shared.style import style


def letter_style() -> None:
    style("shared/rows", "letters/letters")


def sent_letters(names: Names) -> None:
    """The list, the latest first, a page at a time."""
    who = actor()
    part = page_of(store().read(lambda con: kept.count(con, who.scope)))
    found = store().read(lambda con: kept.find(con, who.scope, **part))
    if who.may("triage_case") and not documents.pdf_possible():
        st.caption(t("letter.no_pdf"))
    gone = store().read(lambda con: handed_over.of_letters(con, [letter.id for letter in found]))
    none = t("letter.none"), t("letter.none_hint")
    records("letters", found, lambda letter: _letter(letter, gone[letter.id], names), *none)


def letter_links(letter: Letter) -> Markup:
    """Our own markup: the files of one letter."""
    words = {"docx": t("letter.word")} | ({"pdf": t("letter.pdf")} if documents.pdf_possible() else {})
    links = Markup().join(
        Markup('<a href="/letters/{}.{}" download>{}</a>').format(letter.id, kind, word) for kind, word in words.items()
    )
    return Markup('<span class="f2f-files-of">{}</span>').format(links)


def _letter(letter: Letter, gone: Sequence[Gone], names: Names) -> None:
    by = t("letter.answer_by", day=i18n.day(letter.answer_by, lang())) if letter.answer_by else ""
    with st.container(key=f"row-letter-{letter.year}-{letter.number}", gap=None):
        titles = t("letter.doc.between").join(item["title"] for item in letter.content["items"][:3])
        row(
            "letters",
            [
                strong(letter.content["number"], quiet=i18n.day(letter.issued_on, lang())),
                cell(names.who(letter.lead_body), quiet=by),
                cell(titles, quiet=t("letter.items", n=len(letter.content["items"]))),
                _state(letter),
            ],
        )
        for one in gone:
            _gone(one, names)
        with st.container(horizontal=True, vertical_alignment="center"):
            show(letter_links(letter), width="content")
            if actor().may("triage_case") and letter.replaced_by is None and letter.gone < letter.items:
                label, key = t("letter.correct"), f"correct-{letter.year}-{letter.number}"
                st.button(label, key=key, type="tertiary", on_click=_ask_to_correct, args=(letter,))


def _gone(one: Gone, names: Names) -> None:
    """Where a case of the letter went; a press opens it as this body had it."""
    said = t("letter.gone", number=one.number, day=i18n.day(clock.day_of(one.at), lang()), body=names.who(one.to))
    st.page_link("desk/desk.py", label=letters_of(said), query_params={"case": one.case_id})


def _state(letter: Letter) -> Markup:
    left = letter.items - letter.gone
    so_far = "all_gone" if not left else "all_answered" if letter.settled == left else "answered"
    code = "replaced" if letter.replaced_by else so_far
    tone = {"all_answered": "f2f-dot f2f-on", "answered": "f2f-dot f2f-next"}.get(code, "f2f-dot")
    return cell(t(f"letter.{code}", settled=letter.settled, n=left), style=tone)


def _ask_to_correct(letter: Letter) -> None:
    def draw() -> None:
        st.text(t("letter.correct_hint", number=letter.content["number"]))
        note = st.text_area(t("letter.note"), key="letter-correct-note", max_chars=letters.LONGEST_NOTE)
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


def letter_of_case(who: Actor, case: Case) -> None:
    """In a case's drawer: the letter of its present dispatch, or the way to make it."""
    if case.dispatched_at is None or not letters.may_read(who):
        return
    found = store().read(lambda con: kept.of_case(con, who.scope, case.id))
    if found:
        here_link(t("letter.drawer", number=found.content["number"]), f"/letters/{found.id}.docx")
    elif who.may("triage_case") and case.state in UNDER_WAY:
        st.page_link("letters/letters.py", label=t("letter.drawer_make"), icon=":material/drafts:")
