"""Numbers as a table that a screen reader reads."""

from collections.abc import Sequence
from itertools import zip_longest

from pages.shared.markup import Markup

WIDE = 4  # columns that a phone holds


def table_of(columns: Sequence[str], rows: Sequence[Sequence[str]], leads: Sequence[str] = ()) -> Markup:
    """`leads`: the address that the first cell of each row leads to. A wide table is cards on a phone: each of its
    cells says what it is of."""
    wide = len(columns) > WIDE
    head = Markup().join(map(Markup('<th scope="col">{}</th>').format, columns))
    firsts = [_first(row[0], lead) for row, lead in zip_longest(rows, leads, fillvalue="")]
    cells = [
        Markup().join(_cell(of if wide else "", one) for of, one in zip(columns[1:], row[1:], strict=True))
        for row in rows
    ]
    body = Markup().join(map(Markup("<tr>{}{}</tr>").format, firsts, cells))
    table = Markup('<table class="f2f-numbers{}"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>')
    return table.format(" f2f-cards" if wide else "", head, body)


def _first(words: str, lead: str) -> Markup:
    shown = Markup('<a href="/{}" target="_self">{}</a>').format(lead, words) if lead else words
    return Markup('<th scope="row">{}</th>').format(shown)


def _cell(of: str, words: str) -> Markup:
    return Markup('<td data-of="{}">{}</td>').format(of, words) if of else Markup("<td>{}</td>").format(words)
