"""The links by which those whose accounts came from a file set their first password."""

from datetime import timedelta
from functools import partial

import streamlit as st

import i18n
from access import admin
from casework.documents.exports import to_workbook
from db import clock
from pages.shared.address import full_address
from pages.shared.file_types import FILE_TYPES
from pages.shared.here import actor, lang, now, store, t


def first_links() -> None:
    """A file for each import some of whose accounts have no password yet; pressed again, the earlier links end."""
    found = admin.account_imports(store(), actor=actor())
    if found:
        st.subheader(t("beginning.links"), anchor=False)
        st.caption(t("beginning.links_hint", days=admin.FIRST_LINK_LASTS // timedelta(days=1)))
    for one in found:
        label = t("beginning.links_of", time=i18n.moment(clock.local(one.at), lang()), n=one.n)
        st.download_button(label, partial(_file, one.id), t("beginning.links_file"), FILE_TYPES["xlsx"],
                           on_click="ignore", icon=":material/download:", key=f"links-{one.id}")  # fmt: skip


def _file(import_id: str) -> bytes:
    at = now()
    made = admin.first_links(store(), actor=actor(), import_id=import_id, at=at)
    heads = [t(f"beginning.link.{name}") for name in ("login", "name", "role", "link")]
    rows = [[a.login, a.name, t(f"role.{a.role}"), full_address(f"/reset/{token}")] for a, token in made]
    until = i18n.moment(clock.local(at + admin.FIRST_LINK_LASTS), lang())
    return to_workbook([(t("beginning.links"), heads, rows, t("beginning.links_note", until=until))])
