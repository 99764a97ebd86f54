"""What somebody pasted or typed, as a file: it goes through the checks that a file goes through."""

import csv
import io
import re
from collections.abc import Mapping

from intake.files.upload import Upload
from intake.indicators.terms.headings import FIELDS


def pasted(text: str) -> Upload:
    """What somebody pasted: cells between tabs, as a spreadsheet copies them, or columns kept apart by spaces."""
    if "\t" not in text and "," not in text:
        text = "\n".join(re.sub(r"[ \u3000]{2,}", "\t", line.strip()) for line in text.splitlines())
    return Upload("", text.encode())


def by_hand(cells: Mapping[str, str]) -> Upload:
    """One figure from a form as a file of the long format, so that the same checks are made. `cells` are by FIELDS."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(FIELDS)
    writer.writerow([cells.get(name, "") for name in FIELDS])
    return Upload("", buffer.getvalue().encode())
