"""Sharing out what is nobody's of the day's list: two clerks each take theirs without meeting."""

from uuid import uuid4

import streamlit as st

from casework.cases.act import NOTHING
from casework.cases.holding import colleagues, dealt
from casework.cases.supervision import Work, work_of_the_day
from casework.many import MOST, act_on_many
from db import clock
from db.cases import cases
from db.cases.holders import NOBODY
from pages.shared.asking import ask, by, saved
from pages.shared.choices import choose_some, loaded
from pages.shared.here import actor, now, store, t


def share_button(work: Work) -> None:
    """Where something is due that is nobody's, and there is somebody to take it."""
    if n := work.holders.get(NOBODY, 0):
        label = t("today.share.open", n=n)
        if st.button(label, key="today-share", type="tertiary", icon=":material/groups:"):
            ask(t("today.share.title"), _draw, width="medium")


def _draw() -> None:
    """Runs by itself, so it asks again what is nobody's: a colleague may be sharing out the same list."""
    who, (sector, town) = actor(), (st.query_params.get(name, "") for name in ("sector", "town"))
    today = clock.day_of(now())
    work = work_of_the_day(store(), actor=who, today=today, sector=sector, town=town, holder=NOBODY, size=MOST)
    ids = list(dict.fromkeys(duty.standing.id for duty in work.duties))
    people = colleagues(store(), actor=who)
    st.markdown(t("today.share.lead"))
    among = choose_some(t("today.share.among"), loaded(people), [who.id], key="share-among")
    most = min(len(ids), MOST)
    n = int(st.number_input(t("today.share.how_many"), 1, max(most, 1), max(most, 1), key="share-n"))
    if st.button(t("today.share.do"), type="primary", disabled=not (among and ids), key="share-do"):
        _share(ids[:n], among, {one.id: one.load for one in people})


def _share(ids: list[str], among: list[str], load: dict[str, int]) -> None:
    scope = actor().scope
    found = store().read(lambda con: cases.these(con, scope, ids))
    hands = dealt([one for one in ids if one in found], among, load)
    seen = {one: found[one].seq for one in hands}
    act_on_many(store(), action="assign", seen=seen, given=NOTHING, many=str(uuid4()), holders=hands, **by())
    saved()
