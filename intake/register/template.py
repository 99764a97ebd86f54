"""The register's columns to fill in, with an example row, and the towns, sectors and sizes."""

from itertools import zip_longest

import i18n
from db import references
from db.sql import Connection
from intake.files.template import template, yes_or_no
from intake.register.rows import EXAMPLE_USCC, FIELDS, SIZES


def enterprises_template(con: Connection, language: str) -> bytes:
    towns = [town.say(language) for town in references.items(con, "town", active_only=True)]
    sectors = [item for item in references.items(con, "sector", active_only=True) if item.parent]
    sizes = [i18n.text(f"size.{size}", language) for size in SIZES]
    example = ["示例纺织有限公司", "Example Textile Co., Ltd.", EXAMPLE_USCC, "C17", "".join(towns[:1]), sizes[1]]
    example += [yes_or_no(False, language), "", "", "0575-84120000"]
    named = ((sector.code, sector.say(language)) for sector in sectors)
    lists = [[town, size, *sector] for town, size, sector in zip_longest(towns, sizes, named, fillvalue="")]
    allowed = (("town", "size", "sector_code", "sector"), lists)
    return template(language, FIELDS, [example], allowed, "import.template.enterprises_note")
