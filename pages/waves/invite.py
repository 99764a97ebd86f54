"""Inviting: choose of whom, make the links once, take them along as a list or as sheets to print."""

from datetime import timedelta
from functools import partial

import streamlit as st

import i18n
from casework.documents import documents
from casework.documents.exports import to_xlsx
from db import clock
from db.survey.surveys import Wave
from db.system import settings
from i18n import folding
from intake.paper import sheets
from intake.paper.sheets import Letterhead
from intake.waves import inviting
from intake.waves import running as waves
from intake.waves.inviting import Link
from pages.shared.address import full_address
from pages.shared.asking import ask, attempt, by
from pages.shared.choices import choose, pick, sectors
from pages.shared.file_types import FILE_TYPES
from pages.shared.here import actor, lang, store, t
from pages.shared.names import names
from pages.shared.receipt import qr_code
from pages.shared.rows import secret

_MOST_AS_PDF = 100  # LibreOffice takes some seconds for these


def ask_to_invite(wave: Wave) -> None:
    ask(t("wave.invite"), partial(_invite, wave), width="medium")


def _invite(wave: Wave) -> None:
    """By sector, town and name, or the whole sample at once; the links are shown this once."""
    with st.container(horizontal=True):
        sector = choose(t("wave.sector"), sectors(), key="invite-sector")
        town = choose(t("wave.town"), names().town, key="invite-town")
    words = st.text_input(t("wave.name"), key="invite-name", max_chars=100) or ""
    again = st.checkbox(t("invite.again"), key="invite-again", help=t("invite.again_help"))
    whose = {"wave_id": wave.id, "sector": sector, "town": town}
    silent = inviting.still_silent(store(), actor=actor(), unlinked=not again, **whose)
    chosen = [firm for firm in silent if folding.has(words, firm.name_zh, firm.name_en, firm.uscc)]
    languages = i18n.offered(in_house=True)
    language = pick(st.segmented_control, t("invite.language"), languages, default=lang(), key="invite-language",
                    required=True)  # fmt: skip
    st.markdown(t("wave.to_invite", n=len(chosen)))
    if st.button(t("wave.make", n=len(chosen)), type="primary", disabled=not chosen, key="invite-make"):
        ids = [firm.id for firm in chosen]
        links = attempt(lambda: inviting.invite(store(), wave_id=wave.id, enterprise_ids=ids, **by()))
        if links:
            _hand_out(wave, links, i18n.choose(language))


def _hand_out(wave: Wave, links: list[Link], language: i18n.Language) -> None:
    """All that holds the links is made in this run: later nobody, not even the store, can say them again."""
    st.success(t("wave.made", n=len(links)))
    if len(links) == 1:
        address = _address(links[0])
        qr_code(address, t("wave.qr_alt", name=links[0].enterprise.say(lang())))
        secret(address)
    _list(wave, links)
    district = store().read(settings.district).say(language)
    asked = waves.questionnaire_of(store(), actor=actor(), wave_id=wave.id)
    head = Letterhead(district, wave, asked, language)
    _printed(head, links)
    st.caption(t("invite.once"))


def _list(wave: Wave, links: list[Link]) -> None:
    columns = [t(f"wave.column.{name}") for name in ("enterprise", "uscc", "town", "link", "until")]
    towns = names().town
    note = t("wave.sheet_note", title=wave.title(lang()))
    st.download_button(
        t("wave.download"),
        to_xlsx(columns, [_row(link, towns) for link in links], sheet=t("wave.sheet"), note=note),
        file_name=f"survey-{wave.number}-links.xlsx",
        mime=FILE_TYPES["xlsx"],
        on_click="ignore",  # the links are in this run only
        icon=":material/download:",
        key="invite-download",
    )


def _row(link: Link, towns: dict[str, str]) -> list[str]:
    firm, until = link.enterprise, i18n.moment(clock.local(link.expires_at - timedelta(minutes=1)), lang())
    return [firm.say(lang()), firm.uscc, towns.get(firm.town_code, ""), _address(link), until]


def _printed(head: Letterhead, links: list[Link]) -> None:
    """A few as one Word file and a PDF; many as a bundle with a Word file a town."""
    name = f"survey-{head.wave.number}-sheets"
    if len(links) > _MOST_AS_PDF:
        bar = st.progress(0.0, t("invite.making", n=0, all=len(links)))

        def tell(n: int) -> None:
            bar.progress(n / len(links), t("invite.making", n=n, all=len(links)))

        bundle = sheets.sheets_by_town(head, links, _address, names().town, tell)
        bar.empty()
        _offer(t("invite.bundle"), bundle, f"{name}.zip", "application/zip", "invite-sheets")
        return
    word = sheets.sheets(head, sorted(links, key=lambda link: link.serial or 0), _address)
    _offer(t("invite.word"), word, f"{name}.docx", FILE_TYPES["docx"], "invite-sheets")
    pdf = documents.to_pdf(word) if documents.pdf_possible() else None
    if pdf:
        _offer(t("invite.pdf"), pdf, f"{name}.pdf", FILE_TYPES["pdf"], "invite-pdf")


def _offer(label: str, content: bytes, name: str, mime: str, key: str) -> None:
    st.download_button(label, content, file_name=name, mime=mime, on_click="ignore", icon=":material/print:", key=key)


def _address(link: Link) -> str:
    return full_address(f"/i/{link.token}")
