"""The backups beside the store: what each holds, when it was last restored and compared, the way to take it."""

from datetime import datetime

import streamlit as st

import i18n
from access.backup_copies import what_it_holds
from access.upkeep import back_up
from db import clock
from db.system import backups
from db.system.backups import Backup, Holds
from pages.shared.asking import attempt
from pages.shared.here import actor, lang, store, t
from pages.shared.markup import Markup
from pages.shared.rows import cell, quiet_line, row, strong

SHOWN = 5
_COUNTED = ("cases", "submissions", "enterprises", "forums")


def backups_part() -> None:
    st.header(t("system.backups"))
    if st.button(t("system.back_up"), type="primary", icon=":material/save:", key="back-up"):
        made = attempt(lambda: back_up(store(), actor=actor(), folder=backups.folder()))
        if made:
            st.success(t("system.backed_up", name=made.name), icon=":material/check:")
    kept = backups.listed(backups.folder())
    if not kept:
        st.caption(t("system.no_backup"))
        return
    good = max((one.compared.at for one in kept if one.compared and one.compared.good), default=None)
    st.text(t("system.compared_last", at=_moment(good)) if good else t("system.compared_never"))
    for one in kept[:SHOWN]:
        _line(one)
    if len(kept) > SHOWN:
        with st.expander(
            t("system.earlier_backups", n=len(kept) - SHOWN), key="earlier-backups", on_change="rerun"
        ) as e:
            if e.open:
                for one in kept[SHOWN:]:
                    _line(one)


def _line(one: Backup) -> None:
    size = t("system.megabytes", size=i18n.number(one.size / 1e6, lang(), 1))
    held = what_it_holds(store(), actor=actor(), folder=backups.folder(), backup=one)
    take = Markup('<a class="f2f-button" href="/backups/{}" target="_blank" rel="noopener">{}</a>')
    row("backups", [strong(_moment(one.made_at), quiet=size), _held(held), _compared(one),
                    take.format(one.name, t("system.take_backup"))])  # fmt: skip


def _held(held: Holds | None) -> Markup:
    """How many of what, from when to when, and where its chain ends."""
    if held is None:
        return cell(t("system.holds_unknown"), style="f2f-quiet")
    counts = i18n.DOT.join(t(f"system.holds.{name}", n=getattr(held, name)) for name in _COUNTED)
    period = t("system.period", since=_day(held.since), until=_moment(held.until)) if held.since and held.until else ""
    chain = t("system.chain", n=i18n.number(held.events, lang()), head=held.head[:12])
    return Markup("<div>{}{}{}</div>").format(counts, quiet_line(period), quiet_line(chain))


def _compared(one: Backup) -> Markup:
    if one.compared is None:
        return cell(t("system.not_compared"), style="f2f-quiet")
    word, style = ("compared", "") if one.compared.good else ("compared_not_good", "f2f-dot f2f-bad")
    return cell(t(f"system.{word}", at=_moment(one.compared.at)), style=style)


def _moment(at: datetime) -> str:
    return i18n.moment(clock.local(at), lang())


def _day(at: datetime) -> str:
    return i18n.day(clock.day_of(at), lang())
