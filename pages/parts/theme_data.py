"""What the page about the next theme shows: read once a change, ranked anew with each set of weights."""

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from db import themes as records
from db.events import Head
from db.figures import EVERYTHING
from db.scope import Scope
from db.sql import Connection
from insight.facts import read_facts
from insight.frames import Frame
from insight.theme_proposal import Proposal, proposal
from insight.themes import Candidate, Coverage, Weights, candidates, coverage, recent
from pages.parts.here import store

_REACH = timedelta(days=730)  # whom forums reached within two years


@dataclass(frozen=True)
class Ground:
    """What candidates are made from. Shared between viewers: nobody changes it."""

    facts: Frame
    known: Coverage


@st.cache_resource(max_entries=10, show_spinner=False)
def ground(head: Head, scope: Scope, as_of: date) -> Ground:
    return store().read(lambda con: _read(con, scope, as_of))


def _read(con: Connection, scope: Scope, as_of: date) -> Ground:
    facts = read_facts(con, scope=scope, filters=EVERYTHING, as_of=as_of)
    cases = recent(facts.cases, as_of)
    told = records.told(con, scope, list(cases["id"])).drop(columns="enterprise_id")
    towns = records.town_coverage(con, scope, since=as_of - _REACH, as_of=as_of)
    return Ground(cases.merge(told, on="id"), coverage(facts.forums, towns, as_of))


@st.cache_resource(max_entries=30, show_spinner=False)
def ranking(head: Head, scope: Scope, as_of: date, weights: Weights) -> tuple[Candidate, ...]:
    found = ground(head, scope, as_of)
    return candidates(found.facts, found.known, weights, as_of)


@st.cache_resource(max_entries=30, show_spinner=False)
def proposal_of(head: Head, scope: Scope, as_of: date, kind: str, code: str, _chosen: Candidate) -> Proposal:
    found = ground(head, scope, as_of)
    ids = found.facts.loc[found.facts["id"].isin(_chosen.case_ids), "enterprise_id"].unique()
    register = store().read(lambda con: records.forums_of(con, scope, list(ids), as_of))
    return proposal(_chosen, found.facts, register, found.known)


def titles(head: Head, scope: Scope, as_of: date) -> dict[str, tuple[str, str]]:
    """Case id → its number and title."""
    facts = ground(head, scope, as_of).facts
    return {row.id: (row.number, row.title) for row in facts.itertuples()}
