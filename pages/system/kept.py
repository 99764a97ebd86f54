"""Who was shown names and numbers, and each table's rule with what would go at this moment."""

from collections import Counter

import streamlit as st

import i18n
from access.erasing import LATEST, kept_until, looked_at
from db import clock
from db.people.shown import NAMES, Looked
from db.system.retention import KEPT, Swept
from pages.shared.asking import by
from pages.shared.here import actor, lang, store, t
from pages.shared.names import person
from pages.shared.rows import cell, facts, records, row, strong


def looked_part() -> None:
    st.header(t("privacy.looked"))
    st.caption(t("privacy.looked_hint", n=LATEST))
    none = (t("privacy.looked_none"), t("privacy.looked_none_hint"))
    records("looked", looked_at(store(), actor=actor()), _looked, *none)


def _looked(one: Looked) -> None:
    whom = "names" if one.kind == NAMES else "caller" if one.detail.get("caller") else "contact"
    about = i18n.DOT.join(filter(None, (t(f"privacy.{whom}"), one.detail.get("case", ""))))
    moment = i18n.moment(clock.local(one.happened_at), lang())
    row("looked", [cell(moment), strong(person(one.who)), cell(one.of_zh, quiet=about), cell(one.detail["reason"])])


def kept_part() -> None:
    st.header(t("privacy.kept"))
    st.caption(t("privacy.kept_hint"))
    records("kept", kept_until(store(), **by()), _rule)
    st.subheader(t("privacy.stays"))
    facts([(t("privacy.tables", n=n), t(f"privacy.why.{why}")) for why, n in Counter(KEPT.values()).items()])


def _rule(one: Swept) -> None:
    rule = one.rule
    due = t("privacy.due", n=i18n.number(one.n, lang())) if one.n else t("privacy.nothing_due")
    oldest = i18n.day(clock.day_of(one.oldest), lang()) if one.oldest else ""
    name = strong(t(f"privacy.table.{rule.table}"), quiet=t("privacy.blanked") if rule.put else "")
    row("kept", [name, cell(t("privacy.days", n=rule.days)), cell(due, quiet=oldest)])
