"""A questionnaire from a file: first what was read, what is not supported and what is refused, then the draft."""

import streamlit as st

from intake import foreign_files as form_files
from intake.files.upload import Upload
from intake.questionnaires import versions as questionnaires
from intake.xlsform.reader import Reading
from pages.imports.findings import while_read
from pages.questionnaires.listed import go_to
from pages.questionnaires.problems import remarks
from pages.questionnaires.results import results
from pages.shared.asking import ask, attempt, by
from pages.shared.here import lang, store, t
from pages.shared.plain import plain


def ask_to_import() -> None:
    ask(t("designer.import"), _import, width="large")


def _import() -> None:
    st.caption(t("designer.import_lead"))
    file = st.file_uploader(t("designer.file"), type=["xlsx", "xls", "csv"], key="designer-file")
    if file is None:
        return
    upload = Upload(file.name, file.getvalue())
    with while_read():
        form = form_files.read_form_file(upload)
        found = None if form_files.is_form(form) else form_files.read_result_file(upload)
    if found and found.sheets:
        show(found.reading, others="designer.not_as_it_stands")
        results(upload, found)
    else:
        _form(form)


def _form(reading: Reading) -> None:
    show(reading)
    asked = reading.questionnaire
    if asked is None:
        st.error(t("designer.nothing"))
    elif st.button(t("designer.keep"), type="primary", key="designer-keep") and attempt(
        lambda: questionnaires.keep_imported(store(), questionnaire=asked, **by())
    ):
        go_to(asked.code, asked.version)
        st.rerun()


def show(reading: Reading, others: str = "designer.not_supported") -> None:
    """Item by item, nothing dropped silently."""
    with st.expander(t("designer.read", n=len(reading.read)), key="import-read"):
        items = reading.questionnaire.items if reading.questionnaire else ()
        said = {item.code: item.say(lang()) for item in items}
        lines = (
            f"{i.row or ''}  {i.code}  {t(f'questionkind.{i.kind}')}  {said.get(i.code, '')}".strip()
            for i in reading.read
        )
        plain("\n".join(lines))
    remarks(others, reading.unsupported)
    remarks("designer.refused", reading.refused)
