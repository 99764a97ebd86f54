"""What a plain form brought: fields and files, no more than a page of ours sends."""

from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

import i18n
from db.refused import Refused
from intake.files.upload import Upload
from intake.issue.attachments import LARGEST, MOST
from pages.plain.fields import unseen
from pages.shared.markup import Markup
from pages.survey.kind import Posted
from pages.web.asked import language_of
from pages.web.plain_fields import button
from pages.web.plain_pages import plain_page

MOST_FIELDS = 600
LONGEST_FIELD = 300_000  # bytes: the answers of a whole form stand in one
LARGEST_FORM = MOST * LARGEST + 2_000_000


@dataclass(frozen=True)
class Sent:
    fields: Posted
    files: tuple[Upload, ...] = ()

    def again(self, request: Request, sign_in: str) -> Response:
        """A page that holds what was sent until its sender is here again; a password has no place in it."""
        language = language_of(request)
        kept = unseen((name, one) for name, given in self.fields.items() for one in given)
        first = Markup('<p><a href="{}" target="_blank" rel="noopener">{}</a></p>').format(
            sign_in, i18n.text("header.sign_in", language)
        )
        fields = (first, kept, button(language, "plain.send_again"))
        return plain_page(
            language, "plain.signed_out", fields, action=request.url.path, refusal=None, lead="plain.signed_out_lead"
        )


async def sent_by(request: Request) -> Sent:
    """Nothing of a mere look. Raises Refused('form_too_large')."""
    if request.method != "POST":
        return Sent({})
    size = request.headers.get("content-length", "")
    many = request.headers.get("content-type", "").startswith("multipart/")
    if not size.isdecimal() or int(size) > (LARGEST_FORM if many else LONGEST_FIELD):
        raise Refused("form_too_large", megabytes=LARGEST // 1024**2)
    try:
        form = await request.form(max_files=2 * MOST, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD)
    except HTTPException:
        raise Refused("form_too_large", megabytes=LARGEST // 1024**2) from None
    fields: dict[str, list[str]] = {}
    files: list[Upload] = []
    for name, given in form.multi_items():
        if isinstance(given, UploadFile):
            files += [Upload(given.filename, await given.read())] if given.filename else []
        else:
            fields.setdefault(name, []).append(given)
    return Sent(fields, tuple(files))
