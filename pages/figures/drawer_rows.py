"""The rows behind a figure in its drawer: shown, leading where they are from, and taken away as files."""

from collections.abc import Sequence
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

import i18n
from db.figures.figures import Filters
from insight.cases.rows import Rows
from pages.figures.live_view import View
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show


def rows_table(rows: Rows) -> None:
    shown = len(rows.table)
    note = t("figures.rows_not_yours") if not rows.allowed else t("figures.rows_none")
    if shown:
        note = t("figures.rows_shown", shown=i18n.number(shown, lang()), n=i18n.number(rows.total, lang()))
    show(Markup('<h3 class="f2f-term">{}</h3><p class="f2f-source">{}</p>').format(t("figures.rows"), note))
    if shown:
        _table(rows.table, rows.leads)


def _table(table: pd.DataFrame, leads: Sequence[str]) -> None:
    """What stands first in a row leads where the row is from."""
    first, look = table.columns[0], {}
    if leads:
        links = [f"/{lead}#{name}" for lead, name in zip(leads, table[first], strict=True)]
        table, look = table.assign(**{first: links}), {first: st.column_config.LinkColumn(display_text=r"#(.+)$")}
    high = min(36 * len(table) + 40, 420)
    st.dataframe(table, hide_index=True, column_config=look, height=high, alt=t("figures.rows"))


def files(code: str, view: View) -> None:
    """The route asks again who is here and what they may see; the address carries the day and the filters."""
    asked = urlencode(_address(view.filters) | {"as_of": view.as_of.isoformat()})
    links = Markup().join(
        Markup('<a class="f2f-button" href="/export/figure/{}.{}?{}" download>{}</a>').format(
            code, kind, asked, t(f"figures.export_{kind}")
        )
        for kind in ("xlsx", "csv")
    )
    show(Markup('<div class="f2f-files">{}</div>').format(links))


def _address(filters: Filters) -> dict[str, str]:
    days = {"from": filters.since, "to": filters.until}
    period = {"period": "custom"} if any(days.values()) else {}
    places = {name: value for name, value in (("sector", filters.sector), ("town", filters.town)) if value}
    return period | places | {name: day.isoformat() for name, day in days.items() if day}
