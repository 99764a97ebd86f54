"""A receipt to keep: number, time and a code to scan."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime

import i18n
from casework.documents.code_picture import code_of
from db import clock
from pages.shared import lead
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.style import style


def receipt(number: str, at: datetime, qr_address: str, lines: Sequence[str] = (), *, opens: str = "proof") -> None:
    """Draw it. `at` is UTC; `qr_address` is what the code opens, the 'proof' or the 'case'; `lines` are our own words
    below the number."""
    style("shared/receipt")
    said = Markup().join(map(Markup("<p>{}</p>").format, (i18n.moment(clock.local(at), lang()), *lines)))
    head = Markup('<p class="f2f-quiet">{}</p><p class="f2f-number">{}</p>').format(t("receipt.number"), number)
    image = qr_image(qr_address, t("receipt.qr_alt", number=number))
    code = Markup("<figure>{}<figcaption>{}</figcaption></figure>").format(image, t(f"receipt.opens_{opens}"))
    received = Markup('<div class="f2f-receipt" id="f2f-receipt" role="group" aria-label="{}"><div>{}{}</div>{}</div>')
    show(received.format(t("receipt.received", number=number), head, said, code))
    lead.to_the_top(number, "f2f-receipt")


def qr_code(address: str, alt: str) -> None:
    """The code alone."""
    style("shared/receipt")
    show(qr_image(address, alt))


def qr_image(address: str, alt: str) -> Markup:
    """An `<img>` of the code: a PNG, which a long press on a phone keeps. White around it in the dark too."""
    code = b64encode(code_of(address, dots=6, quiet=3)).decode()
    return Markup('<img class="f2f-qr" src="data:image/png;base64,{}" alt="{}">').format(code, alt)
