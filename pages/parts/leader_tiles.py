"""The town map: equal tiles that keep the rough geography, each with its name and its numbers."""

from html import escape

import streamlit as st

import i18n
from db import references
from db.references import ReferenceItem
from insight.board import Board
from insight.views import by
from pages.parts.here import lang, store, t


def town_tiles(board: Board) -> None:
    counts = {row.code: row for row in by(board.facts, "town_code").itertuples()}
    towns = [town for town in store().read(lambda con: references.items(con, "town")) if town.tile_row is not None]
    most = max((int(row.open) for row in counts.values()), default=0)
    with st.container(border=True, height="stretch", key="card-chart-tiles"):
        st.html(f'<h3 class="f2f-finding">{escape(_title(towns, counts, most))}</h3>')
        st.html(f'<div class="f2f-tiles">{"".join(_tile(town, counts.get(town.code), most) for town in towns)}</div>')
        source = t("tiles.source") + t("chart.as_of", day=i18n.day(board.facts.as_of, lang()))
        st.html(f'<p class="f2f-source">{escape(source)}</p>')


def _title(towns: list[ReferenceItem], counts: dict, most: int) -> str:
    if not most:
        return t("tiles.title_calm") if counts else t("tiles.name")
    first = next((town for town in towns if town.code in counts and counts[town.code].open == most), None)
    return t("tiles.title", name=first.name(lang()), n=most) if first else t("tiles.name")


def _tile(town: ReferenceItem, row: object, most: int) -> str:
    """The shade goes to a third at most, so that the words stay readable in both schemes."""
    unsettled, received = (int(row.open), int(row.received)) if row else (0, 0)  # type: ignore[attr-defined]
    shade = round(34 * unsettled / most) if most else 0
    name = town.short_name(lang())
    look = ' class="f2f-long"' if len(name) > 8 else ""
    return (
        f'<div style="grid-row:{int(town.tile_row or 0) + 1};grid-column:{int(town.tile_column or 0) + 1};'
        f'--shade:{shade}%"><span{look}>{escape(name)}</span><b>{unsettled}</b>'
        f"<small>{escape(t('tiles.total', n=i18n.number(received, lang())))}</small></div>"
    )
