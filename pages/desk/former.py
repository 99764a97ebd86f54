"""A case that went to another body, as the former one had it: to read, and nothing to do."""

import streamlit as st

import i18n
from db import clock
from db.cases import handed_over
from db.cases.handed_over import HandedOver
from pages.desk.facts import case_answer, case_facts, case_head, file_list
from pages.desk.history import history_part
from pages.shared.here import lang, store, t
from pages.shared.names import Names
from pages.shared.plain import letters, plain


def former_case(left: HandedOver, names: Names) -> None:
    day = i18n.moment(clock.local(left.at), lang())
    st.info(t("desk.handed_over", day=day, body=letters(names.who(left.to))), icon=":material/move_up:")
    case_head(left.case)
    case_facts(left.case, None, names)
    plain(left.case.text)
    file_list(store().read(lambda con: handed_over.files(con, left)))
    case_answer(left.case, names)
    history_part(left.history, names)
