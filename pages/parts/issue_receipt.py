"""What the sender of an issue keeps, and what happens next."""

from html import escape

import streamlit as st

from access.actor import Actor
from db import proofs
from intake.issues import IssueReceipt
from pages.parts.address import full_address
from pages.parts.here import t
from pages.parts.links import here_link
from pages.parts.proof import proof_link
from pages.parts.receipt import receipt

STEPS = ("dispatch", "answer", "judge")


def issue_receipt(given: IssueReceipt, actor: Actor) -> None:
    """Draw it. The code opens this one case for whoever holds it, so it goes to the enterprise alone."""
    path = f"/c/{given.code}?case={given.number}"
    lines = [t("issue.receipt.code", code=given.code), t("issue.receipt.mark", mark=proofs.mark(given.head_hash))]
    receipt(given.number, given.at, full_address(path), lines)
    on_behalf = actor.may("raise_on_behalf")
    st.info(t("issue.receipt.on_behalf" if on_behalf else "issue.receipt.keep"), icon=":material/bookmark:")
    proof_link(given.number, proofs.mark(given.head_hash))
    st.subheader(t("issue.receipt.next"), anchor=False)
    steps = "".join(f"<li>{escape(t(f'issue.receipt.next_{step}'))}</li>" for step in STEPS)
    st.html(f'<ol class="f2f-steps">{steps}</ol>')
    if actor.may("follow_cases"):
        with st.container(key="follow"):
            to = {"id": given.case_id}
            st.page_link("enterprise/case.py", label=t("issue.receipt.follow"), query_params=to, width="stretch")
    elif not on_behalf:
        here_link(t("issue.receipt.follow"), path, primary=True)
