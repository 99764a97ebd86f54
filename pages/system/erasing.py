"""Erasing somebody's data: look for them, read what would go, say why and type their name once more."""

import streamlit as st

import i18n
from access import erasing
from access.erasing import Matched
from access.typed import LONGEST_REASON
from db.address import path_of
from db.system.erasure import KINDS, Erased, Outlook
from pages.shared.asking import attempt, by
from pages.shared.choices import pick
from pages.shared.here import actor, lang, store, t
from pages.shared.plain import letters
from pages.shared.rows import facts


def erasing_part() -> None:
    st.header(t("privacy.erase"))
    st.caption(t("privacy.erase_hint"))
    _told()
    kind = pick(st.radio, t("privacy.whose"), {one: t(f"privacy.kind.{one}") for one in KINDS}, index=0,
                key="erase-kind")  # fmt: skip
    with st.form("erase-find", border=False):
        typed = st.text_input(t(f"privacy.typed_kind.{kind}"), key=f"erase-{kind}", max_chars=80)
        st.form_submit_button(t("privacy.find"), key="erase-look")
    if not typed:
        return
    found = erasing.matching(store(), actor=actor(), kind=kind, typed=typed)
    key = found[0].key if len(found) == 1 else _which(found) if found else typed
    asked = {"kind": kind, "key": key}
    outlook = attempt(lambda: erasing.what_would_go(store(), actor=actor(), **asked))
    if outlook:
        _outlook(outlook)
        _confirm(kind, key, outlook)


def _which(found: list[Matched]) -> str:
    """Of several of one name."""
    return pick(st.radio, t("privacy.which"), {one.key: _guest(one) for one in found}, key="erase-which", index=0)


def _guest(one: Matched) -> str:
    return t("privacy.guest", place=letters(one.place) or t("privacy.guest_nowhere"), n=one.forums)


def _outlook(found: Outlook) -> None:
    for what, counts in (("going", found.going), ("marked", found.marked)):
        if counts:
            st.subheader(t(f"privacy.{what}"))
            facts([(t(f"privacy.table.{table}"), i18n.number(n, lang())) for table, n in counts.items()])
    if found.quoting:
        st.text(t("privacy.quoting", n=found.quoting))


def _confirm(kind: str, key: str, found: Outlook) -> None:
    label = t("privacy.typed_name") if kind == "person" else t("privacy.typed", name=letters(found.name))
    with st.form("erase", border=False, enter_to_submit=False):
        reason = st.text_input(t("privacy.reason"), key="erase-reason", max_chars=LONGEST_REASON)
        typed = st.text_input(label, key="erase-typed", max_chars=80)
        forget = st.checkbox(t("privacy.forget"), key="erase-forget")
        sent = st.form_submit_button(t("privacy.erase"), type="primary", icon=":material/person_remove:")
    if not sent:
        return
    said = {"kind": kind, "key": key, "typed": typed, "reason": reason, "forget": forget}
    with st.spinner(t("privacy.wait")):
        done = attempt(lambda: erasing.erase(store(), path=path_of(), **said, **by()))
    if done:
        st.session_state["erased"] = done
        st.rerun()


def _told() -> None:
    """What came of it, once: whom it was about is asked for no more."""
    done: Erased | None = st.session_state.pop("erased", None)
    if done is None:
        return
    st.success(t("privacy.done", n=done.changed), icon=":material/check:")
    if done.left:
        st.warning(t("privacy.left", n=len(done.left), names=", ".join(path.name for path in done.left)))
    for kind in KINDS:
        st.session_state.pop(f"erase-{kind}", None)
