"""A receipt to keep: number, time and a code to scan."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

import segno
import streamlit as st

import i18n
from db import clock
from pages.shared.here import lang, t
from pages.shared.markup import markup
from pages.shared.style import style


def receipt(number: str, at: datetime, qr_address: str, lines: Sequence[str] = (), *, opens: str = "proof") -> None:
    """Draw it. `at` is UTC; `qr_address` is what the code opens, the 'proof' or the 'case'; `lines` are our own words
    below the number."""
    style("shared/receipt")
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    st.html(
        f'<div class="f2f-receipt"><div><p class="f2f-quiet">{escape(t("receipt.number"))}</p>'
        f'<p class="f2f-number">{escape(number)}</p>'
        f"<p>{escape(i18n.moment(clock.local(at), lang()))}</p>{said}</div>"
        f"<figure>{qr_image(qr_address, t('receipt.qr_alt', number=number))}"
        f"<figcaption>{escape(t(f'receipt.opens_{opens}'))}</figcaption></figure></div>"
    )


def qr_code(address: str, alt: str) -> None:
    """The code alone."""
    style("shared/receipt")
    markup(qr_image(address, alt))


def qr_image(address: str, alt: str) -> str:
    """An `<img>` of the code: a PNG, which a long press on a phone keeps. White around it in the dark too."""
    code = segno.make(address, error="m", micro=False).png_data_uri(scale=6, border=3)
    return f'<img class="f2f-qr" src="{code}" alt="{escape(alt)}">'
