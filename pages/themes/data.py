"""What the page about the next theme shows: read once a change, ranked anew with each set of weights."""

from datetime import date

import streamlit as st

from db.events import Head
from db.forums import forum_day
from db.forums import themes as records
from db.scope import Scope
from insight.themes.ground import Ground, read_ground
from insight.themes.proposal import Proposal, proposal
from insight.themes.ranking import Candidate, Weights
from pages.shared.here import store


@st.cache_resource(max_entries=10, show_spinner=False)
def ground(head: Head, scope: Scope, as_of: date) -> Ground:
    return store().read(lambda con: read_ground(con, scope=scope, as_of=as_of))


@st.cache_resource(max_entries=30, show_spinner=False)
def ranking(head: Head, scope: Scope, as_of: date, weights: Weights) -> tuple[Candidate, ...]:
    return ground(head, scope, as_of).ranked(weights, as_of)


@st.cache_resource(max_entries=30, show_spinner=False)
def proposal_of(head: Head, scope: Scope, as_of: date, kind: str, code: str, _chosen: Candidate) -> Proposal:
    found = ground(head, scope, as_of)
    ids = found.facts.loc[found.facts["id"].isin(_chosen.case_ids), "enterprise_id"].unique()
    register = store().read(lambda con: records.forums_of(con, scope, list(ids), as_of))
    taken = store().read(lambda con: forum_day.taken(con, _chosen.open_ids))
    return proposal(_chosen, found.facts, register, found.known, taken)


def titles(head: Head, scope: Scope, as_of: date) -> dict[str, tuple[str, str]]:
    """Case id → its number and title."""
    facts = ground(head, scope, as_of).facts
    return {row.id: (row.number, row.title) for row in facts.itertuples()}
