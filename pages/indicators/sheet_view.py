"""A table as it came, each cell coloured by how it was read."""

import streamlit as st

from intake.files.spreadsheets import Sheet, as_text
from intake.indicators.checking import Checked
from intake.indicators.reading.cells import Grid, reference
from pages.shared.here import t
from pages.shared.markup import Markup, show
from pages.shared.plain import letters

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 60, 16, 3
ROLES = ("value", "growth", "said", "look", "refused")  # the later wins
_LONGEST = 40


def sheet_view(outcome: Checked) -> None:
    """The first sheets; a legend of the colours, which are words too: each cell's title says its role."""
    roles = _roles(outcome)
    st.header(t("indicators.as_read"), anchor=False)
    show(Markup('<p class="f2f-keys">{}</p>').format(Markup().join(_key(role) for role in ROLES)))
    for sheet in outcome.sheets[:MOST_SHEETS]:
        if sheet.name and len(outcome.sheets) > 1:
            st.caption(letters(sheet.name))
        show(Markup('<div class="f2f-sheet"><table>{}</table></div>').format(_rows(sheet, roles)))
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


def _rows(sheet: Sheet, roles: dict[str, str]) -> Markup:
    grid = Grid(sheet)
    wide = min(grid.wide, MOST_COLUMNS)
    row = Markup("<tr><th>{}</th>{}</tr>")
    letters = Markup().join(Markup("<th>{}</th>").format(reference(0, c)[:-1]) for c in range(wide))
    rows = (
        row.format(r + 1, Markup().join(_cell(sheet, grid, r, c, roles) for c in range(wide)))
        for r in range(min(len(sheet.grid), MOST_ROWS))
    )
    return row.format("", letters) + Markup().join(rows)


def _cell(sheet: Sheet, grid: Grid, r: int, c: int, roles: dict[str, str]) -> Markup:
    ref = f"{sheet.name}!{grid.at(r, c)}" if sheet.name else grid.at(r, c)
    role = roles.get(ref, "")
    text = as_text(grid.get(r, c)) if grid.origin.get((r, c), (r, c)) == (r, c) else ""  # merged: said once
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    mark = Markup(' class="f2f-as-{}" title="{}"').format(role, t(f"indicators.role.{role}")) if role else ""
    return Markup("<td{}>{}</td>").format(mark, shown)


def _key(role: str) -> Markup:
    return Markup('<span><i class="f2f-as-{}"></i>{}</span>').format(role, t(f"indicators.role.{role}"))


def _is_larger(sheet: Sheet) -> bool:
    return len(sheet.grid) > MOST_ROWS or max((len(row) for row in sheet.grid), default=0) > MOST_COLUMNS
