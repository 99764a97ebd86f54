"""The links of invitations, taken along as a list or as sheets to print."""

from datetime import timedelta

import streamlit as st

import i18n
from casework.documents import documents
from casework.documents.exports import to_xlsx
from db import clock
from db.survey.surveys import Wave
from db.system import settings
from intake.paper import sheets
from intake.paper.sheets import Letterhead
from intake.waves import running as waves
from intake.waves.inviting import Link
from pages.shared.address import full_address
from pages.shared.asking import attempt
from pages.shared.file_types import FILE_TYPES
from pages.shared.here import actor, lang, store, t
from pages.shared.names import names
from pages.shared.receipt import qr_code
from pages.shared.rows import secret

_MOST_AS_PDF = 100  # LibreOffice takes some seconds for these


def hand_out(wave: Wave, links: list[Link], language: i18n.Language) -> None:
    """The dialog alone holds the links: later nobody, not even the store, can say them again."""
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
        on_click="ignore",  # or all files would be made anew
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
    pdf = attempt(lambda: documents.to_pdf(word)) if documents.pdf_possible() else None
    if pdf:
        _offer(t("invite.pdf"), pdf, f"{name}.pdf", FILE_TYPES["pdf"], "invite-pdf")


def _offer(label: str, content: bytes, name: str, mime: str, key: str) -> None:
    st.download_button(label, content, file_name=name, mime=mime, on_click="ignore", icon=":material/print:", key=key)


def _address(link: Link) -> str:
    return full_address(f"/i/{link.token}")
