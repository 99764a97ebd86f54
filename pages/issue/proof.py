"""A receipt that verifies: the way to the check, what it says, and the form for one that is typed."""

import streamlit as st

import i18n
from db import clock
from db.cases.cases import Case
from db.system import proofs
from db.system.proofs import Proof
from pages.shared import lead
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup, show
from pages.shared.style import style
from pages.survey.thanks import what_happens

_TRIES = "verify-tries"


def proof_path(number: str, mark: str) -> str:
    return f"/verify?n={number}&hash={mark}"


def proof_link(number: str, mark: str) -> None:
    """To the check of this receipt."""
    to = {"n": number, "hash": mark}
    st.page_link("issue/verify.py", label=t("verify.go"), icon=":material/verified:", query_params=to)


def proof_of_case(case: Case) -> None:
    """Under which mark the case came in, on the page of those who may follow it."""
    mark = proofs.mark(store().read(lambda con: proofs.hash_of_submission(con, case.id)))
    if mark:
        st.header(t("verify.of_case"), anchor=False)
        st.markdown(t("verify.of_case_text", mark=mark))
        proof_link(case.number, mark)


def proved(proof: Proof) -> None:
    """In plain words: when, as which event, and whether it holds."""
    facts = {
        "number": proof.number,
        "n": i18n.number(proof.n, lang()),
        "at": i18n.moment(clock.local(proof.happened_at), lang()),
    }
    if proof.breaks:
        st.title(t("verify.broken"), anchor=False)
        st.error(t("verify.broken_text", **facts), icon=":material/gpp_bad:")
        return
    st.title(t("verify.genuine"), anchor=False)
    st.success(t(f"verify.genuine_{proof.area}", **facts), icon=":material/verified:")
    apart = "participation" if proof.area == "survey" else "entry"
    st.markdown(t(f"verify.covers_{proof.area if proof.covers else apart}"))
    _after(proof)
    if proof.area == "survey":
        what_happens()
    with st.expander(t("verify.how")):
        st.markdown(t("verify.how_text"))


def found_nothing() -> None:
    st.title(t("verify.unknown"), anchor=False)
    st.warning(t("verify.unknown_text"), icon=":material/search_off:")


def asked_for(number: str, mark: str) -> None:
    """The form. What is sent goes into the address, which is what the receipt's code opens."""
    style("issue/issue", "issue/proof")
    keys = {"number": "verify-number", "mark": "verify-mark"}
    tries = st.session_state.get(_TRIES, 0)
    # A field that is not drawn yet lacks nothing: who comes back finds the tries of before and no fields.
    drawn = {name: key for name, key in keys.items() if tries and key in st.session_state}
    missing = {key: t(f"verify.no_{name}") for name, key in drawn.items() if not st.session_state[key]}
    with st.form("verify", border=True):
        if missing:
            lead.gaps(t("issue.check_below"), missing)
        typed = {}
        for name, value in (("number", number[:40]), ("mark", mark[:80])):
            hint = t(f"verify.{name}_hint")
            typed[name] = st.text_input(t(f"verify.{name}"), value=value, placeholder=hint, key=keys[name])
            if keys[name] in missing:
                lead.wrong(keys[name], missing[keys[name]], "f2f-field-error")
        label = t("verify.check")
        asked = st.form_submit_button(label, type="primary", width="stretch", key="verify-check", on_click=_try)
    lead.needed("verify", keys.values())
    lead.to_the_gap(missing, f"verify/{tries}")
    if asked and not missing:
        st.query_params.update({"n": typed["number"] or "", "hash": typed["mark"] or ""})
        st.rerun()


def _try() -> None:
    st.session_state[_TRIES] = st.session_state.get(_TRIES, 0) + 1


def _after(proof: Proof) -> None:
    """How much came after it, and the whole hash to compare."""
    later = proof.head_n - proof.n
    said = t("verify.later", n=later, count=i18n.number(later, lang())) if later else t("verify.latest")
    show(
        Markup('<div class="f2f-proof"><p>{}</p><p class="f2f-quiet">{}</p><p class="f2f-hash">{}</p></div>').format(
            said, t("verify.hash"), proof.hash
        )
    )
