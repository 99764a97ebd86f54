"""Whether a receipt stands in the record and still holds: typed, or from the address that its code carries."""

import streamlit as st

from db.system import proofs
from pages.issue.proof import asked_for, found_nothing, proved
from pages.shared.here import store, t
from pages.survey.own_copy import own_copy

with st.container(key="narrow"):
    number, mark = st.query_params.get("n", ""), st.query_params.get("hash", "")
    if number and mark:
        proof = store().read(lambda con: proofs.find(con, number[:40], mark[:80]))
        found_nothing() if proof is None else proved(proof)
    else:
        st.title(t("page.verify"), anchor=False)
        st.markdown(t("verify.lead"))
    asked_for(number, mark)
    own_copy()
