"""What staff do with results: look at doubtful answers, publish, weigh the dimensions."""

from functools import partial
from uuid import uuid4

import pandas as pd
import streamlit as st

from access.actor import Actor
from db.survey import estimates as stored
from db.survey.surveys import Wave
from insight.survey.integrity import Doubt, Integrity
from insight.survey.protection import TABLES
from insight.survey.publishing import HEAVIEST, PARTS, publish_results, set_weights, withdraw_results
from insight.survey.report import Report
from insight.survey.report_words import Speech
from pages.results import board as results_board
from pages.results.files import FILES
from pages.shared.asking import attempt, save
from pages.shared.here import now, store, t
from pages.shared.links import here_link


def downloads(wave: Wave) -> None:
    with st.container(horizontal=True, key="results-files"):
        for kind, ending in FILES.items():
            here_link(t(f"results.take.{kind}"), f"/results/{wave.number}.{ending}")


def doubts(found: Integrity, say: Speech) -> None:
    """Those that the answers show by themselves, numbered in this list alone: a receipt's number would name them."""
    if not found.doubts:
        return
    with st.expander(t("results.trust.list", n=len(found.doubts))):
        columns = [t(f"results.trust.{name}") for name in ("number", "reason", "evidence")]
        table = pd.DataFrame([_doubt(one, say) for one in found.doubts], columns=columns)
        st.dataframe(table, hide_index=True, alt=t("results.trust.list", n=len(table)))


def _doubt(one: Doubt, say: Speech) -> list[str]:
    facts = {name: say.number(value, 0) for name, value in one.facts.items()}
    words = say.word(f"evidence.{one.kind}", **facts)
    return [str(one.number), say.word(f"doubt.{one.kind}"), words]


def publishing(actor: Actor, wave: Wave, say: Speech) -> None:
    with st.container(border=True, key="card-results-publish"):
        st.subheader(t("results.publish.title"))
        versions = store().read(lambda con: stored.versions(con, wave.id))
        if versions and versions[0].withdrawn_at is None:
            _public(actor, wave, versions[0])
        names = {part: say.word(f"where.{part}" if part in TABLES else f"publish.{part}") for part in PARTS}
        parts = st.pills(t("results.publish.parts"), PARTS, selection_mode="multi", default=PARTS, key="publish-parts",
                         format_func=names.__getitem__)  # fmt: skip
        form_id = st.session_state.setdefault("publish-form", str(uuid4()))
        if st.button(t("results.publish.button"), type="primary", key="publish"):
            asked = {"form_id": form_id, "wave_id": wave.id, "parts": parts}
            if made := attempt(lambda: publish_results(store(), actor=actor, at=now(), **asked)):
                st.session_state.pop("publish-form")
                st.toast(t("results.publish.done", version=made.version))
                st.rerun()


def _public(actor: Actor, wave: Wave, live: stored.Published) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(t("results.publish.live", version=live.version))
        here_link(t("results.publish.open"), f"/published/{wave.number}")
        if st.button(t("results.publish.withdraw"), key="withdraw"):
            save(lambda: withdraw_results(store(), actor=actor, published_id=live.id, at=now()),
                 said="results.publish.withdrawn")  # fmt: skip


def weights(actor: Actor, found: Report, say: Speech) -> None:
    """Of the waves to come: a closed one keeps its own."""
    known = store().read(lambda con: stored.weights(con, now()))
    with st.expander(t("results.publish.weights")), st.form("index-weights", border=False):
        st.text(t("results.publish.weights_lead"))
        with st.grid(4, min_column_width=150):
            wanted = {
                code: st.number_input(say.figure(code), 0.0, HEAVIEST, known.get(code, 1.0), 0.5, key=f"weight-{code}")
                for code in found.weights
            }
        if st.form_submit_button(t("results.publish.save")):
            setting = partial(set_weights, store(), actor=actor, weights=wanted, at=now())
            save(setting, then=results_board.forget, said="results.publish.saved")
