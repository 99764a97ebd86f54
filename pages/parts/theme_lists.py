"""What comes of a theme: the proposed agenda, whom to invite, which bodies; and the decision that keeps them."""

from collections.abc import Mapping
from html import escape
from uuid import uuid4

import streamlit as st

from casework.theme_choices import LONGEST_NOTE, Grounds, choose_theme
from insight.theme_proposal import Invited, Proposal
from insight.themes import Candidate, Weights
from pages.parts.asking import attempt
from pages.parts.here import actor, lang, now, store, t
from pages.parts.names import Names
from pages.parts.plain import letters
from pages.parts.theme_ranking import name_of


def theme_lists(found: Proposal, titles: Mapping[str, tuple[str, str]], called: Names) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        with st.container(border=True, key="card-theme-agenda"):
            _headed("agenda")
            _list("ol", _items(found, titles))
            if not found.items:
                st.caption(t("theme.agenda_none"))
        with st.container(border=True, key="card-theme-bodies"):
            st.subheader(t("theme.bodies"), anchor=False)
            _list("ul", [_line(called.who(code), t("theme.body_cases", n=n)) for code, n in found.bodies])
    with right, st.container(border=True, key="card-theme-invite"):
        _headed("invite")
        _list("ol", [_invited(one, called) for one in found.enterprises])


def decide(one: Candidate, standing: tuple[Candidate, ...], found: Proposal, weights: Weights, called: Names) -> None:
    """Staff choose; everything that stood on the screen is kept."""
    if not actor().may("plan_forum"):
        return
    choice_id = st.session_state.setdefault(f"theme-choice-{one.kind}-{one.code}", str(uuid4()))
    with st.container(border=True, key="card-theme-decide"):
        note = st.text_area(t("theme.note"), key="theme-note", max_chars=LONGEST_NOTE, height=80) or ""
        if st.button(t("theme.save"), type="primary", key="theme-save"):
            kept = Grounds(vars(weights), {f"{c.kind}:{c.code}": _scores(c) for c in standing}, _proposed(found))
            st.session_state["theme-saved"] = attempt(
                lambda: choose_theme(
                    store(),
                    actor=actor(),
                    choice_id=choice_id,
                    kind=one.kind,
                    code=one.code,
                    grounds=kept,
                    note=note,
                    at=now(),
                )
            )
        made = st.session_state.get("theme-saved")
        if made and (made.kind, made.code) == (one.kind, one.code):
            st.success(t("theme.saved", name=letters(name_of(one, called))), icon=":material/check:")
            st.page_link("staff/forums.py", label=t("theme.to_forums"), icon=":material/groups:")


def _scores(one: Candidate) -> dict[str, float]:
    return {test.code: round(test.score, 1) for test in one.tests} | {"total": one.total}


def _proposed(found: Proposal) -> dict[str, list[str]]:
    return {
        "enterprises": [one.id for one in found.enterprises],
        "bodies": [code for code, _ in found.bodies],
        "cases": [item.case_id for item in found.items],
    }


def _headed(name: str) -> None:
    st.subheader(t(f"theme.{name}"), anchor=False)
    st.caption(t(f"theme.{name}_hint"))


def _list(tag: str, lines: list[str]) -> None:
    st.html(f'<{tag} class="f2f-theme-list">{"".join(lines)}</{tag}>')


def _items(found: Proposal, titles: Mapping[str, tuple[str, str]]) -> list[str]:
    made = []
    for item in found.items:
        number, title = titles[item.case_id]
        like = [t("theme.like", n=len(item.like)), t("theme.enterprises", n=item.enterprises)] if item.like[1:] else []
        made.append(_line(title, " · ".join([number, *like])))
    return made


def _invited(one: Invited, called: Names) -> str:
    facts = [
        called.town.get(one.town_code, one.town_code),
        t("theme.cases_of", n=len(one.case_ids)),
        t("theme.came", n=one.forums) if one.forums else t("theme.never_came"),
    ]
    return _line(one.name(lang()), " · ".join(facts + ([t("theme.behind")] if one.behind else [])))


def _line(words: str, quiet: str) -> str:
    return f'<li>{escape(words)}<div class="f2f-quiet">{escape(quiet)}</div></li>'
