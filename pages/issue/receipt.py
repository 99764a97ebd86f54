"""What the sender of an issue keeps, and what happens next."""

import streamlit as st

from access.actor import Actor
from db.system import proofs
from intake.issue.raising import IssueReceipt
from pages.issue.proof import proof_link, proof_path
from pages.shared.address import full_address
from pages.shared.here import t
from pages.shared.links import here_link
from pages.shared.receipt import receipt
from pages.shared.steps import show_next_steps


def issue_receipt(given: IssueReceipt, actor: Actor) -> None:
    """Draw it. The code opens this one case for whoever holds it, so it goes to the enterprise alone."""
    mark = proofs.mark(given.head_hash)
    if given.code:
        path, lines = f"/c/{given.code}?case={given.number}", [t("issue.receipt.code", code=given.code)]
    else:  # raised on behalf: what is scanned proves that the case came in, and opens nothing
        path, lines = proof_path(given.number, mark), []
    said, opens = [*lines, t("issue.receipt.mark", mark=mark)], "case" if given.code else "proof"
    receipt(given.number, given.at, full_address(path), said, opens=opens)
    _how_it_is_followed(given)
    proof_link(given.number, mark)
    st.header(t("issue.receipt.next"), anchor=False)
    show_next_steps()
    if actor.may("follow_cases"):
        with st.container(key="follow"):
            to = {"id": given.case_id}
            st.page_link("issue/case.py", label=t("issue.receipt.follow"), query_params=to, width="stretch")
    elif given.code:
        here_link(t("issue.receipt.follow"), path, primary=True)


def _how_it_is_followed(given: IssueReceipt) -> None:
    if given.code:
        st.info(t("issue.receipt.keep"), icon=":material/bookmark:")
        return
    if given.reach == "link":
        st.info(t("issue.receipt.reach.link"), icon=":material/key:")
        return
    said = f"{t(f'issue.receipt.reach.{given.reach}')}\n\n{t('issue.receipt.reach.only_theirs')}"
    st.info(said, icon=":material/key:")
