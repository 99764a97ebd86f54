"""The form that writes guidance: of a policy, from a solved case, or a new version of what stands."""

from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

import streamlit as st

from casework.guidance import guidance as verbs
from casework.guidance.guidance import GuidanceForm
from db import clock, guidance, policies
from db.cases import cases
from db.cases.cases import Case
from db.guidance import PARTS
from i18n.names import STORED
from pages.shared.asking import by, day_or_never, save
from pages.shared.choices import choose, names, pick_day
from pages.shared.filters import put
from pages.shared.here import actor, now, store, t
from pages.shared.numbers import numbers_in
from pages.shared.plain import letters, plain
from pages.shared.rows import empty

_LONGEST = {"title": verbs.LONGEST_TITLE, "audience": verbs.LONGEST_AUDIENCE, "text": verbs.LONGEST}


def guidance_form(asked: str, about: str) -> None:
    """`asked`: 'change' of the piece with the id `about`, 'policy' of the one with this id, 'new' of the case with
    this number."""
    st.button(t("guidance.back"), icon=":material/arrow_back:", type="tertiary", key="guide-back",
              on_click=_leave, args=(asked,))  # fmt: skip
    before = store().read(lambda con: guidance.get(con, about)) if asked == "change" else None
    if asked == "change" and before is None:
        empty(t("guidance.gone"), t("guidance.gone_hint"))
        return
    number = before.number if before else 0
    st.title(t("guidance.keep.change_title", number=number) if before else t("guidance.keep.new_title"), anchor=False)
    st.caption(t("guidance.keep.new_lead"))
    known = _known(asked, about)
    with st.container(key="card-guide-form", border=True):
        given, confirmed = _fields(known, f"{asked}-{about}"), _confirmed(f"{asked}-{about}")
        if st.button(t("guidance.keep.save"), type="primary", key="guide-save"):
            one = about if before else _id(asked, about)
            change = partial(verbs.change_guidance, seen=before.seq if before else 0)
            new = partial(verbs.publish_guidance, policy_id=about if asked == "policy" else None)
            verb = partial(change if before else new, store(), guidance_id=one)
            save(lambda: verb(form=given, confirmed=confirmed, **by()), then=lambda: _leave(asked, one))


def _leave(asked: str, written: str = "") -> None:
    for key in [key for key in st.session_state if str(key).startswith("guide-of-")]:
        del st.session_state[key]
    put(asked, None)
    if written:
        put("guidance", written)


def _id(asked: str, about: str) -> str:
    """One for the form as long as it is open: pressed twice, it publishes once."""
    return st.session_state.setdefault(f"guide-of-{asked}-{about}", str(uuid4()))


def _known(asked: str, about: str) -> dict[str, Any]:
    """What stands already, or what the source says of itself; never a case's words."""
    scope, today = actor().scope, clock.day_of(now())
    if asked == "change":
        one = store().read(lambda con: guidance.get(con, about))
        own = store().read(lambda con: {id_ for id_ in guidance.linked(con, about)})
        behind = store().read(lambda con: guidance.cases_of(con, scope, about))
        return {**vars(one), "numbers": [case.number for case in behind if case.id in own]} if one else {}
    if asked == "policy":
        policy = store().read(lambda con: policies.get(con, about))
        return {"body_code": policy.body_code, "since": policy.issued_on} if policy else {}
    case = store().read(lambda con: cases.by_number(con, scope, about))
    if case is None:
        return {"since": today}
    _answered(case)
    return {"category": case.category, "body_code": case.lead_body, "since": today, "numbers": [case.number]}


def _answered(case: Case) -> None:
    """What was asked and answered, to read while one writes."""
    with st.expander(letters(f"{case.number} {case.title}"), icon=":material/article:"):
        plain(case.text)
        plain(case.answer_text)


def _fields(known: dict[str, Any], key: str) -> GuidanceForm:
    said: dict[str, str] = {}
    for code, column in zip(STORED, st.columns(len(STORED)), strict=True):
        for part in PARTS:
            name, box = f"{part}_{code}", column.text_area if part == "text" else column.text_input
            how: dict[str, Any] = {"key": f"guide-{name}-{key}", "max_chars": _LONGEST[part]}
            how |= {"height": 260} if part == "text" else {}
            said[name] = box(t(f"guidance.keep.{name}"), known.get(name, ""), **how) or ""
    left, middle, right = st.columns(3)
    with left:
        category = choose(t("guidance.keep.category"), names("category", active_only=True), key=f"guide-category-{key}",
                          value=known.get("category"))  # fmt: skip
    with middle:
        body = choose(t("guidance.keep.body"), names("body", active_only=True), key=f"guide-body-{key}",
                      value=known.get("body_code"))  # fmt: skip
    today, since = clock.day_of(now()), known.get("since")
    with right:
        span = {"min_value": date(2000, 1, 1), "max_value": max(today, since or today)}
        day = pick_day(t("guidance.keep.since"), since, **span, key=f"guide-since-{key}")
    typed = st.text_area(t("guidance.keep.numbers"), "\n".join(known.get("numbers", ())), key=f"guide-numbers-{key}",
                         height=96)  # fmt: skip
    return GuidanceForm(**said, category=category or "", body_code=body or "", since=day_or_never(day),
                        numbers=numbers_in(typed))  # fmt: skip


def _confirmed(key: str) -> bool:
    """Asked anew each time: nobody's tick of another day counts."""
    return st.checkbox(t("guidance.keep.confirm"), key=f"guide-confirm-{key}")
