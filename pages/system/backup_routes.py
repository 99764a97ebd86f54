"""GET /backups/{name}: who asks shows once more who they are; POST: the file. No password reaches a Streamlit form."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response

import i18n
from access.actor import Actor
from access.backup_copies import backup_named, code_is_asked, take_backup
from db import keys
from db.refused import Refused
from db.system import backups
from pages.shared.here import now, store
from pages.shared.markup import Markup
from pages.web.asked import actor_of, address_of, language_of, sign_in_first
from pages.web.plain_fields import code_field, password_now
from pages.web.plain_pages import plain_page, refused_page
from pages.web.posted import Typed, posted


def backup_form(request: Request) -> Response:
    return _shown(request, None)


@posted("secret", "what")
def backup(request: Request, typed: Typed) -> Response:
    person = _holder(request)
    if isinstance(person, Response):
        return person
    asked = {"name": request.path_params["name"], "address": address_of(request), **typed}
    try:
        path = take_backup(store(), actor=person, folder=backups.folder(), at=now(), **asked)
    except Refused as refusal:
        return _shown(request, refusal)
    headers = {"cache-control": "private, no-store", "x-content-type-options": "nosniff"}
    return FileResponse(path, filename=path.name, media_type="application/octet-stream", headers=headers)


def _shown(request: Request, refusal: Refused | None) -> Response:
    """Also why nothing was sent, with what to type again."""
    person, language = _holder(request), language_of(request)
    if isinstance(person, Response):
        return person
    try:
        found = backup_named(store(), actor=person, folder=backups.folder(), name=request.path_params["name"])
    except Refused as unknown:
        return refused_page(request, unknown, status=404)
    action = f"/backups/{quote(found.name)}"
    asked = (code_field if code_is_asked(store(), actor=person) else password_now)("secret")
    there = keys.path_beside(backups.folder() / found.name).is_file()
    fields = (asked, _buttons(language, found.name, with_keys=there))
    return plain_page(language, "backup.title", fields, action=action, refusal=refusal, lead="backup.lead", back=action,
                      in_house=True)  # fmt: skip


def _buttons(language: i18n.Language, name: str, *, with_keys: bool) -> Markup:
    one = Markup('<button type="submit" name="what" value="{}">{}</button>')
    said = Markup("<p>{}</p>").format(i18n.text("backup.which", language, name=name))
    keys_too = one.format("keys", i18n.text("backup.keys", language)) if with_keys else ""
    hint = Markup("<p>{}</p>").format(i18n.text("backup.keys_hint", language)) if with_keys else ""
    return said + one.format("copy", i18n.text("backup.take", language)) + keys_too + hint


def _holder(request: Request) -> Actor | Response:
    """An administrator; the way to the sign-in for whoever is not here."""
    person = actor_of(request)
    if person is None:
        return sign_in_first(request)
    if person.may("keep_system"):
        return person
    return refused_page(request, Refused("forbidden"))
