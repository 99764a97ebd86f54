"""The sheets of a survey to print, one an enterprise: a few as a file, many as a bundle."""

import streamlit as st

from casework.documents import documents
from intake.paper import sheets
from intake.paper.sheets import Letterhead
from intake.waves.inviting import Link
from pages.shared.address import full_address
from pages.shared.file_types import FILE_TYPES
from pages.shared.here import t
from pages.shared.names import names

_MOST_AS_PDF = 100  # LibreOffice takes some seconds for these


def printed(head: Letterhead, links: list[Link]) -> None:
    """A few as one Word file and a PDF; many as a bundle with a Word file a town."""
    name = f"survey-{head.wave.number}-sheets"
    if len(links) > _MOST_AS_PDF:
        bar = st.progress(0.0, t("invite.making", n=0, all=len(links)))

        def tell(n: int) -> None:
            bar.progress(n / len(links), t("invite.making", n=n, all=len(links)))

        bundle = sheets.sheets_by_town(head, links, link_address, names().town, tell)
        bar.empty()
        _offer(t("invite.bundle"), bundle, f"{name}.zip", "application/zip", "invite-sheets")
        return
    word = sheets.sheets(head, sorted(links, key=lambda link: link.serial or 0), link_address)
    _offer(t("invite.word"), word, f"{name}.docx", FILE_TYPES["docx"], "invite-sheets")
    pdf = documents.to_pdf(word) if documents.pdf_possible() else None
    if pdf:
        _offer(t("invite.pdf"), pdf, f"{name}.pdf", FILE_TYPES["pdf"], "invite-pdf")


def _offer(label: str, content: bytes, name: str, mime: str, key: str) -> None:
    st.download_button(label, content, file_name=name, mime=mime, on_click="ignore", icon=":material/print:", key=key)


def link_address(link: Link) -> str:
    return full_address(f"/i/{link.token}")
