"""What became of many that were done at once, each told apart, and taking it back for ten minutes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

import streamlit as st

from casework.cases import undoing
from casework.cases.act import NOTHING, CaseMovedOn
from casework.many import OneOfMany, act_on_many
from db.cases import cases
from pages.shared.asking import attempt, by
from pages.shared.here import actor, kept, now, store, t
from pages.shared.plain import letters, why

_DONE = "desk-done"


def keep_done(action: str, done: Sequence[OneOfMany]) -> None:
    """For this tab, until it is put away."""
    st.session_state[_DONE] = action, tuple(done)


def done_part() -> None:
    """How many were done; of those that were not, why; and, while one may, the way to take all back."""
    _told()
    _to_take_back()


def _told() -> None:
    if _DONE not in st.session_state:
        return
    action, done = st.session_state[_DONE]
    left = [one for one in done if one.why]
    with st.container(border=True, key="card-desk-done"):
        n, what = len(done) - len(left), t(f"case.action.{action}")
        st.markdown(letters(t("desk.many.done", what=what, n=n)))
        if left:
            _left(left)
        st.button(t("desk.many.put_away"), key="many-away", type="tertiary", on_click=_put_away)


def _put_away() -> None:
    st.session_state.pop(_DONE, None)


def _left(left: Sequence[OneOfMany]) -> None:
    scope = actor().scope
    found = store().read(lambda con: cases.these(con, scope, [one.case_id for one in left]))
    with st.expander(t("desk.many.left", n=len(left)), expanded=len(left) <= 5):
        for one in left:
            case = found.get(one.case_id)
            number, title = (case.number, case.title) if case else ("", t("error.case_unknown"))
            st.markdown(f"**{letters(number)}** {letters(title)}  \n{_why(one)}")


def _why(one: OneOfMany) -> str:
    if isinstance(one.why, CaseMovedOn):
        return t("desk.many.moved", state=t(f"case.state.{one.why.case.state}"))
    return why(one.why) if one.why else ""


def _to_take_back() -> None:
    """The last thing that this person did to many, found in the history: a page that was loaded anew knows it too."""
    kind, seen = kept(undoing.last_of_many, actor(), _next_minute(now()))
    if not seen:
        return
    label = t("desk.many.undo", what=t(f"case.action.{kind}"), n=len(seen))
    # What is offered is what is done: of one that somebody acts on before the press it is told why it stays.
    st.button(label, key="many-undo", icon=":material/undo:", type="tertiary", on_click=_undo, args=(seen,))


def _next_minute(at: datetime) -> datetime:
    """Asked once a minute, and nothing is offered that would be refused as too late."""
    return at.replace(second=0, microsecond=0) + timedelta(minutes=1)


def _undo(seen: dict[str, int]) -> None:
    many = {"action": "undo", "seen": seen, "given": NOTHING, "many": str(uuid4())}
    if done := attempt(lambda: act_on_many(store(), **many, **by())):
        keep_done("undo", done)
