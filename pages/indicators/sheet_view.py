"""A table as it came, each cell coloured by how it was read."""

from html import escape

import streamlit as st

from intake.files.spreadsheets import Sheet, as_text
from intake.indicators.check import Checked
from intake.indicators.grid import Grid, reference
from pages.shared.here import t
from pages.shared.plain import letters

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 60, 16, 3
ROLES = ("value", "growth", "said", "look", "refused")  # the later wins
_LONGEST = 40


def sheet_view(outcome: Checked) -> None:
    """The first sheets; a legend of the colours, which are words too: each cell's title says its role."""
    roles = _roles(outcome)
    st.header(t("indicators.as_read"), anchor=False)
    st.html(f'<p class="f2f-keys">{"".join(_key(role) for role in ROLES)}</p>')
    for sheet in outcome.sheets[:MOST_SHEETS]:
        if sheet.name and len(outcome.sheets) > 1:
            st.caption(letters(sheet.name))
        st.html(f'<div class="f2f-sheet"><table>{_rows(sheet, roles)}</table></div>')
    if len(outcome.sheets) > MOST_SHEETS or any(_is_larger(sheet) for sheet in outcome.sheets):
        st.caption(t("indicators.part_shown", rows=MOST_ROWS, columns=MOST_COLUMNS, sheets=MOST_SHEETS))


def _roles(outcome: Checked) -> dict[str, str]:
    """Cell → its role, the weightiest."""
    found: dict[str, str] = {}
    for reading in outcome.read:
        sheet = (reading.cell or reading.growth_cell).rpartition("!")[0]
        at = f"{sheet}!" if sheet else ""
        for refs in reading.said.values():
            found.update({f"{at}{ref}": "said" for ref in refs.split() if f"{at}{ref}" not in found})
    for reading in outcome.read:
        found.update({reading.cell: "value", reading.growth_cell: "growth"})
    found.update({one.cell: "look" for one in outcome.warnings if one.cell and one.cell not in found})
    found.update({one.cell: "refused" for one in outcome.refused if one.cell})
    return found


def _rows(sheet: Sheet, roles: dict[str, str]) -> str:
    grid = Grid(sheet)
    wide = min(grid.wide, MOST_COLUMNS)
    head = "<tr><th></th>" + "".join(f"<th>{reference(0, c)[:-1]}</th>" for c in range(wide)) + "</tr>"
    rows = (
        f"<tr><th>{r + 1}</th>" + "".join(_cell(sheet, grid, r, c, roles) for c in range(wide)) + "</tr>"
        for r in range(min(len(sheet.grid), MOST_ROWS))
    )
    return head + "".join(rows)


def _cell(sheet: Sheet, grid: Grid, r: int, c: int, roles: dict[str, str]) -> str:
    ref = f"{sheet.name}!{grid.at(r, c)}" if sheet.name else grid.at(r, c)
    role = roles.get(ref, "")
    text = as_text(grid.get(r, c)) if grid.origin.get((r, c), (r, c)) == (r, c) else ""  # merged: said once
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    mark = f' class="f2f-as-{role}" title="{escape(t(f"indicators.role.{role}"))}"' if role else ""
    return f"<td{mark}>{escape(shown)}</td>"


def _key(role: str) -> str:
    return f'<span><i class="f2f-as-{role}"></i>{escape(t(f"indicators.role.{role}"))}</span>'


def _is_larger(sheet: Sheet) -> bool:
    return len(sheet.grid) > MOST_ROWS or max((len(row) for row in sheet.grid), default=0) > MOST_COLUMNS
