"""Letters that went out; the letter of a case."""

from collections.abc import Sequence

import streamlit as st

import i18n
from access.actor import Actor
from casework.documents import documents
from casework.letters import letters
from db import clock
from db.cases import handed_over
from db.cases.cases import Case
from db.cases.handed_over import Gone
from db.letters import letters as kept
from db.letters.letters import Letter
from db.states import UNDER_WAY
from pages.letters.correcting import ask_to_correct
from pages.shared.here import actor, lang, store, t
from pages.shared.links import paper_links
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
                st.button(label, key=key, type="tertiary", on_click=ask_to_correct, args=(letter,))


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


def letter_of_case(who: Actor, case: Case) -> None:
    """In a case's drawer: the letter of its present dispatch, or the way to make it."""
    if case.dispatched_at is None or not letters.may_read(who):
        return
    found = store().read(lambda con: kept.of_case(con, who.scope, case.id))
    if found:
        paper_links(f"/letters/{found.id}", t("letter.drawer", number=found.content["number"]))
    elif who.may("triage_case") and case.state in UNDER_WAY:
        st.page_link("letters/letters.py", label=t("letter.drawer_make"), icon=":material/drafts:")
