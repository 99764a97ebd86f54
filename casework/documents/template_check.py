"""What a Word file may hold that is a template of ours, or was made from one: words, pictures, fields that count pages.

The parts are read as XML, as Word reads them, so that no spelling of an attribute hides what it says. What is not
listed here is refused: relations and fields are the ways by which a document fetches something or runs something.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] # without stubs

from db.refused import Refused

LARGEST = 2 * 1024 * 1024  # bytes of a template
LARGEST_OPENED = 20 * 1024 * 1024  # bytes of all its parts
MOST_PARTS = 300

# What one part may say that another is to it: the last word of the relation's type.
RELATIONS = frozenset({
    "officedocument", "core-properties", "extended-properties", "custom-properties", "thumbnail", "styles",
    "styleswitheffects", "settings", "websettings", "fonttable", "font", "theme", "numbering", "header", "footer",
    "footnotes", "endnotes", "comments", "commentsextended", "commentsids", "commentsextensible", "people", "image",
    "hdphoto", "glossarydocument", "customxml", "customxmlprops", "classificationlabels", "diagramdata",
    "diagramlayout", "diagramquickstyle", "diagramcolors", "diagramdrawing",
})  # fmt: skip
# Fields that say something of the document itself; none reads a file, an address or another program.
FIELDS = frozenset({
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "SEQ", "STYLEREF", "REF", "NOTEREF", "DATE", "TIME",
    "CREATEDATE", "SAVEDATE", "PRINTDATE", "EQ", "SYMBOL", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "=",
})  # fmt: skip
_KINDS = (".xml", ".rels", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".wdp", ".odttf")
_REACHING = frozenset({  # elements that bring in other files, programs or data
    "attachedtemplate", "altchunk", "subdoc", "object", "oleobject", "control", "mailmerge", "datasource",
    "headersource", "savethroughxslt", "movie", "frameset", "script",
})  # fmt: skip
_ADDRESSES = frozenset({"src", "href", "althref", "connectstring"})  # attributes that VML and HTML fetch from
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\", re.IGNORECASE)
_FIELD = re.compile(r"\s*(=|[A-Za-z]+(?=[\s\\\"]|$))")
_PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True,
           "remove_pis": True, "huge_tree": False}  # fmt: skip


def check_file(content: bytes, *, opened: int = LARGEST_OPENED) -> None:
    """Raises Refused('template_unreadable' | 'template_too_large' | 'template_outside' | 'template_function')."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > opened:
                raise Refused("template_too_large", megabytes=LARGEST // 1024 // 1024)
            if "word/document.xml" not in archive.namelist():
                raise Refused("template_unreadable")
            for part in parts:
                if not part.is_dir():
                    _check_part(part.filename, archive.read(part))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Refused("template_unreadable") from error


def _check_part(name: str, content: bytes) -> None:
    lower = name.lower()
    if not lower.endswith(_KINDS) or "embeddings/" in lower or "activex" in lower:
        raise Refused("template_outside", part=name)
    flat = content.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")  # also as UTF-16
    if not lower.endswith((".xml", ".rels")) and not flat.startswith(b"<"):
        return
    if re.search(rb"<!(DOCTYPE|ENTITY)", flat, re.IGNORECASE):
        raise Refused("template_outside", part=name)
    try:
        root = etree.fromstring(content, etree.XMLParser(**_PARSER))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("template_unreadable") from error
    if root.getroottree().docinfo.doctype or not all(_stays(one) for one in root.iter(etree.Element)):
        raise Refused("template_outside", part=name)
    for told in _fields(root):
        _check_field(told)


def _stays(element: etree._Element) -> bool:
    """Whether it points to nothing outside the file."""
    if element.get("TargetMode", "Internal") != "Internal":
        return False
    if _local(element.tag) == "relationship":
        kind = element.get("Type", "").rpartition("/")[2].lower()
        return kind in RELATIONS and not _ELSEWHERE.match(element.get("Target", "").strip())
    fetched = [value for name, value in element.attrib.items() if _local(name) in _ADDRESSES]
    return _local(element.tag) not in _REACHING and not any(_ELSEWHERE.match(value.strip()) for value in fetched)


def _check_field(told: str) -> None:
    """A field is named by its first word; `\\0` stands where another field's result would come."""
    found = _FIELD.match(told)
    if found is None or found[1].upper() not in FIELDS:
        raise Refused("template_function", function=" ".join(told.replace("\0", "…").split())[:40] or "?")


def _fields(root: etree._Element) -> Iterator[str]:
    """Every field's instruction, however many runs it is split into, nested ones too."""
    open_fields: list[list[str] | None] = []  # None: past its instruction, in its result
    for element in root.iter(etree.Element):
        kind = _local(element.tag)
        if kind == "fldsimple":
            yield next((value for name, value in element.attrib.items() if _local(name) == "instr"), "")
        elif kind == "fldchar":
            yield from _turn(open_fields, _type_of(element))
        elif kind in ("instrtext", "delinstrtext", "t"):
            within = open_fields[-1] if open_fields else None
            if within is not None:
                within.append("".join(element.itertext()))
            elif kind != "t":
                yield "".join(element.itertext())
    yield from ("".join(told) for told in open_fields if told is not None)


def _type_of(element: etree._Element) -> str:
    return next((value for name, value in element.attrib.items() if _local(name) == "fldchartype"), "")


def _turn(open_fields: list[list[str] | None], kind: str) -> Iterator[str]:
    if kind == "begin":
        if open_fields and open_fields[-1] is not None:
            open_fields[-1].append("\0")
        open_fields.append([])
    elif open_fields:
        told = open_fields.pop()
        if told is not None:
            yield "".join(told)
        if kind == "separate":
            open_fields.append(None)


@cache
def _local(name: str) -> str:
    """Without its namespace: Word knows several for the same thing."""
    return name.rpartition("}")[2].lower()
