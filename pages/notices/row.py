"""A notice as its administrator sees it: which text, to what kind of address, how it stands and why."""

import streamlit as st

import i18n
from casework.notices.notices import subject_of, try_again
from db import clock
from db.notices.outbox import Notice
from pages.notices.contact import address_of
from pages.shared.asking import attempt, by
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup
from pages.shared.rows import cell, row, strong

DOTS = {"queued": "f2f-next", "failed": "f2f-late", "abandoned": "f2f-bad", "sent": "f2f-on"}


def notice_row(notice: Notice) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-{notice.id}"):
        row("notices", [_what(notice), cell(address_of(notice.channel_url)), _state(notice), _why(notice)])
        label, key = t("notices.queue.again"), f"again-{notice.id}"
        stuck = notice.state in ("failed", "abandoned")
        pressed = stuck and st.button(label, key=key, type="tertiary", icon=":material/refresh:")
        if pressed and attempt(lambda: try_again(store(), notice_id=notice.id, **by())):
            st.rerun()


def _what(notice: Notice) -> Markup:
    return strong(subject_of(notice, lang()), quiet=i18n.moment(clock.local(notice.created_at), lang()))


def _state(notice: Notice) -> Markup:
    if notice.state == "failed":
        then = t("notices.queue.next", at=i18n.moment(clock.local(notice.next_at), lang()))
        return cell(t("notices.state.failed"), quiet=then, style=f"f2f-dot {DOTS['failed']}")
    return cell(t(f"notices.state.{notice.state}"), style=f"f2f-dot {DOTS[notice.state]}")


def _why(notice: Notice) -> Markup:
    """The reason in our words; what the server said below it."""
    code, _, detail = (notice.last_error or "").partition(" ")
    words = t(f"notices.why.{code}") if code else ""
    tries = t("notices.queue.tries", n=notice.attempts) if notice.attempts else ""
    return cell(words, quiet=i18n.DOT.join(part for part in (tries, detail) if part))
