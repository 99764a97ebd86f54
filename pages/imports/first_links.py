"""The links by which those whose accounts came from a file set their first password."""

from datetime import timedelta
from functools import partial

import streamlit as st

import i18n
from access import admin
from access.actor import Actor
from casework.documents.exports import to_workbook
from db import clock
from db.store import Store
from pages.shared.address import full_address
from pages.shared.file_types import FILE_TYPES
from pages.shared.here import actor, lang, store, t

_HEADS = ("login", "name", "role", "link")


def first_links() -> None:
    """A file for each import some of whose accounts have no password yet; pressed again, the earlier links end."""
    found = admin.account_imports(store(), actor=actor())
    if found:
        st.subheader(t("beginning.links"), anchor=False)
        st.caption(t("beginning.links_hint", days=admin.FIRST_LINK_LASTS // timedelta(days=1)))
    made = partial(links_file, store(), actor=actor(), language=lang(), address=full_address("/reset/"))
    for one in found:
        label = t("beginning.links_of", time=i18n.moment(clock.local(one.at), lang()), n=one.n)
        content = partial(made, import_id=one.id)  # called when it is pressed, where no page is drawn
        st.download_button(label, content, t("beginning.links_file"), FILE_TYPES["xlsx"], on_click="ignore",
                           icon=":material/download:", key=f"links-{one.id}")  # fmt: skip


def links_file(store: Store, *, actor: Actor, import_id: str, language: str, address: str) -> bytes:
    at = clock.now()
    made = admin.first_links(store, actor=actor, import_id=import_id, at=at)
    heads = [i18n.text(f"beginning.link.{name}", language) for name in _HEADS]
    rows = [[a.login, a.name, i18n.text(f"role.{a.role}", language), f"{address}{token}"] for a, token in made]
    until = i18n.moment(clock.local(at + admin.FIRST_LINK_LASTS), language)
    note = i18n.text("beginning.links_note", language, until=until)
    return to_workbook([(i18n.text("beginning.links", language), heads, rows, note)])
