"""One Word file out of one sheet and many enterprises: its XML is repeated, with other words and another picture."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence

from docx.document import Document as Word
from markupsafe import escape

_RELATIONS = "word/_rels/document.xml.rels"
_BODY = re.compile(r"(<w:body>)(.*)(<w:sectPr.*</w:sectPr>)(</w:body>)", re.DOTALL)
_EMBEDDED = re.compile(r'r:embed="(rId\d+)"')
_DRAWN = re.compile(r'(<wp:docPr id=")\d+(")')
_DRAWN_PICTURE = re.compile(r'<Relationship [^>]*Target="(media/[^"]+)"[^>]*/>')
_RELATION = (
    '<Relationship Id="{id}" Target="media/{name}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
)


def repeated(sheet: Word, filled: Sequence[Mapping[str, str]], pictures: Sequence[bytes]) -> bytes:
    """`sheet` has one picture, and marks that are keys of each of `filled`; every sheet is a section of its own.

    The picture that it was drawn with only holds the place: it stays out of the file.
    """
    drawn = io.BytesIO()
    sheet.save(drawn)
    out = io.BytesIO()
    with zipfile.ZipFile(drawn) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        relations = old.read(_RELATIONS).decode("utf-8")
        drawn_with = {f"word/{target}" for target in _DRAWN_PICTURE.findall(relations)}
        for part in old.namelist():
            if part in drawn_with:
                continue
            content = old.read(part)
            if part == "word/document.xml":
                content = _document(content.decode("utf-8"), filled).encode("utf-8")
            elif part == _RELATIONS:
                content = _relations(relations, len(pictures)).encode("utf-8")
            new.writestr(part, content)
        for number, picture in enumerate(pictures):
            new.writestr(f"word/media/{_name(number)}", picture)
    return out.getvalue()


def _document(xml: str, filled: Sequence[Mapping[str, str]]) -> str:
    found = _BODY.search(xml)
    if found is None:
        raise ValueError("a Word document without a body")
    start, sheet, section, end = found.groups()
    between = f"<w:p><w:pPr>{section}</w:pPr></w:p>"
    bodies = [_filled(sheet, words, number) for number, words in enumerate(filled)]
    return xml[: found.start()] + start + between.join(bodies) + section + end + xml[found.end() :]


def _filled(sheet: str, words: Mapping[str, str], number: int) -> str:
    body = _DRAWN.sub(rf"\g<1>{number + 1}\g<2>", _EMBEDDED.sub(f'r:embed="{_id(number)}"', sheet))
    for mark, said in words.items():
        body = body.replace(mark, escape(said))
    return body


def _relations(xml: str, count: int) -> str:
    added = "".join(_RELATION.format(id=_id(number), name=_name(number)) for number in range(count))
    return _DRAWN_PICTURE.sub("", xml).replace("</Relationships>", f"{added}</Relationships>")


def _id(number: int) -> str:
    return f"rIdCode{number}"


def _name(number: int) -> str:
    return f"code{number}.png"
