"""The decision for a theme: everything that stood on the screen is kept, and the forum is planned from it."""

import json
from collections.abc import Mapping
from functools import partial
from uuid import uuid4

import streamlit as st

import i18n
from casework.forums.forum_start import start_forum
from casework.forums.theme_choices import Grounds, choose_theme
from db import clock, references
from db.forums import themes
from db.forums.themes import Choice
from insight.themes.proposal import Proposal
from insight.themes.ranking import Candidate, Weights
from pages.forums.forms import ForumTheme, ask_to_plan
from pages.forums.invited import STARTED
from pages.shared.asking import attempt, by
from pages.shared.here import actor, lang, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names
from pages.shared.plain import letters, plain
from pages.shared.rows import cell, row, strong
from pages.themes.ranking import name_of

_SHOWN = 12  # of the choices of before


def decide(one: Candidate, standing: tuple[Candidate, ...], found: Proposal, weights: Weights, called: Names) -> None:
    """Offered to those who plan forums."""
    if not actor().may("plan_forum"):
        return
    choice_id = st.session_state.setdefault(f"theme-choice-{one.kind}-{one.code}", str(uuid4()))
    with st.container(border=True, key="card-theme-decide"):
        note = st.text_area(t("theme.note"), key="theme-note", height=80) or ""
        if st.button(t("theme.save"), type="primary", key="theme-save"):
            kept = Grounds(vars(weights), {f"{c.kind}:{c.code}": _scores(c) for c in standing}, _proposed(found))
            choose = partial(choose_theme, store(), choice_id=choice_id, kind=one.kind, code=one.code)
            st.session_state["theme-saved"] = attempt(lambda: choose(grounds=kept, note=note, **by()))
        made = st.session_state.get("theme-saved")
        if made and (made.kind, made.code) == (one.kind, one.code):
            st.success(t("theme.saved", name=letters(name_of(one, called))), icon=":material/check:")
            if st.button(t("theme.to_forums"), icon=":material/groups:", key="theme-plan"):
                ask_to_plan(_theme(one), partial(_begun, _proposed(found)))


def _scores(one: Candidate) -> dict[str, float]:
    return {test.code: i18n.rounded(test.score, 1) for test in one.tests} | {"total": i18n.rounded(one.total, 1)}


def _proposed(found: Proposal) -> dict[str, list[str]]:
    return {
        "enterprises": [one.id for one in found.enterprises],
        "bodies": [code for code, _ in found.bodies],
        "cases": [item.case_id for item in found.items],
    }


def _theme(one: Candidate) -> ForumTheme:
    item = store().read(lambda con: references.get(con, one.kind, one.code))
    sector = one.code if one.kind == "sector" else None
    return ForumTheme(item.name_zh, item.name_en, sector) if item else ForumTheme(sector=sector)


def _begun(proposed: Mapping[str, list[str]], forum_id: str) -> None:
    """The forum is there: it begins with the proposed issues and guests; its page says what was left out and why."""
    given = {"case_ids": proposed["cases"], "enterprise_ids": proposed["enterprises"], "bodies": proposed["bodies"]}
    started = attempt(lambda: start_forum(store(), forum_id=forum_id, **given, **by()))
    if started:
        st.session_state[STARTED] = (forum_id, started)
        st.switch_page("forums/forums.py", query_params={"forum": forum_id})


def past_choices(called: Names) -> None:
    """Those that were chosen before, with the weights of that day."""
    made = store().read(lambda con: themes.choices(con, limit=_SHOWN))
    with st.expander(t("theme.past"), icon=":material/history:"):
        if not made:
            show(Markup('<p class="f2f-quiet">{}</p>').format(t("theme.past_none")))
        for one in made:
            _line(one, called)


def _line(made: Choice, called: Names) -> None:
    weights = {name: str(weight) for name, weight in json.loads(made.weights).items()}
    day = i18n.day(clock.day_of(made.chosen_at), lang())
    name = getattr(called, made.kind).get(made.code, made.code)
    with st.container(key=f"row-choice-{made.id}"):
        row("choices", [strong(name, quiet=day), cell(t("theme.past_weights", **weights))])
        if made.note:
            plain(made.note)
