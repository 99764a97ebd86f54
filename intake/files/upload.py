"""A file as it came, and how large it may be."""

from dataclasses import dataclass

MOST_BYTES = 5_000_000
WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # XLSX is a ZIP, XLS and protected XLSX are OLE
OLD_EXCEL = "Excel 2.0–95"


@dataclass(frozen=True)
class Upload:
    """`name` is the sender's word for it and decides nothing."""

    name: str
    content: bytes
