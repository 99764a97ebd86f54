"""Whom a forum invites before anybody is named, and what it was begun with."""

from collections.abc import Sequence

import streamlit as st

import i18n
from casework.forums.forum_start import Started, take_invitation_back
from db.forums.forum_invitees import Invitee
from db.forums.forums import Forum
from pages.shared.asking import by, save
from pages.shared.choices import choose
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup
from pages.shared.names import Names

STARTED = "forum-started"  # (forum's id, what it was begun with): said until the page is left


def told_start(forum: Forum) -> None:
    """What came on the agenda of a forum just planned from a theme, and what did not, each with its reason."""
    kept: tuple[str, Started] | None = st.session_state.get(STARTED)
    if kept is None or kept[0] != forum.id:
        return
    started = kept[1]
    lines = [t("forum.started", n=started.added)]
    if started.left_out:
        lines.append(t("forum.started_without", n=len(started.left_out)))
        lines += [t(f"error.{refusal.code}", **refusal.facts) for refusal in started.left_out]
    with st.container(border=True, key="card-started"):
        st.text("\n".join(lines), width="stretch")


def invited_markup(forum: Forum, invited: Sequence[Invitee], called: Names) -> Markup:
    """Those of whom nobody is on the list yet: our own markup, empty where there is none."""
    if not invited:
        return Markup()
    firms = sum(one.kind == "enterprise" for one in invited)
    words = [t("attendance.invited" if forum.state == "planned" else "attendance.invited_absent")]
    words += [t("attendance.invited_firms", n=firms)] if firms else []
    words += [t("attendance.invited_bodies", n=len(invited) - firms)] if firms < len(invited) else []
    cells = Markup().join(Markup("<div>{}</div>").format(name_of(one, called)) for one in invited)
    return Markup('<div class="f2f-group">{}</div><div class="f2f-people">{}</div>').format(i18n.DOT.join(words), cells)


def name_of(one: Invitee, called: Names) -> str:
    return one.enterprise(lang()) or called.who(one.code)


def take_back(forum: Forum, invited: Sequence[Invitee], called: Names) -> None:
    """In a dialog: which invitation is taken back."""
    names = {f"{one.kind}:{one.code}": name_of(one, called) for one in invited}
    chosen = choose(t("attendance.whom"), names, key="uninvite-whom")
    if st.button(t("attendance.uninvite"), type="primary", key="uninvite-save", disabled=chosen is None) and chosen:
        kind, _, code = chosen.partition(":")
        save(lambda: take_invitation_back(store(), forum_id=forum.id, kind=kind, code=code, **by()))
