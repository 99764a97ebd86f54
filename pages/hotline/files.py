"""Files for the hotline: made once, and taken as often as somebody wants."""

from collections.abc import Callable
from functools import partial

import streamlit as st

import i18n
from casework.hotline.files import file_content, files_for_hotline
from db import clock
from db.hotline import HotlineFile
from pages.imports.preview import import_id
from pages.shared.asking import attempt
from pages.shared.file_types import FILE_TYPES
from pages.shared.here import actor, lang, store, t
from pages.shared.markup import Markup, show


def make_button(kind: str, n: int, make: Callable[[str], HotlineFile]) -> None:
    """`make` takes the file's id: a second press meets the first."""
    if st.button(t(f"hotline.make_{kind}", n=n), type="primary", icon=":material/upload_file:", key=f"make-{kind}"):
        made = attempt(lambda: make(import_id(kind)))
        if made:
            del st.session_state[f"import-{kind}"]
            st.rerun()


def files_made(kind: str) -> None:
    found = files_for_hotline(store(), actor=actor(), kind=kind)
    if not found:
        return
    st.header(t("hotline.files"), anchor=False)
    for file in found:
        with st.container(horizontal=True, vertical_alignment="center", key=f"list-{kind}-{file.number}"):
            _named(file)
            for ending in ("xlsx", "csv"):
                _download(file, ending)


def _named(file: HotlineFile) -> None:
    days = ""
    if file.since and file.until:
        days = t("hotline.file_days", since=i18n.day(file.since, lang()), until=i18n.day(file.until, lang()))
    made = i18n.moment(clock.local(file.made_at), lang())
    quiet = i18n.DOT.join(filter(None, (days, t("hotline.file_quiet", time=made, n=file.n))))
    line = Markup('<div><b>{}</b><div class="f2f-quiet">{}</div></div>')
    show(line.format(t("hotline.file", number=file.number), quiet), width="stretch")


def _download(file: HotlineFile, ending: str) -> None:
    content = partial(file_content, store(), actor=actor(), file_id=file.id, ending=ending)
    name = t(f"hotline.name_{file.kind}", number=file.number, ending=ending)
    st.download_button(t(f"export.{ending}"), content, name, FILE_TYPES[ending], icon=":material/download:",
                       on_click="ignore", key=f"take-{file.id}-{ending}")  # fmt: skip
